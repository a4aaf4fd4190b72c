"""Merging a record into another, splitting one, and the origin of what stands in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, NotYourCase, Refusal, page
from safeconduct.register.access import open_to, visible_to
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.merging import actions, queries
from safeconduct.register.merging.compare import differences
from safeconduct.register.merging.forms import MergeForm, NumberForm, SplitForm
from safeconduct.register.merging.numbers import merged_numbers
from safeconduct.register.models import Person
from safeconduct.register.showing import name_of
from safeconduct.register.views.common import language, person_or_404


@page("register.merge")
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the number of the other record, then both side by side."""
    person = person_or_404(request, pk)
    form = NumberForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _first_page(request, person, form)
    try:
        other = _other(form.cleaned_data["number"], request.actor)
    except Refusal as refusal:
        form.add_error("number", str(refusal))
        return _first_page(request, person, form)
    found = differences(person, other, language=language())
    asked = MergeForm(request.POST if "compared" in request.POST else None, found=found, number=other.number)
    if "compared" in request.POST and asked.is_valid():
        try:
            actions.merge_people(
                by=request.actor, person=person, other=other, take=asked.take, reason=asked.cleaned_data["reason"], at=clock.now()
            )
            return redirect("person", person.pk)
        except Refusal as refusal:
            asked.add_error(None, str(refusal))
    return render(request, "register/merging/compare.html", {
        "person": person, "name": name_of(person, language=language()), "other": other, "form": asked,
        "other_name": name_of(other, language=language()), "rows": list(_rows(other, request.actor)),
        "lose": [str(one.team or one.account) for one in queries.who_loses_sight(person, other)],
    }, status=422 if asked.errors else 200)  # fmt: skip


def _first_page(request: HttpRequest, person: Person, form: NumberForm) -> HttpResponse:
    return render(request, "register/merging/number.html", {
        "person": person, "name": name_of(person, language=language()), "form": form,
    }, status=422 if form.errors else 200)  # fmt: skip


def _other(number: str, actor: Actor) -> Person:
    """The other record; the same answer where there is none and where the asker may not see that there is one."""
    into = merged_numbers([number]).get(number)
    other = visible_to(actor).filter(number=into or number).first()
    if other is None:
        raise NoSuchRecord()
    if not open_to(actor).filter(pk=other.pk).exists():
        raise NotYourCase()
    return other


def _rows(person: Person, actor: Actor) -> Any:
    return queries.rows_of(person, reader=actor, language=language())


@page("register.merge")
def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what belongs to the other person."""
    person = person_or_404(request, pk)
    form = SplitForm(request.POST or None, rows=list(_rows(person, request.actor)))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        rows = queries.pick(person, given["rows"], reader=request.actor, language=language())
        try:
            done = actions.split_person(
                by=request.actor, person=person, number=given["number"].strip(), rows=rows,
                give={"birth": given["birth"], "sex": given["sex"]}, here=given["here"], reason=given["reason"], at=clock.now(),
            )  # fmt: skip
            return redirect("person", done.other_person_id)
        except Refusal as refusal:
            form.add_error("number" if "number" in refusal.code else "rows", str(refusal))
    return render(request, "register/merging/split.html", {
        "person": person, "name": name_of(person, language=language()), "form": form,
    }, status=422 if form.errors else 200)  # fmt: skip


@page("register.see_case")
def merges(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every merge and split of a record, with the origin of what each touched."""
    person = person_or_404(request, pk)
    done = list(queries.merges_of(person))
    return render(request, "register/merging/merges.html", {
        "person": person, "name": name_of(person, language=language()), "may_merge": request.actor.may("register.merge"),
        "merges": [(one, queries.steps_of(one, reader=request.actor, language=language())) for one in done],
        "last": next((one.pk for one in done if one.undone_at is None), None),
    })  # fmt: skip


@page("register.merge")
@require_POST
def undo(request: HttpRequest, pk: UUID, merge: UUID) -> HttpResponse:
    person = person_or_404(request, pk)
    found = queries.merges_of(person).filter(pk=merge).first()
    if found is None:
        raise NoSuchRecord()
    actions.undo_merge(by=request.actor, merge=found, at=clock.now())
    return redirect("person_merges", person.pk)
