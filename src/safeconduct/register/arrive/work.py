"""Reading a sheet in and taking it in, as long work; small ones are done while the page waits, by the same code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, Refusal
from safeconduct.core.jobs.api import Finish, Kind, Progress, declare
from safeconduct.core.spreadsheets.api import SheetFault
from safeconduct.core.spreadsheets.memory import in_memory
from safeconduct.register.arrive import reading, staging
from safeconduct.register.imports.kinds import kinds
from safeconduct.register.models import ImportBatch

READ, ACCEPT = "read_sheet", "accept_sheet"
SMALL_FILE = 200_000  # bytes: some two thousand rows, read in about a second
FEW_ROWS = 1_000


class NotRead(Refusal):
    """A file that cannot be read, with what is wrong and the mend."""

    code = "imports.not_read"
    says = "%(says)s"

    def __init__(self, says: str) -> None:
        super().__init__(says=says)


def read(batch: ImportBatch, *, by: Actor, progress: Progress = lambda done, of: None) -> reading.Reading | reading.ColumnsUnclear:
    """What stands in the file of a batch that is to be read; or which of its columns are not known. Raises NotRead."""
    with in_memory(bytes(batch.content or b"")) as path:
        try:
            return reading.read_sheet(
                path, kinds()[batch.kind], by=by, today=clock.today(), name=batch.file_name, progress=lambda rows: progress(rows, 0)
            )
        except reading.ColumnsUnclear as unclear:
            return unclear
        except SheetFault as fault:
            raise NotRead(f"{fault.says} {fault.mend}") from None
        except reading.NothingImportable as refusal:
            raise NotRead(str(refusal)) from None


def _read(arguments: Mapping[str, Any], by: Actor, progress: Progress, finish: Finish) -> None:
    batch = ImportBatch.objects.get(pk=arguments["batch"])
    if batch.state != ImportBatch.State.READING:
        return finish(lambda: reverse("import", args=[batch.pk]))
    try:
        found = read(batch, by=by, progress=progress)
    except NotRead:
        staging.discard_batch(by=by, batch=batch, at=clock.now())
        raise
    finish(lambda: _kept(batch, found, by))


def _kept(batch: ImportBatch, found: reading.Reading | reading.ColumnsUnclear, by: Actor) -> str:
    content, name = bytes(batch.content or b""), batch.file_name
    if isinstance(found, reading.ColumnsUnclear):
        staging.stage_unmapped(
            by=by, kind=batch.kind, headers=found.headers, mapping=found.mapping, content=content, digest=batch.digest,
            file_name=name, at=clock.now(), batch=batch,
        )  # fmt: skip
    else:
        staging.stage(by=by, reading=found, content=content, file_name=name, at=clock.now(), batch=batch)
    return reverse("import", args=[batch.pk])


def _accept(arguments: Mapping[str, Any], by: Actor, progress: Progress, finish: Finish) -> None:
    batch = ImportBatch.objects.get(pk=arguments["batch"])

    def effect() -> str:
        staging.accept_batch(by=by, batch=batch, leave_out=arguments["leave_out"], at=clock.now(), progress=progress)
        return reverse("import", args=[batch.pk])

    finish(effect)


def declare_work() -> None:
    """Make the work of sheets known; called when the room is loaded."""
    declare(Kind(READ, _("Reading a sheet in"), "register.see_imports", _read))
    declare(Kind(ACCEPT, _("Taking a sheet in"), "register.see_imports", _accept))
