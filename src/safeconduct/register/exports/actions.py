"""Asking for a sheet about people, deciding about it, and taking it out: two people, a day each, once."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, NotPermitted, Refusal, SamePerson, action, remark
from safeconduct.core.reads.api import seen
from safeconduct.core.spreadsheets.api import Receipt, Sheet, write_csv, write_ods, write_xlsx
from safeconduct.register.exports.gate import everybody, gate_for
from safeconduct.register.imports.kinds import Kind, kinds
from safeconduct.register.levels import levels_of
from safeconduct.register.models import Export, ExportedPerson, ExportReason, Purpose

# ASVS 5.0, 2.3.5: what leaves in bulk needs two people; and neither hand stays stretched out for long.
A_DAY = timedelta(days=1)
_MEMORY = Path("/dev/shm")
# A submission to a state rests on an approved plan besides (`departures`); it is no export.
PURPOSES = (Purpose.WORK_COPY, Purpose.DEPARTURE)


class NoSuchExport(Refusal):
    code = "exports.none"
    says = _("There is no such request here.")
    status = 404


class ExportDecided(Refusal):
    code = "exports.decided"
    says = _("This request was decided before.")


class ExportLapsed(Refusal):
    code = "exports.lapsed"
    says = _("More than a day has passed.")
    mend = _("Ask for the sheet again.")


class ExportUndecided(Refusal):
    code = "exports.undecided"
    says = _("No second person has allowed this sheet.")
    mend = _("Ask a protection officer, a supervisor or the data-protection officer to read and decide the request.")


class ExportTaken(Refusal):
    code = "exports.taken"
    says = _("This sheet was taken out before; it leaves once.")
    mend = _("Ask for it again if it is lost.")


class NobodyAgreed(Refusal):
    code = "exports.nobody_agreed"
    says = _("Of %(people)s people nothing may leave for this purpose to this recipient; nothing was taken out.")
    mend = _("Each person's page says to what the person agreed.")


@action(permission="register.see_exports", audit=gettext_noop("export asked for"))
def ask_for_export(*, by: Actor, kind: str, purpose: str, recipient: str, reason: str, at: datetime) -> Export:
    """Ask for a sheet of one kind, for one purpose and one recipient. Nothing leaves by this."""
    _kind(by, kind)
    purpose = Purpose(purpose)
    if purpose not in PURPOSES:
        raise NotPermitted()
    remark(kind=kind, purpose=purpose.value, recipient=recipient, reason=reason)
    return Export.objects.create(
        kind=kind, purpose=purpose, recipient=recipient, reason=ExportReason(reason), asked_by_id=by.account, asked_at=at
    )


@action(permission="register.decide_exports", audit=gettext_noop("export decided"))
def decide_export(*, by: Actor, export: Export, allowed: bool, at: datetime) -> Export:
    """Allow a sheet or refuse it; never whoever asked for it."""
    found = Export.objects.get(pk=export.pk)
    if found.asked_by_id == by.account:
        raise SamePerson()
    if found.decided_at is not None:
        raise ExportDecided()
    if at - found.asked_at > A_DAY:
        raise ExportLapsed()
    found.decided_by_id, found.decided_at, found.allowed = by.account, at, allowed
    found.save(update_fields=["decided_by", "decided_at", "allowed"])
    remark(kind=found.kind, recipient=found.recipient, allowed=allowed)
    return found


@action(permission="register.see_exports", audit=gettext_noop("export taken out"))
def take_out_export(*, by: Actor, export: Export, ending: str, at: datetime) -> tuple[Export, bytes]:
    """The sheet, with exactly the people of the taker's cases who agree at this moment, and of each what they agreed to.

    About whom it told, and the digest of the file, stand in the ledger and in the audit chain before the caller gets the bytes.
    """
    found = Export.objects.get(pk=export.pk)
    kind = _kind(by, found.kind)
    if found.asked_by_id != by.account:
        raise NoSuchExport()
    if not found.allowed or found.decided_at is None:
        raise ExportUndecided()
    if found.taken_at is not None:
        raise ExportTaken()
    if at - found.decided_at > A_DAY:
        raise ExportLapsed()
    columns = [column.name for column in kind.columns]
    gate = gate_for(
        by=by, groups=kind.groups, columns=columns, purpose=found.purpose, recipient=found.recipient, at=at
    )  # fmt: skip
    receipt, data = _written(Sheet(kind.name.title(), columns, gate.through(kind.export(clock.day_of(at)))), ending)
    if not gate.left:
        raise NobodyAgreed(people=len(gate.held))
    ExportedPerson.objects.bulk_create(
        (
            ExportedPerson(export=found, person=person, consent=consent, groups=groups)
            for person, consent, groups in everybody(gate)
        ),
        batch_size=2000,
    )
    for person, _consent, groups in everybody(gate):
        seen(person, *levels_of(groups))
    found.taken_at, found.rows, found.people = at, receipt.rows, len(gate.left)
    found.held_back, found.digest = len(gate.held), receipt.sha256
    found.save(update_fields=["taken_at", "rows", "people", "held_back", "digest"])
    remark(
        kind=found.kind, purpose=found.purpose, recipient=found.recipient, rows=receipt.rows, people=found.people,
        held_back=found.held_back, sha256=receipt.sha256,
    )  # fmt: skip
    return found, data


def _kind(by: Actor, name: str) -> Kind:
    found = kinds().get(name)
    if found is None or not found.groups or not by.may(found.export_permission):
        raise NotPermitted()
    return found


def _written(sheet: Sheet, ending: str) -> tuple[Receipt, bytes]:
    """The file, in memory alone: nothing lies readable on the disk before the ledger tells that it leaves."""
    if ending == ".xlsx" and _MEMORY.is_dir():  # a workbook of a whole register, streamed
        with TemporaryDirectory(prefix="safeconduct-", dir=_MEMORY) as folder:
            target = Path(folder) / "sheet.xlsx"
            return write_xlsx(target, [sheet]), target.read_bytes()
    stream = io.BytesIO()
    if ending == ".csv":
        receipt = write_csv(stream, sheet)
    else:
        receipt = write_ods(stream, [sheet]) if ending == ".ods" else write_xlsx(stream, [sheet])
    return receipt, stream.getvalue()
