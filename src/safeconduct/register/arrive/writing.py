"""Writing out a sheet in which nobody stands, such as the offers. Sheets about people leave by `register.exports` alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, NotPermitted, action, remark
from safeconduct.core.spreadsheets.api import Receipt, Sheet, write_csv, write_ods, write_xlsx
from safeconduct.register.imports.kinds import kinds


@action(permission="register.see_exports", audit=gettext_noop("sheet written out"))
def write_sheet(*, by: Actor, kind: str, target: Path | IO[bytes], at: datetime, ending: str = "") -> Receipt:
    """Write every row of one kind to a file (xlsx, ods or csv by its ending, or by `ending` for a stream)."""
    found = kinds()[kind]
    if found.groups or not by.may(found.export_permission):
        raise NotPermitted()
    sheet = Sheet(found.name.title(), [column.name for column in found.columns], found.export(clock.day_of(at)))
    suffix = ending or (target.suffix.lower() if isinstance(target, Path) else ".xlsx")
    if suffix == ".csv":
        receipt = write_csv(target, sheet)
    elif suffix == ".ods":
        receipt = write_ods(target, [sheet])
    else:
        receipt = write_xlsx(target, [sheet])
    remark(kind=kind, rows=receipt.rows, sha256=receipt.sha256)
    return receipt
