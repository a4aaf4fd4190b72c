"""Sheets about people: asking, deciding, taking out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.register.exports import actions, queries
from safeconduct.register.exports.forms import ExportForm, kinds_for
from safeconduct.register.imports.kinds import kinds
from safeconduct.register.models import Export
from safeconduct.register.showing import recipient_name

_STATES = {"waits": "waits", "allowed": "done", "refused": "none", "taken": "none", "lapsed": "none"}
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".csv": "text/csv; charset=utf-8",
}  # fmt: skip


@page("register.see_exports")
def exports(request: HttpRequest) -> HttpResponse:
    """The reader's own requests, and a form for a new one."""
    form = ExportForm(request.POST or None, reader=request.actor)
    if request.method == "POST" and form.is_valid():
        made = actions.ask_for_export(by=request.actor, at=clock.now(), **form.cleaned_data)
        return redirect("export_request", pk=made.pk)
    mine = queries.exports(seen_by=request.actor).filter(asked_by=request.actor.account)[:50]
    return render(request, "register/exports/exports.html", {
        "form": form if kinds_for(request.actor) else None, "exports": [_shown(one) for one in mine],
    }, status=422 if form.errors else 200)  # fmt: skip


@page("register.decide_exports")
def to_decide(request: HttpRequest) -> HttpResponse:
    """Requests that wait for a second person, and what became of the others."""
    every = queries.exports(seen_by=request.actor)[:100]
    waiting = {one.pk for one in queries.waiting(seen_by=request.actor, at=clock.now())}
    shown = [{**_shown(one), "mine": one.pk in waiting} for one in every]
    shown.sort(key=lambda one: not one["mine"])
    return render(request, "register/exports/decide.html", {"exports": shown, "waiting": len(waiting)})


@page("register.see_exports")
def export_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request of the reader's own: how it stands, and taking it out."""
    one = _own_or_404(request, pk)
    return render(request, "register/exports/export.html", {**_shown(one)})


@page("register.decide_exports")
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = queries.exports(seen_by=request.actor).filter(pk=pk).first()
    if one is None:
        raise actions.NoSuchExport()
    actions.decide_export(by=request.actor, export=one, allowed=request.POST.get("answer") == "allow", at=clock.now())
    return redirect("decide_exports")


@page("register.see_exports")
@require_POST
def take_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    ending = f".{request.POST.get('as', 'xlsx')}"
    ending = ending if ending in _TYPES else ".xlsx"
    taken, data = actions.take_out_export(by=request.actor, export=_own_or_404(request, pk), ending=ending, at=clock.now())
    answer = HttpResponse(data, content_type=_TYPES[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="{taken.kind}-{taken.taken_at:%Y-%m-%d}{ending}"'
    return answer


def _own_or_404(request: HttpRequest, pk: UUID) -> Export:
    found = queries.exports(seen_by=request.actor).filter(pk=pk, asked_by=request.actor.account).first()
    if found is None:
        raise actions.NoSuchExport()
    return found


def _shown(one: Export) -> dict[str, Any]:
    state = queries.state_of(one, at=clock.now())
    return {
        "export": one, "label": kinds()[one.kind].label, "state": state, "meaning": _STATES[state],
        "recipient": recipient_name(one.recipient, language=get_language() or "en"),
        "until": (one.decided_at or one.asked_at) + actions.A_DAY,
    }  # fmt: skip
