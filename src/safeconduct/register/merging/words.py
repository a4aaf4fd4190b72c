"""A row of a person in words, for whoever decides to whom of two people it belongs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_date
from safeconduct.core.languages import country_name, language_name, localise_digits
from safeconduct.register.models import (
    BestInterestsDecision,
    Document,
    DocumentKind,
    EarlierResidence,
    FamilyLink,
    Membership,
    Nationality,
    Need,
    PersonName,
    ProtectionStatus,
    Relation,
    SpokenLanguage,
)
from safeconduct.register.needs import RESTRICTED, category, label_for_reader


def _is(what: object, told: object) -> str:
    return _("%(what)s: %(told)s") % {"what": what, "told": told}


def name(row: PersonName, reader: Actor, language: str) -> str:
    return _is(row.get_kind_display(), row.text)


def nationality(row: Nationality, reader: Actor, language: str) -> str:
    return _is(_("nationality"), country_name(row.country, language))


def spoken(row: SpokenLanguage, reader: Actor, language: str) -> str:
    return _is(_("speaks"), language_name(row.language, language))


def residence(row: EarlierResidence, reader: Actor, language: str) -> str:
    years = f" {row.from_year or ''}–{row.to_year or ''}" if row.from_year or row.to_year else ""
    return _is(_("lived before in"), country_name(row.country, language) + localise_digits(years, language))


def relative_abroad(row: FamilyLink, reader: Actor, language: str) -> str:
    if not reader.may("register.see_relatives_abroad"):
        return ""
    return _is(_("a relative lives in"), country_name(row.country, language))


def need(row: Need, reader: Actor, language: str) -> str:
    see_all = reader.may("register.see_medical_needs")
    if not reader.may("register.see_needs") or (category(row.code) in RESTRICTED and not see_all):
        return ""
    return _is(_("need"), label_for_reader(row.code, may_see_restricted=see_all))


def status(row: ProtectionStatus, reader: Actor, language: str) -> str:
    return _is(_("status"), row.get_status_display())


def membership(row: Membership, reader: Actor, language: str) -> str:
    return _is(_("family"), f"{row.family.number}, {row.get_relationship_display()}")


def relation(row: Relation, reader: Actor, language: str) -> str:
    return f"{row.get_kind_display()} {row.other.number}"


def relation_to(row: Relation, reader: Actor, language: str) -> str:
    return _("%(number)s is: %(kind)s this person") % {"number": row.person.number, "kind": row.get_kind_display()}


def decision(row: BestInterestsDecision, reader: Actor, language: str) -> str:
    return _("best-interests decision of %(day)s") % {"day": show_date(row.decided_on, language=language)}


def document(row: Document, reader: Actor, language: str) -> str:
    hidden = row.kind == DocumentKind.MEDICAL and not reader.may("register.see_medical_needs")
    if hidden or not reader.may("register.see_documents"):
        return ""
    return _is(row.get_kind_display(), row.told or show_date(clock.day_of(row.added_at), language=language))
