"""What of the register travels."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_date
from safeconduct.core.languages import localise_digits
from safeconduct.register.merging import words
from safeconduct.register.merging.steps import field_of
from safeconduct.register.models import (
    BestInterestsDecision,
    EarlierResidence,
    FamilyLink,
    Membership,
    NameKind,
    Nationality,
    Need,
    Person,
    PersonName,
    Presence,
    ProtectionStatus,
    Relation,
    RelationKind,
    RelationToHead,
    SpokenLanguage,
    Status,
)
from safeconduct.register.needs import RESTRICTED, category
from safeconduct.register.travelling import consents
from safeconduct.register.travelling.actions.putting import keys_follow
from safeconduct.register.travelling.parts import Part, ledger, part

CASE, WRITE = "register.see_case", "register.register"


def _row(model: type[models.Model], say: Any) -> Any:
    """Words that are written for a row, said of its values."""

    def said(told: dict[str, Any], reader: Actor, language: str) -> str:
        row = model(**{name: field_of(model, name).to_python(value) for name, value in told.items()})
        return str(say(row, reader, language))

    return said


def _day(value: Any, language: str) -> str:
    return show_date(models.DateField().to_python(value), language=language) if value else _("day not recorded")


def _lasting(what: str, told: dict[str, Any], language: str, starts: str = "starts") -> str:
    since = _("%(what)s, since %(day)s") % {"what": what, "day": _day(told[starts], language)}
    return _("%(what)s until %(day)s") % {"what": since, "day": _day(told["ends"], language)} if told["ends"] else since


def _stay(told: dict[str, Any], reader: Actor, language: str) -> str:
    block = _("Block %(block)s") % {"block": localise_digits(told["block"], language)} if told["block"] else _("here")
    return _lasting(block, told, language)


def _status(told: dict[str, Any], reader: Actor, language: str) -> str:
    return _lasting(str(Status(told["status"]).label), told, language, "since")


def _need(told: dict[str, Any], reader: Actor, language: str) -> str:
    said = words.need(Need(code=told["code"]), reader, language)
    return _lasting(said, told, language) if said else ""


def _membership(told: dict[str, Any], reader: Actor, language: str) -> str:
    return _lasting(f"{told['family']}, {RelationToHead(told['relationship']).label}", told, language)


def _relation(told: dict[str, Any], reader: Actor, language: str) -> str:
    number = Person.every.filter(pk=told["other_id"]).values_list("number", flat=True).first() or "?"
    return _lasting(f"{RelationKind(told['kind']).label} {number}", told, language)


def _name(told: dict[str, Any], reader: Actor, language: str) -> str:
    return f"{NameKind(told['kind']).label}: {told['text']}"


def _medical(row: models.Model, actor: Actor) -> bool:
    return category(row.code) in RESTRICTED and not actor.may("register.see_medical_needs")  # type: ignore[attr-defined]


def declare_own() -> None:
    """Every table of the register that travels; called when the room is loaded."""
    part(Part("names", gettext_lazy("Names"), PersonName, ("kind", "script"), ("text",), "register.see_people", WRITE, _name,
              after=keys_follow))  # fmt: skip
    part(Part("nationalities", gettext_lazy("Nationality"), Nationality, ("country",), (), CASE, WRITE,
              _row(Nationality, words.nationality)))  # fmt: skip
    part(Part("languages", gettext_lazy("Languages"), SpokenLanguage, ("language",), (), CASE, WRITE,
              _row(SpokenLanguage, words.spoken)))  # fmt: skip
    part(Part("residences", gettext_lazy("Earlier residence"), EarlierResidence, ("country",), ("from_year", "to_year"), CASE,
              WRITE, _row(EarlierResidence, words.residence)))  # fmt: skip
    part(Part("relatives", gettext_lazy("Relatives elsewhere"), FamilyLink, ("country",), ("kinship",),
              "register.see_relatives_abroad", WRITE, _row(FamilyLink, words.relative_abroad)))  # fmt: skip
    part(Part("stays", gettext_lazy("Where the person lives"), Presence, (), ("block", "starts", "ends"), "register.see_people",
              WRITE, _stay))  # fmt: skip
    part(Part("needs", gettext_lazy("Specific needs"), Need, ("code",), ("starts", "ends"), "register.see_needs", WRITE, _need,
              hidden=_medical))  # fmt: skip
    part(Part("statuses", gettext_lazy("Protection status"), ProtectionStatus, (), ("status", "since", "ends"), CASE, WRITE,
              _status))  # fmt: skip
    part(Part("families", gettext_lazy("Family"), Membership, (), ("family", "relationship", "starts", "ends", "disputed_by"),
              "register.see_people", WRITE, _membership,
              named={"family": lambda row: row.family.number}))  # type: ignore[attr-defined]  # fmt: skip
    part(Part("relations", gettext_lazy("Relations"), Relation, ("other_id", "kind"), ("starts", "ends", "disputed_by"), CASE,
              WRITE, _relation))  # fmt: skip
    part(Part("decisions", gettext_lazy("Best-interests decision"), BestInterestsDecision,
              ("decided_on", "allows_plan", "allows_family_split", "allows_return", "own_views_heard", "decided_by_id"), (),
              "register.see_needs", "register.decide_best_interests",
              _row(BestInterestsDecision, words.decision)))  # fmt: skip
    ledger(consents.CONSENTS)
    ledger(consents.WITHDRAWALS)
