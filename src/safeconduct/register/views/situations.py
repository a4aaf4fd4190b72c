"""What happens to a person, one thing a page: move, leave, family, relation, consent, decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.register import actions
from safeconduct.register.consents import record_consent, withdraw_consent
from safeconduct.register.documents.queries import documents_of
from safeconduct.register.forms import situations as given_by
from safeconduct.register.models import DocumentKind, Giver, Person
from safeconduct.register.recall.leavings import left_under
from safeconduct.register.showing import name_of, recipient_name
from safeconduct.register.views.common import language, person_or_404

Act = Callable[[dict[str, Any]], object]


@page("register.register")
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)

    def act(given: dict[str, Any]) -> object:
        return actions.move_person(by=request.actor, person=person, block=given["block"].strip(), on=given["on"], at=clock.now())

    form = given_by.MoveForm(request.POST or None)
    says = _("In which block does this person live, and since when?")
    return _one_form(request, person, form, act, _("Move to another block"), says, _("Record the move"))


@page("register.register")
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)

    def act(given: dict[str, Any]) -> object:
        return actions.record_leaving(by=request.actor, person=person, on=given["on"], at=clock.now())

    form = given_by.LeavingForm(request.POST or None)
    says = _("Since which day is this person no longer at the site?")
    return _one_form(request, person, form, act, _("Left the site"), says, _("Record that the person left"))


@page("register.register")
def family_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)

    def act(given: dict[str, Any]) -> object:
        return actions.join_family(
            by=request.actor, person=person, number=given["number"].strip(), relationship=given["relationship"],
            starts=given["starts"], disputed_by=given["disputed_by"], at=clock.now(),
        )  # fmt: skip

    form = given_by.FamilyForm(request.POST or None)
    says = _("To which family unit does this person belong?")
    return _one_form(request, person, form, act, _("Add to a family"), says, _("Add to the family"))


@page("register.register")
def family_leave(request: HttpRequest, pk: UUID, membership: int) -> HttpResponse:
    person = person_or_404(request, pk)
    tie = person.memberships.filter(pk=membership).first()
    if tie is None:
        raise Http404

    def act(given: dict[str, Any]) -> object:
        return actions.leave_family(by=request.actor, membership=tie, on=given["on"], at=clock.now())

    form = given_by.DayForm(request.POST or None)
    says = _("Since which day does this person no longer belong to the family unit? The membership stays on record.")
    return _one_form(request, person, form, act, _("End the membership"), says, _("End the membership"))


@page("register.register")
def relation_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)

    def act(given: dict[str, Any]) -> object:
        return actions.add_relation(
            by=request.actor, person=person, other=given["other"], kind=given["kind"], starts=given["starts"],
            disputed_by=given["disputed_by"], at=clock.now(),
        )  # fmt: skip

    form = given_by.RelationForm(request.POST or None, reader=request.actor)
    says = _("What is this person to somebody else in the register?")
    return _one_form(request, person, form, act, _("Add a relation"), says, _("Record the relation"))


@page("register.register")
def relation_end(request: HttpRequest, pk: UUID, relation: int) -> HttpResponse:
    person = person_or_404(request, pk)
    tie = person.relations.filter(pk=relation).first() or person.relations_of.filter(pk=relation).first()
    if tie is None:
        raise Http404

    def act(given: dict[str, Any]) -> object:
        return actions.end_relation(by=request.actor, relation=tie, on=given["on"], at=clock.now())

    form = given_by.DayForm(request.POST or None)
    says = _("Since which day does this relation no longer hold? It stays on record.")
    return _one_form(request, person, form, act, _("End a relation"), says, _("End the relation"))


@page("register.record_consent")
def consent_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)

    def act(given: dict[str, Any]) -> object:
        told = {key: value for key, value in given.items() if key not in ("last_day", "views_heard")}
        return record_consent(
            by=request.actor, person=person, ends=given["last_day"] + timedelta(days=1),
            views_heard=given["views_heard"] if given["given_by"] != Giver.PERSON else None, at=clock.now(), **told,
        )  # fmt: skip

    papers = documents_of(person, seen_by=request.actor).filter(kind=DocumentKind.CONSENT, removed_at=None)
    form = given_by.ConsentForm(request.POST or None, papers=papers)
    says = _("To what did this person say yes? One recipient, only what is marked, until withdrawn or over.")
    return _one_form(request, person, form, act, _("Record a consent"), says, _("Record the consent"))


@page("register.record_consent")
def consent_withdraw(request: HttpRequest, pk: UUID, consent: UUID) -> HttpResponse:
    person = person_or_404(request, pk)
    given = person.consents.filter(pk=consent).first()
    if given is None:
        raise Http404
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        withdraw_consent(by=request.actor, consent=given, at=clock.now())
        return redirect("consent_recall", person.pk, given.pk) if left_under(given) else redirect("person", person.pk)
    return render(request, "design/confirm.html", {
        "heading": _("Withdraw a consent"),
        "sentence": _("The person takes back the consent: %(purpose)s, to %(recipient)s.") % {
            "purpose": given.get_purpose_display(), "recipient": recipient_name(given.recipient, language=language()),
        },
        "consequences": [
            _("From this moment nothing leaves for this purpose to this recipient."),
            _("Every other consent for this purpose to this recipient is withdrawn with it."),
            _("What has left already is listed next, so that its recipient can be asked to delete it."),
            _("A new consent can be recorded on any day."),
        ],
        "action_label": _("Withdraw the consent"), "cancel_url": reverse("person", args=[person.pk]),
    })  # fmt: skip


@page("register.decide_best_interests")
def best_interests_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)

    def act(given: dict[str, Any]) -> object:
        return actions.decide_best_interests(by=request.actor, person=person, at=clock.now(), **given)

    form = given_by.BestInterestsForm(request.POST or None)
    says = _("What was decided for this child, and was the child heard?")
    return _one_form(request, person, form, act, _("Best-interests decision"), says, _("Record the decision"))


def _one_form(
    request: HttpRequest, person: Person, form: forms.Form, act: Act, heading: str, says: str, label: str
) -> HttpResponse:
    """A page with one form about one person: show it, act, return to the person's page; a refusal stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
            return redirect("person", person.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "register/one_form.html", {
        "person": person, "name": name_of(person, language=language()), "form": form,
        "heading": heading, "says": says, "label": label,
    })  # fmt: skip
