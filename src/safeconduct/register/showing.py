"""A person as a reader sees one: names in two scripts, birth and age with their precision, states and agencies in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.dates import BirthDate, Calendar, Precision, age_on, show_age
from safeconduct.core.languages import country_name
from safeconduct.register.models import Person, Script
from safeconduct.register.names import fathers, full_names
from safeconduct.register.rules import may_be_child

# Whom a consent may name beside states: agencies that receive a person's data at a site.
AGENCIES = ("UNHCR", "ICRC", "IOM", "UNAMI")
OWN = "OWN"  # the organisation that keeps this register
_PRECISION: dict[str, Any] = {
    Precision.MONTH: _("from a month of birth"),
    Precision.YEAR: _("from a year of birth"),
    Precision.ABOUT: _("about, as told"),
    Precision.RANGE: _("from a range of years"),
}
_LANGUAGE = {Script.ARABIC.value: "fa", Script.LATIN.value: "en", Script.OTHER.value: ""}


@dataclass(frozen=True)
class Said:
    """A name in one script; `language` only says how to set it."""

    text: str
    language: str


@dataclass(frozen=True)
class InTwoScripts:
    """A name as the reader reads it first, and in the other script; either may be absent."""

    main: Said | None
    other: Said | None

    def __str__(self) -> str:
        return self.main.text if self.main else ""


def in_two_scripts(by_script: Mapping[str, str], *, language: str) -> InTwoScripts:
    """Names by script, in the order in which a reader of a language wants them."""
    arabic_first = language.startswith(("fa", "ar"))
    order = [Script.ARABIC.value, Script.LATIN.value] if arabic_first else [Script.LATIN.value, Script.ARABIC.value]
    said = [Said(by_script[script], _LANGUAGE[script]) for script in [*order, Script.OTHER.value] if by_script.get(script)]
    return InTwoScripts(said[0] if said else None, said[1] if len(said) > 1 else None)


def name_of(person: Person, *, language: str) -> InTwoScripts:
    """A person's full name for a reader; without any name, the registration number stands for it."""
    found = in_two_scripts(full_names(person.names.all()), language=language)
    return found if found.main else InTwoScripts(Said(person.number, ""), None)


def father_of(person: Person, *, language: str) -> InTwoScripts:
    """The father's name for a reader."""
    return in_two_scripts(fathers(person.names.all()), language=language)


def birth_of(person: Person) -> BirthDate:
    """A person's birth as `core.dates` knows it."""
    unknown = person.born_earliest is None or person.born_latest is None
    precision = Precision(person.birth_precision) if person.birth_precision in set(Precision) else Precision.RANGE
    if not unknown and precision is Precision.UNKNOWN:
        precision = Precision.RANGE
    return BirthDate(
        earliest=None if unknown else person.born_earliest,
        latest=None if unknown else person.born_latest,
        precision=Precision.UNKNOWN if unknown else precision,
        calendar=Calendar(person.birth_calendar) if person.birth_calendar in set(Calendar) else Calendar.GREGORIAN,
        as_told=person.birth_as_told,
    )


@dataclass(frozen=True)
class Age:
    """An age in words, how exactly it is known, and whether the person may be a child though the age leaves it open."""

    text: str
    precision: Any
    may_be_child: bool


def age_of(person: Person, *, on: date, language: str) -> Age:
    """A person's age on a day, for a reader."""
    birth = birth_of(person)
    ages = age_on(birth, on)
    open_question = may_be_child(person.born_latest, on=on) and ages is not None and ages[1] >= 18
    return Age(show_age(birth, on, language=language), _PRECISION.get(birth.precision, ""), open_question)


def recipient_name(code: str, *, language: str) -> str:
    """A state by its name, an agency by its own, the organisation of this site as that."""
    if code == OWN:
        return str(_("the organisation of this site"))
    return country_name(code, language) if len(code) == 3 else code
