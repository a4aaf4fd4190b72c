from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.jobs.api import start
from safeconduct.core.reads.api import seen
from safeconduct.core.spreadsheets.api import RowFault, SheetFault
from safeconduct.core.spreadsheets.memory import in_memory
from safeconduct.register.arrive import reading as arriving
from safeconduct.register.arrive import staging, work
from safeconduct.register.arrive.forms import ColumnsForm, UploadForm
from safeconduct.register.arrive.writing import write_sheet
from safeconduct.register.imports.kinds import Kind, kinds
from safeconduct.register.models import ImportBatch, ImportedRow, Person, RowState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50


@page("register.see_imports")
def imports(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        file, kind = form.cleaned_data["file"], kinds()[form.cleaned_data["kind"]]
        content = file.read()
        if len(content) > work.SMALL_FILE:
            batch = staging.receive(
                by=request.actor, kind=kind.name, content=content, digest=hashlib.sha256(content).hexdigest(), file_name=file.name,
                at=clock.now(),
            )  # fmt: skip
            return start(request, work.READ, {"batch": str(batch.pk)}, small=False)
        try:
            return redirect("import", pk=_read(request, kind, content, file.name, {}, None).pk)
        except SheetFault as fault:
            form.add_error("file", f"{fault.says} {fault.mend}")
        except arriving.NothingImportable as refusal:
            form.add_error("file", str(refusal))
    batches = ImportBatch.objects.filter(kind__in=_allowed(request)).select_related("read_by").defer("content")[:20]
    for batch in batches:
        batch.what = kinds()[batch.kind].label
    context = {
        "form": form,
        "batches": batches,
        "exports": [k for k in kinds().values() if not k.groups and request.actor.may(k.export_permission)],
    }
    return render(request, "register/imports.html", context, status=422 if form.errors else 200)


def _allowed(request: HttpRequest) -> list[str]:
    return [kind.name for kind in kinds().values() if request.actor.may(kind.permission)]


def _read(
    request: HttpRequest, kind: Kind, content: bytes, name: str, maps: dict[str, str], batch: ImportBatch | None
) -> ImportBatch:
    """Read outside any action, then keep what was read; a file whose columns are unclear waits for them."""
    told = {"content": content, "file_name": name, "at": clock.now()}
    with in_memory(content) as path:
        try:
            found = arriving.read_sheet(path, kind, by=request.actor, today=clock.today(), maps=maps, name=name)
        except arriving.ColumnsUnclear as unclear:
            if batch is not None:
                raise
            return staging.stage_unmapped(
                by=request.actor,
                kind=kind.name,
                headers=unclear.headers,
                mapping=unclear.mapping,
                digest=arriving.digest_of(path),
                **told,
            )
    return staging.stage(by=request.actor, reading=found, batch=batch, **told)


@page("register.see_imports")
def import_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = _batch(request, pk)
    kind = kinds()[batch.kind]
    form = ColumnsForm(request.POST or None, kind=kind, headers=batch.headers, mapping=batch.mapping)
    if request.method == "POST" and form.is_valid() and batch.content is not None:
        try:
            _read(request, kind, bytes(batch.content), batch.file_name, form.maps(), batch)
            staging.remember_columns(by=request.actor, kind=kind.name, maps=form.maps(), at=clock.now())
            return redirect("import", pk=pk)
        except (SheetFault, arriving.NothingImportable) as fault:
            form.add_error(None, f"{fault.says} {fault.mend}" if isinstance(fault, SheetFault) else str(fault))
    faulty, likely = _faulty(batch), list(batch.rows.filter(state=RowState.POSSIBLE_DUPLICATE)[:SHOWN])
    changed = [_change(row) for row in batch.rows.filter(state=RowState.CHANGED)[:SHOWN]]
    _read_of(
        {str(row["value"]) for row in faulty}
        | {number for row in likely for number, _why in row.likely}
        | {who for who, _ in changed}
    )
    return render(request, "register/import.html", {
        "batch": batch, "kind": kind, "form": form, "waits": batch.state == ImportBatch.State.WAITING,
        "takes": batch.new + batch.changed + batch.possible_duplicates,
        "needs_columns": batch.state == ImportBatch.State.COLUMNS, "faulty": faulty, "likely": likely, "changed": changed,
        "shown": SHOWN,
    })  # fmt: skip


def _read_of(numbers: Collection[str]) -> None:
    """A preview tells of people in the register: whom a row changes, whom it resembles, whose number a faulty cell holds."""
    seen(Person.objects.filter(number__in=numbers).values_list("pk", flat=True))


def _faulty(batch: ImportBatch) -> list[dict[str, Any]]:
    rows = []
    for stored in batch.rows.filter(state=RowState.FAULTY)[:SHOWN]:
        for fault in (RowFault.from_json(each) for each in stored.faults):
            rows.append(
                {
                    "row": fault.row,
                    "column": fault.header or fault.column,
                    "value": fault.value,
                    "says": fault.says,
                    "mend": fault.mend,
                }
            )
    return rows


def _change(row: ImportedRow) -> tuple[str, list[str]]:
    """Whose row it is (a person, or an offer), and the columns in which it says something else."""
    who = next(row.clean[name] for name in ("number", "person", "id") if row.clean.get(name))
    return who, row.faults


def _batch(request: HttpRequest, pk: UUID) -> ImportBatch:
    found = ImportBatch.objects.filter(pk=pk, kind__in=_allowed(request)).first()
    if found is None:
        raise Http404
    return found


@page("register.see_imports")
@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    left_out = [int(n) for n in request.POST.getlist("leave_out") if n.isdigit()]
    batch = _batch(request, pk)
    if batch.new + batch.changed + batch.possible_duplicates > work.FEW_ROWS:
        return start(request, work.ACCEPT, {"batch": str(batch.pk), "leave_out": left_out}, small=False)
    staging.accept_batch(by=request.actor, batch=batch, leave_out=left_out, at=clock.now())
    return redirect("import", pk=pk)


@page("register.see_imports")
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    staging.discard_batch(by=request.actor, batch=_batch(request, pk), at=clock.now())
    return redirect("imports")


@page("register.see_imports")
@require_POST
def faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    batch = _batch(request, pk)
    with tempfile.TemporaryDirectory(prefix="safeconduct-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        target = Path(folder) / "faulty.xlsx"
        staging.take_out_faults(by=request.actor, batch=batch, target=target, at=clock.now())
        return _download(target.read_bytes(), f"{batch.kind}-faulty.xlsx", XLSX)


@page("register.see_exports")
@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in kinds():
        raise Http404
    ending = request.POST.get("as", "xlsx")
    with tempfile.TemporaryDirectory(prefix="safeconduct-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        target = Path(folder) / f"{kind}.{ending if ending in ('xlsx', 'ods', 'csv') else 'xlsx'}"
        write_sheet(by=request.actor, kind=kind, target=target, at=clock.now())
        return _download(target.read_bytes(), target.name, XLSX if target.suffix == ".xlsx" else "application/octet-stream")


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
