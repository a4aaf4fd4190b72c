"""What of the ways out travels: the offers, each person's choices, and the marks of officers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_date
from safeconduct.core.sources.models import Source
from safeconduct.register.api import Entering, HeldChange, Ledger, Part, Person, WhyHeld, along, field_of, ledger, part, stored
from safeconduct.routes.actions.choices import write_brought
from safeconduct.routes.models import (
    Choice,
    ChoiceEntry,
    InformationSheet,
    Instrument,
    Mark,
    MarkKind,
    Offer,
    OfferClaim,
    Reading,
    SheetSection,
    StatusEntry,
)
from safeconduct.routes.showing import title_of

_OFFERS = (Source, Offer, StatusEntry, OfferClaim, InformationSheet, SheetSection, Instrument, Reading)


def _rows(people: Collection[UUID], alias: str) -> list[models.Model]:
    talks = Choice.objects.using(alias).filter(person__in=list(people)).order_by("recorded_at", "pk")
    return [*talks, *ChoiceEntry.objects.using(alias).filter(choice__person__in=list(people)).order_by("pk")]


def _entries(person: UUID, alias: str) -> list[dict[str, Any]]:
    """Each talk with its answers, the oldest first."""
    answers: dict[str, list[dict[str, Any]]] = {}
    found = []
    for row in _rows([person], alias):
        told = stored(row)
        if isinstance(row, Choice):
            found.append(told)
        else:
            answers.setdefault(told["choice_id"], []).append(
                {name: told[name] for name in ("offer_id", "answer", "rank", "sheet_id")}
            )
    return [{**talk, "answers": answers.get(talk["id"], [])} for talk in found]


def _enter(entering: Entering, entry: dict[str, Any]) -> None:
    """The newest talk counts, as ever; where one was held here too since the copy left, somebody says which was the later."""
    counts = entry["superseded_at"] is None
    standing = Choice.objects.filter(person=entering.person, superseded_at=None).first()
    if counts and standing is not None and str(standing.pk) not in [*entering.known[CHOICES.name], *entering.entered]:
        entering.hold(CHOICES.name, entry["id"], WhyHeld.BOTH, [], entry, stored(standing))
        return
    write_brought(_choice(entering.person, entry, entering.moment(entry["recorded_at"])), _answers(entry), counts=counts)
    entering.entered.append(entry["id"])


def _choice(person: Person, entry: dict[str, Any], at: datetime) -> Choice:
    told = {name: field_of(Choice, name).to_python(value) for name, value in entry.items() if name != "answers"}
    return Choice(**{**told, "person_id": person.pk, "recorded_at": at, "superseded_at": None})


def _answers(entry: dict[str, Any]) -> list[ChoiceEntry]:
    return [
        ChoiceEntry(**{name: field_of(ChoiceEntry, name).to_python(value) for name, value in told.items()})
        for told in entry["answers"]
    ]


def _decide(held: HeldChange, take: bool, at: datetime) -> None:
    """A talk that does not count stays on record all the same."""
    write_brought(_choice(held.person, held.brought, at), _answers(held.brought), counts=take)


def _say(entry: dict[str, Any], reader: Actor, language: str) -> str:
    if not reader.may("routes.see_choices"):
        return ""
    day = models.DateField().to_python(entry["taken_on"])
    return _("What was chosen in the talk of %(day)s") % {"day": show_date(day, language=language) if day else ""}


def _mark(told: dict[str, Any], reader: Actor, language: str) -> str:
    if not reader.may("routes.see_eligibility"):
        return ""
    offer = Offer.objects.filter(pk=told["offer_id"]).first()
    title = title_of(offer, language) if offer else ""
    return _("%(kind)s by an officer: %(offer)s") % {"kind": MarkKind(told["kind"]).label, "offer": title}


def _offers(actor: Actor) -> list[models.Model]:
    if not actor.may("routes.see_offers"):
        return []
    return [row for model in _OFFERS for row in model._base_manager.all()]


CHOICES = Ledger(
    "choices", gettext_lazy("Choices"), "routes.see_choices", "routes.record_choices", _rows, _entries, _enter, _decide, _say
)


def declare_travelling() -> None:
    """Called when the room is loaded."""
    ledger(CHOICES)
    part(Part("marks", gettext_lazy("Pinned or barred"), Mark, ("offer_id",),
              ("kind", "reason", "made_by_id", "made_at", "ended_at", "review_asked_at"), "routes.see_eligibility",
              "routes.mark_pairs", _mark))  # fmt: skip
    along(_offers)
