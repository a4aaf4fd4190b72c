"""One invented person: names, age, papers, ties and needs, drawn alone or in the likeness of a relative."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from liberty_case.names import ALIASES, FAMILIES, MEN, WOMEN, Name, is_public_figure

JALALI_NOW = 1392  # the case stands on 31 December 2013, 10 Dey 1392
GREGORIAN_NOW = 2013

COUNTRIES = ("DEU", "FRA", "GBR", "USA", "SWE", "ITA", "NOR", "FIN", "CAN", "NLD", "TUR", "PAK")
_RESIDENCE_WEIGHTS = (30, 17, 12, 13, 12, 8, 6, 3, 6, 4, 12, 5)
_LINK_WEIGHTS = (28, 12, 11, 16, 14, 5, 5, 3, 9, 4, 3, 1)
_SPOKEN_THERE = {"DEU": "de", "FRA": "fr", "GBR": "en", "USA": "en", "SWE": "sv", "ITA": "it", "NOR": "no", "FIN": "fi",
                 "CAN": "en", "NLD": "nl", "TUR": "tr", "PAK": "ur"}  # fmt: skip
_FA_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(slots=True)
class Person:
    """What the register would know of one person; `birth` is written as it was told."""

    sex: str
    age: int
    given: Name
    family: Name
    father: Name
    grandfather: Name | None = None
    alias: Name | None = None
    birth: str = ""
    nationality: str = "IRN"
    languages: list[str] = field(default_factory=list)
    residence: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    relationship: str = ""
    related_to: int = 0  # place of the person in the unit to whom `relationship` points; 0 = the head
    kind: str = "member"
    disputed_by: str = ""
    scripts: str = "both"  # both | persian | latin
    story: str = ""
    protected: bool = False
    status: str = ""
    status_since: str = ""
    urgency: str = "normal"
    block: str = ""
    arrived: str = ""
    left: str = ""
    left_by: str = ""
    id: str = ""
    family_id: str = ""

    def has_tie(self, country: str) -> bool:
        """Whether the person lived in the country or has a relative there."""
        return any(entry[:3] == country for entry in (*self.residence, *self.links))

    def lived_in(self, country: str) -> bool:
        """Whether the person lived in the country."""
        return any(entry[:3] == country for entry in self.residence)


def draw_age(rng: Random) -> int:
    """Age at the end of 2013: mostly 45 to 60, with a younger and an older tail (our assumption)."""
    lot = rng.random()
    if lot < 0.82:
        return min(max(round(rng.gauss(52.5, 5.5)), 36), 68)
    if lot < 0.95:
        return rng.randint(27, 44)
    return rng.randint(18, 26) if lot < 0.965 else rng.randint(64, 80)


def draw_person(rng: Random, age: int | None = None, sex: str = "") -> Person:
    """A person who resembles nobody; about one in three is a woman."""
    sex = sex or ("female" if rng.random() < 0.335 else "male")
    age = draw_age(rng) if age is None else age
    family = rng.choice(FAMILIES)
    person = Person(sex, age, draw_given(rng, sex, family), family, rng.choice(MEN))
    if rng.random() < 0.35:
        person.grandfather = rng.choice(MEN)
    if rng.random() < 0.02:
        person.alias = rng.choice(ALIASES)
    person.birth = tell_birth(rng, age)
    person.nationality = rng.choices(("IRN", "XXA", "XXX", "IRN;DEU", "IRN;IRQ", "IRN;FRA"), (955, 14, 13, 7, 6, 5))[0]
    _draw_ties(rng, person)
    _draw_languages(rng, person)
    _draw_needs(rng, person)
    return person


def draw_given(rng: Random, sex: str, family: Name) -> Name:
    """A given name that makes no well-known person's name with the family name."""
    pool = WOMEN if sex == "female" else MEN
    given = rng.choice(pool)
    while is_public_figure(given, family):
        given = rng.choice(pool)
    return given


def tell_birth(rng: Random, age: int) -> str:
    """A birth date as people tell it: to the day, the month, the year, or about; mostly Jalali."""
    year, month, day = JALALI_NOW - age, rng.randint(1, 9), rng.randint(1, 29)
    lot = rng.random()
    if lot < 0.42:
        return f"{year}-{month:02d}-{day:02d}"
    if lot < 0.57:
        return f"{year}-{month:02d}"
    if lot < 0.80:
        return str(year)
    if lot < 0.90:
        return f"about {year - year % 5 if rng.random() < 0.5 else year}"
    if lot < 0.94:
        return f"حدود {year}".translate(_FA_DIGITS)
    return f"{GREGORIAN_NOW - age}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def _draw_ties(rng: Random, person: Person) -> None:
    if rng.random() < 0.16 and person.age >= 30:
        country = rng.choices(COUNTRIES, _RESIDENCE_WEIGHTS)[0]
        start = rng.randint(1978, 1996)
        years = f":{start}-{start + rng.randint(1, 9)}" if rng.random() < 0.6 and person.age > 45 else ""
        person.residence.append(country + years)
    if rng.random() < 0.28:
        for country in dict.fromkeys(rng.choices(COUNTRIES, _LINK_WEIGHTS, k=1 + (rng.random() < 0.15))):
            kind = rng.choices(("sibling", "child", "parent", "other_relative"), (55, 12, 8, 25))[0]
            person.links.append(f"{country}:{kind}")


def _draw_languages(rng: Random, person: Person) -> None:
    spoken = ["fa"]
    for language, part in (("ar", 0.22), ("en", 0.2), ("az", 0.09), ("ku", 0.06)):
        if rng.random() < part:
            spoken.append(language)
    for entry in person.residence:
        there = _SPOKEN_THERE[entry[:3]]
        if there not in spoken and rng.random() < 0.8:
            spoken.append(there)
    person.languages = spoken


def _draw_needs(rng: Random, person: Person) -> None:
    """UNHCR specific-need codes for about one in six; older people more often."""
    if rng.random() < 0.12 + 0.25 * (person.age >= 64):
        codes = ("SM-CI", "SM-CC", "SM-MI", "SM-OT", "DS-PM", "DS-PS", "DS-BD", "DS-DF", "TR-PI", "LP-ND", "FU-FR")
        person.needs.append(rng.choices(codes, (34, 3, 8, 6, 14, 4, 4, 4, 12, 7, 4))[0])
    if person.age >= 64 and rng.random() < 0.2:
        person.needs.append("ER-NF")
    if person.sex == "female" and rng.random() < 0.012:
        person.needs.append("WR-UW")
