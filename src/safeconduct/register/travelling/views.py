"""Who has cases along, declaring a copy lost, and deciding between what came back and what stands."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.models import HeldChange
from safeconduct.register.showing import name_of
from safeconduct.register.travelling import queries
from safeconduct.register.travelling.actions import deciding
from safeconduct.register.views.common import known_person_or_404, language


@page("register.travel")
def travels(request: HttpRequest) -> HttpResponse:
    """Copies that are out, lost or back, and the people of whom something waits."""
    found = sorted(queries.travels(seen_by=request.actor)[:200], key=lambda one: bool(one.back_at or one.lost_at))
    people = queries.people_with_decisions(seen_by=request.actor)
    return render(request, "register/travelling/travels.html", {
        "travels": found, "today": clock.today(),
        "people": [(person, name_of(person, language=language()), waits) for person, waits in people],
    })  # fmt: skip


@page("register.travel")
def lost(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A copy that is lost is not taken back any more: asked once more, because it cannot be undone."""
    travel = queries.travels(seen_by=request.actor).filter(pk=pk).first()
    if travel is None:
        raise NoSuchRecord()
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        deciding.declare_lost(by=request.actor, travel=travel, at=clock.now())
        return redirect("travels")
    return render(request, "design/confirm.html", {
        "heading": _("Declare a copy lost"), "grave": True,
        "sentence": _("Nothing of this copy is taken back any more, even if it is found again."),
        "consequences": [
            _("What was recorded on it and not brought back is gone. Ask the people again."),
            _("Whoever has it cannot read it without its passphrase. If that may be known too, warn the people in it."),
            _("The cases can be taken along anew."),
        ],
        "action_label": _("Declare it lost"), "cancel_url": reverse("travels"),
    })  # fmt: skip


@page("register.see_case")
def brought(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came back of one person, beside what it was and what stands."""
    person = known_person_or_404(request, pk)
    fault = ""
    if request.method == "POST":
        chosen, take = request.POST.get("held", ""), request.POST.get("take", "")
        held = HeldChange.objects.filter(person=person, pk=int(chosen) if chosen.isdecimal() else 0).first()
        if held is None or take not in ("brought", "stands"):
            raise NoSuchRecord()
        try:
            deciding.decide(
                by=request.actor, held=held, take=take == "brought", shown=request.POST.get("shown", ""), at=clock.now()
            )
            return redirect("person_brought", person.pk)
        except Refusal as refusal:
            fault = str(refusal)
    return render(request, "register/travelling/brought.html", {
        "person": person, "name": name_of(person, language=language()), "fault": fault,
        "changes": queries.held_of(person, request.actor, language=language()),
    }, status=422 if fault else 200)  # fmt: skip
