"""The room of a talk: the question who is in it, what follows when others are, and what to do when somebody comes in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.register.api import Person
from safeconduct.routes import queries, talk
from safeconduct.routes.forms.room import RoomForm, company_of
from safeconduct.routes.reading import room_sentence, steps
from safeconduct.routes.showing import NOT_COUNTED, tongue
from safeconduct.routes.talk import Talk
from safeconduct.routes.views.common import name_of, person_or_404


@page("routes.record_choices")
def choosing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The room's question, before any offer is shown."""
    person = person_or_404(request, pk)
    offers = queries.askable(seen_by=request.actor, on=clock.today())
    form = RoomForm(request.POST or None, initial={"language": _first_language(person)})
    if offers and form.is_valid():
        begun = Talk(
            person=str(pk), language=form.cleaned_data["language"], read_aloud=form.cleaned_data["read_aloud"] == "yes",
            present=form.present(), interpreter_chosen=form.chosen(), offers=[o.key for o in offers],
            versions={o.key: o.sheet.version for o in offers},  # type: ignore[attr-defined]
        )  # fmt: skip
        talk.keep(request.session, begun)
        return onward(begun, pk) if begun.counts.allowed else redirect("choosing_provisional", pk=pk, mark=begun.id)
    return _room_page(request, person, form, offers=len(offers))


@page("routes.record_choices")
def choosing_room(request: HttpRequest, pk: UUID, mark: UUID) -> HttpResponse:
    """The room's question again, when somebody came in or went."""
    person, going = person_or_404(request, pk), talk.find(request.session, mark, person=pk)
    form = RoomForm(request.POST or None, initial={
        "company": company_of(going.present, interpreter_chosen=going.interpreter_chosen), "language": going.language,
        "read_aloud": "yes" if going.read_aloud else "no",
    })  # fmt: skip
    if form.is_valid():
        going.present, going.interpreter_chosen = form.present(), form.chosen()
        going.language, going.read_aloud = form.cleaned_data["language"], form.cleaned_data["read_aloud"] == "yes"
        talk.keep(request.session, going)
        return onward(going, pk) if going.counts.allowed else redirect("choosing_provisional", pk=pk, mark=mark)
    return _room_page(request, person, form, offers=len(going.offers))


def _room_page(request: HttpRequest, person: Person, form: RoomForm, *, offers: int) -> HttpResponse:
    return render(request, "routes/choosing/room.html", {
        "person": person, "name": name_of(person), "form": form, "offers": offers, "steps": steps(offers, 0), "step": 1,
        "room": "",
    }, status=422 if form.is_bound else 200)  # fmt: skip


@page("routes.record_choices")
def choosing_provisional(request: HttpRequest, pk: UUID, mark: UUID) -> HttpResponse:
    """What is said now will be provisional: why, and what to do."""
    going = talk.find(request.session, mark, person=pk)
    return render(request, "routes/choosing/provisional.html", {
        "pk": pk, "mark": mark, "why": NOT_COUNTED.get(going.counts.code, ""), "code": going.counts.code,
        "onward": onward(going, pk).url, "room": room_sentence(going),
    })  # fmt: skip


@page("routes.record_choices")
def choosing_stop(request: HttpRequest, pk: UUID, mark: UUID) -> HttpResponse:
    """Somebody came in: what is safe, and the three ways on. A POST ends the talk and forgets what was said."""
    going = talk.find(request.session, mark, person=pk)
    if request.method == "POST":
        talk.end(request.session, going)
        return redirect("person", pk=pk)
    return render(request, "routes/choosing/stop.html", {"pk": pk, "mark": mark, "onward": onward(going, pk).url, "room": ""})


def onward(going: Talk, pk: UUID) -> Any:
    """To the next offer that was not read yet, else to the order."""
    number = going.next_unheard()
    if number is not None:
        return redirect("choosing_offer", pk=pk, mark=going.id, number=number)
    return redirect("choosing_order", pk=pk, mark=going.id)


def _first_language(person: Person) -> str:
    spoken = [one.language for one in person.languages.all()]
    return next((code for code in spoken if code in ("fa", "ar", "en")), tongue())
