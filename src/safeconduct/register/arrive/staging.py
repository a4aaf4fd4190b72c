"""A sheet that was read waits for a decision: staged, looked at, accepted or discarded. Its rows go when it is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, NotPermitted, Refusal, action, remark
from safeconduct.core.spreadsheets.api import Receipt, Row, RowFault, write_report
from safeconduct.register.arrive.own_cases import of_other_cases
from safeconduct.register.arrive.reading import Reading
from safeconduct.register.imports.kinds import kinds
from safeconduct.register.models import ImportBatch, ImportedRow, RememberedColumn, RowState

Progress = Callable[[int, int], None]
_AT_ONCE = 500


class BatchDecided(Refusal):
    code = "imports.batch_decided"
    says = _("This sheet was decided before.")
    mend = _("Read the file in again.")


class SheetOvertaken(Refusal):
    code = "imports.sheet_overtaken"
    says = _("Another sheet of this kind was taken in after this one was read.")
    mend = _("Press “Read again with these columns”: this sheet is then held against what stands there now.")


class CasesTakenBack(Refusal):
    code = "imports.cases_taken_back"
    says = _("Rows of this sheet are about people whose case is no longer yours.")
    mend = _("Press “Read again with these columns”: these rows are then shown as faulty.")


@action(permission="register.see_imports", audit=gettext_noop("sheet received"))
def receive(*, by: Actor, kind: str, content: bytes, digest: str, file_name: str, at: datetime) -> ImportBatch:
    """Keep a file that is read in the background."""
    _may(by, kind)
    remark(kind=kind, sha256=digest)
    return ImportBatch.objects.create(
        kind=kind, state=ImportBatch.State.READING, digest=digest, content=content, file_name=file_name[:120],
        read_by_id=by.account, read_at=at,
    )  # fmt: skip


@action(permission="register.see_imports", audit=gettext_noop("sheet read in"))
def stage(
    *, by: Actor, reading: Reading, content: bytes, file_name: str, at: datetime, batch: ImportBatch | None = None
) -> ImportBatch:
    """Keep what was read until somebody decides about it; `batch`: the same file, read again with other columns."""
    _may(by, reading.kind.name)
    counts = reading.summary()
    values = {
        "kind": reading.kind.name, "state": ImportBatch.State.WAITING, "digest": reading.digest, "sheet": reading.sheet[:120],
        "headers": reading.headers, "mapping": reading.recognised.mapping, "new": counts["new"], "changed": counts["changed"],
        "unchanged": counts["unchanged"], "possible_duplicates": counts["possible_duplicates"], "faulty": counts["faulty"],
        "content": content, "file_name": file_name[:120], "read_by_id": by.account, "read_at": at,
    }  # fmt: skip
    batch = _kept(by, batch, values)
    rows = _rows(batch, reading)
    while some := list(islice(rows, _AT_ONCE)):
        ImportedRow.objects.bulk_create(some)
    remark(kind=reading.kind.name, **{name: counts[name] for name in ("new", "changed", "faulty")})
    return batch


@action(permission="register.see_imports", audit=gettext_noop("sheet waits for its columns"))
def stage_unmapped(
    *,
    by: Actor,
    kind: str,
    headers: list[str],
    mapping: Mapping[str, str],
    content: bytes,
    digest: str,
    file_name: str,
    at: datetime,
    batch: ImportBatch | None = None,
) -> ImportBatch:
    """Keep a file whose columns are not all known, until somebody says which is which."""
    _may(by, kind)
    values = {
        "kind": kind, "state": ImportBatch.State.COLUMNS, "digest": digest, "headers": headers, "mapping": dict(mapping),
        "content": content, "file_name": file_name[:120], "read_by_id": by.account, "read_at": at,
    }  # fmt: skip
    return _kept(by, batch, values)


def _kept(by: Actor, batch: ImportBatch | None, values: dict[str, Any]) -> ImportBatch:
    if batch is None:
        return ImportBatch.objects.create(**values)
    _decidable(by, batch, ImportBatch.State.COLUMNS, ImportBatch.State.READING)
    batch.rows.all().delete()
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save()
    return batch


def _rows(batch: ImportBatch, reading: Reading) -> Iterator[ImportedRow]:
    faults: dict[tuple[str, int], list[RowFault]] = defaultdict(list)
    for fault in reading.parsed.faults:
        faults[(fault.sheet, fault.row)].append(fault)
    position = count(1)
    for source in reading.parsed.faulty:
        yield ImportedRow(
            batch=batch, number=next(position), state=RowState.FAULTY, cells=source.to_json(),
            faults=[fault.to_json() for fault in faults[(source.sheet, source.number)]], take=False,
        )  # fmt: skip
    for compared, source in zip(reading.compared, reading.sources, strict=True):
        yield ImportedRow(
            batch=batch, number=next(position), state=compared.state, cells={"number": source.number},
            clean=compared.row.to_json(), faults=list(compared.changed), likely=[list(each) for each in compared.likely],
            take=compared.state != RowState.UNCHANGED,
        )  # fmt: skip


@action(permission="register.see_imports", audit=gettext_noop("sheet accepted"))
def accept_batch(
    *, by: Actor, batch: ImportBatch, at: datetime, leave_out: Collection[int] = (), progress: Progress = lambda done, of: None
) -> ImportBatch:
    """Take the rows of a waiting sheet in, but for those that somebody left out; all of them or none."""
    kind = _decidable(by, batch)
    if ImportBatch.objects.filter(kind=batch.kind, state=ImportBatch.State.ACCEPTED, decided_at__gt=batch.read_at).exists():
        raise SheetOvertaken()
    chosen = batch.rows.filter(take=True).exclude(number__in=list(leave_out)).order_by("number")
    rows = [kind.row_from_json(clean) for clean in chosen.values_list("clean", flat=True).iterator()]
    if of_other_cases(rows, by):
        raise CasesTakenBack()
    if rows:
        kind.take(by=by, rows=rows, at=at, progress=progress)
    remark(kind=batch.kind, taken=len(rows), left_out=len(leave_out))
    return _decide(batch, ImportBatch.State.ACCEPTED, at)


@action(permission="register.see_imports", audit=gettext_noop("sheet discarded"))
def discard_batch(*, by: Actor, batch: ImportBatch, at: datetime) -> ImportBatch:
    """Forget a waiting sheet; nothing of it is taken in."""
    _decidable(by, batch, ImportBatch.State.COLUMNS, ImportBatch.State.READING)
    return _decide(batch, ImportBatch.State.DISCARDED, at)


@action(permission="register.see_imports", audit=gettext_noop("columns of a sheet remembered"))
def remember_columns(*, by: Actor, kind: str, maps: Mapping[str, str], at: datetime) -> int:
    """Remember what a colleague's sheet calls our columns; an empty column means that it is left out."""
    _may(by, kind)
    known = {column.name for column in kinds()[kind].columns} | {""}
    for header, column in maps.items():
        if column in known:
            RememberedColumn.objects.update_or_create(kind=kind, header=header[:200], defaults={"column": column})
    remark(kind=kind, columns=sorted(set(maps.values())))
    return len(maps)


def _may(by: Actor, kind: str) -> None:
    if not by.may(kinds()[kind].permission):
        raise NotPermitted()


def _decidable(by: Actor, batch: ImportBatch, *also: str) -> Any:
    _may(by, batch.kind)
    if ImportBatch.objects.select_for_update().get(pk=batch.pk).state not in (ImportBatch.State.WAITING, *also):
        raise BatchDecided()
    return kinds()[batch.kind]


def _decide(batch: ImportBatch, state: str, at: datetime) -> ImportBatch:
    batch.state, batch.decided_at, batch.content = state, at, None
    batch.save(update_fields=["state", "decided_at", "content"])
    # What was taken in stands in the register; a copy of it would only wait to be stolen. Faulty rows stay to be mended.
    batch.rows.exclude(state=RowState.FAULTY).delete()
    return batch


@action(permission="register.see_imports", audit=gettext_noop("faulty rows taken out"))
def take_out_faults(*, by: Actor, batch: ImportBatch, target: Path, at: datetime) -> Receipt:
    """Write the faulty rows with their mends to a file for whoever sent the sheet."""
    _may(by, batch.kind)
    rows, faults = faults_of(batch)
    receipt = write_report(target, batch.headers, rows, faults)
    remark(kind=batch.kind, rows=receipt.rows, sha256=receipt.sha256)
    return receipt


def faults_of(batch: ImportBatch) -> tuple[list[Row], list[RowFault]]:
    """The faulty rows of a sheet as they were written, and every fault, for the report."""
    rows, faults = [], []
    for stored in batch.rows.filter(state=RowState.FAULTY).order_by("number"):
        rows.append(Row.from_json(stored.cells))
        faults += [RowFault.from_json(each) for each in stored.faults]
    return rows, faults
