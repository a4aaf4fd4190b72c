"""Opening a case in an emergency, and a supervisor's reading of it; and why a record is open or closed to a reader."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.core.languages import ascii_digits
from safeconduct.register import actions, cases, why
from safeconduct.register.access import reader_of
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.forms.cases import EmergencyForm, JudgeForm
from safeconduct.register.models import EmergencyOpening
from safeconduct.register.showing import name_of
from safeconduct.register.views.common import language, person_or_404


@page("register.open_in_emergency")
def emergency(request: HttpRequest) -> HttpResponse:
    """Open a case by a registration number, and the own openings that last or lasted."""
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.open_in_emergency(
                by=request.actor, number=ascii_digits(given["number"]).strip(), reason=given["reason"], told=given["told"],
                at=clock.now(),
            )  # fmt: skip
            return redirect("emergency")
        except Refusal as refusal:
            form.add_error("number", str(refusal))
    mine = cases.openings(seen_by=request.actor).filter(account=request.actor.account)[:20]
    return render(request, "register/emergency.html", {
        "form": form, "openings": [_shown(one, request) for one in mine],
    }, status=422 if form.errors else 200)  # fmt: skip


@page("register.read_openings")
def openings(request: HttpRequest) -> HttpResponse:
    """Every opening in an emergency, those that nobody read yet first."""
    found = sorted(cases.openings(seen_by=request.actor)[:200], key=lambda one: one.read_at is not None)
    return render(request, "register/openings.html", {
        "openings": [_shown(one, request) for one in found], "waiting": sum(one.read_at is None for one in found),
    })  # fmt: skip


@page("register.read_openings")
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """One opening: who, which case, why; and whether it was justified."""
    found = cases.openings(seen_by=request.actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchRecord()
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.read_opening(by=request.actor, opening=found, justified=form.cleaned_data["justified"] == "yes", at=clock.now())
        return redirect("openings")
    return render(request, "register/opening.html", {"one": _shown(found, request), "form": form})


def _shown(one: EmergencyOpening, request: HttpRequest) -> dict[str, Any]:
    ends = one.assignment.ended_at or one.assignment.ends_at
    return {
        "opening": one, "ends": ends, "lasts": ends is not None and ends > clock.now(),
        "people": cases.people_open_to(one, seen_by=request.actor), "own": one.account_id == request.actor.account,
    }  # fmt: skip


@page("register.see_people")
def person_why(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What of a record is open to the reader and what is not, and why; and who has the case."""
    found = person_or_404(request, pk)
    reader = reader_of(found, request.actor)
    return render(request, "register/why.html", {
        "person": found, "name": name_of(found, language=language()), "why": why.why_seen(found, reader),
        "parts": why.parts(reader), "has": why.who_has(found) if not reader.outside or reader.may("register.assign_cases") else [],
        "outside": reader.outside, "may_open": reader.outside and reader.may("register.open_in_emergency"),
    })  # fmt: skip
