"""Asking for an erasure, and deciding on one without seeing the record."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.erasure import actions, queries
from safeconduct.register.erasure.forms import AskForm, RefuseForm
from safeconduct.register.erasure.retention import rules
from safeconduct.register.models import Erasure
from safeconduct.register.showing import name_of
from safeconduct.register.views.common import known_person_or_404, language


@page("register.ask_erasure")
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = known_person_or_404(request, pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_erasure(by=request.actor, person=person, ground=form.cleaned_data["ground"], at=clock.now())
            return redirect("person", person.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "register/erasure/ask.html", {
        "person": person, "name": name_of(person, language=language()), "form": form, "stays": queries.what_stays(person),
    }, status=422 if form.errors else 200)  # fmt: skip


@page("register.decide_erasure")
def erasures(request: HttpRequest) -> HttpResponse:
    """Every request, those that wait first."""
    found = sorted(queries.erasures(seen_by=request.actor)[:200], key=lambda one: one.decided_at is not None)
    return render(request, "register/erasure/erasures.html", {"erasures": found, "rules": rules()})


@page("register.decide_erasure")
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: refuse it here, or go on to erase."""
    found = _or_404(request, pk)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse_erasure(by=request.actor, erasure=found, because=form.cleaned_data["because"], at=clock.now())
            return redirect("erasures")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "register/erasure/erasure.html", {
        "erasure": found, "form": form, "stays": queries.what_stays(found.person),
        "may_decide": queries.to_decide(seen_by=request.actor).filter(pk=pk).exists(),
    }, status=422 if form.errors else 200)  # fmt: skip


@page("register.decide_erasure")
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    found = _or_404(request, pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        actions.erase(by=request.actor, erasure=found, at=clock.now())
        return redirect("erasures")
    return render(request, "design/confirm.html", {
        "heading": _("Erase a record"), "grave": True,
        "sentence": _(
            "Names, number, dates, family, needs, choices, documents and everything else that tells who the person is go."
        ),
        "consequences": [
            _("To whom something was disclosed, when and under which consent stays on record: the law demands it."),
            _("Nobody brings the record back. Backups that were made before still hold it, until they are destroyed."),
            _("The person can be registered anew at any time."),
        ],
        "action_label": _("Erase the record"), "cancel_url": reverse("erasure", args=[found.pk]),
    })  # fmt: skip


def _or_404(request: HttpRequest, pk: int) -> Erasure:
    found = queries.erasures(seen_by=request.actor).filter(pk=pk).first()
    if found is None:
        raise NoSuchRecord()
    return found
