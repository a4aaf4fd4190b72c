"""Registering one person by hand, and correcting the record of one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.register.actions import correct_person, register_person
from safeconduct.register.forms.person import NewPersonForm, PersonForm
from safeconduct.register.views.common import person_or_404


@page("register.register")
def new(request: HttpRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None, reader=request.actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = register_person(
                by=request.actor,
                record=form.record(),
                block=given["block"].strip(),
                arrived_on=given["arrived_on"],
                at=clock.now(),
            )
            return redirect("person", made.pk)
        except Refusal as refusal:
            form.add_error("number" if refusal.code == "register.number_taken" else None, str(refusal))
    return render(request, "register/person_form.html", {"form": form, "person": None})


@page("register.register")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)
    form = PersonForm(request.POST or None, reader=request.actor, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            correct_person(by=request.actor, person=person, record=form.record(), on=clock.today(), at=clock.now())
            return redirect("person", person.pk)
        except Refusal as refusal:
            form.add_error("number" if refusal.code == "register.number_taken" else None, str(refusal))
    return render(request, "register/person_form.html", {"form": form, "person": person})
