"""Writing a sheet out for work inside the site: the shapes that are read in, without loss, never cut."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, NotPermitted, action, remark
from safeconduct.core.spreadsheets.api import Receipt, Sheet, write_csv, write_ods, write_xlsx
from safeconduct.register.arrive.own_cases import of_own_cases
from safeconduct.register.imports.kinds import kinds


@action(permission="register.see_exports", audit=gettext_noop("sheet written out"))
def write_sheet(*, by: Actor, kind: str, target: Path | IO[bytes], at: datetime, ending: str = "") -> Receipt:
    """Write every row of one kind to a file (xlsx, ods or csv by its ending, or by `ending` for a stream).

    Of people only the rows of the actor's own cases: need to know holds for what is written out, too.
    """
    found = kinds()[kind]
    if not by.may(found.export_permission):
        raise NotPermitted()
    names = [column.name for column in found.columns]
    sheet = Sheet(found.name.title(), names, of_own_cases(found.export(clock.day_of(at)), names, by))
    suffix = ending or (target.suffix.lower() if isinstance(target, Path) else ".xlsx")
    if suffix == ".csv":
        receipt = write_csv(target, sheet)
    elif suffix == ".ods":
        receipt = write_ods(target, [sheet])
    else:
        receipt = write_xlsx(target, [sheet])
    remark(kind=kind, rows=receipt.rows, sha256=receipt.sha256)
    return receipt
