"""Finding a person by name in either script, or by number, in a hurry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.core.languages import ascii_digits
from safeconduct.core.reads.api import only_computing
from safeconduct.engines.linkage.names import Likeness, key_groups, near_keys, similar
from safeconduct.register.access import listed_for, visible_to
from safeconduct.register.asking import Met, who_meets
from safeconduct.register.models import NameKind, Person, PersonName
from safeconduct.register.names import script_of
from safeconduct.register.together import read_together

# How many are shown, and how many are held against the question to choose them from.
MOST = 100
LOOKED_AT = 250


@dataclass(frozen=True)
class Hit:
    """A person who may be the one, and how alike the names are and why."""

    person: Person
    likeness: Likeness


@dataclass(frozen=True)
class Found:
    """The hits, best first; whether there are more than can be shown; and in what some of them fall short of the question."""

    hits: list[Hit]
    more: bool = False
    keys: tuple[str, ...] = ()
    slip: bool = False  # a letter of a word differs
    lacking: bool = False  # a word is missing


def search(text: str, *, seen_by: Actor) -> Found:
    """People whose number is `text`, or whose names may be read as it, in any script and order; at most 100.

    Nobody is read by this: the page says whom of them it shows (`reads.seen`).
    """
    with only_computing():
        return _searched(text, seen_by)


def _searched(text: str, seen_by: Actor) -> Found:
    text = text.strip()
    if any(letter.isdigit() for letter in text):
        number = ascii_digits(text).upper()
        rows = list(listed_for(seen_by).filter(number__istartswith=number).order_by("number")[: MOST + 1])
        if rows:
            read_together(rows[:MOST], "names", "presences")
            return Found([Hit(row, similar("", "")) for row in rows[:MOST]], len(rows) > MOST)
    groups = key_groups(text)
    if not groups or not seen_by.may("register.see_people"):
        return Found([])
    met = who_meets(groups, most=LOOKED_AT + 1, seen_by=seen_by)
    names = _names(list(met)[:LOOKED_AT])
    likeness = {person: _best(text, said) for person, said in names.items()}
    best = sorted(likeness, key=lambda person: (met[person], -likeness[person].score))[:MOST]
    people = _loaded(visible_to(seen_by).filter(pk__in=best), names)
    hits = sorted((Hit(person, likeness[person.pk]) for person in people), key=lambda hit: (-hit.likeness.score, hit.person.number))
    how = set(met.values())
    keys = {key for group in groups for key in group}
    if Met.NEARLY in how:
        keys |= {near for key in keys for near in near_keys(key)}
    return Found(hits, len(met) > MOST, tuple(sorted(keys)), Met.NEARLY in how, Met.ALL_BUT_ONE in how)


class Name(NamedTuple):
    """A row of PersonName as a search reads hundreds: without a model around each."""

    person_id: UUID
    kind: str
    script: str
    text: str


def _names(people: Collection[UUID]) -> dict[UUID, list[Name]]:
    names: dict[UUID, list[Name]] = defaultdict(list)
    for row in PersonName.objects.filter(person__in=people).order_by("pk").values_list(*Name._fields):
        names[row[0]].append(Name(*row))
    return names


def _loaded(found: QuerySet[Person], names: dict[UUID, list[Name]]) -> list[Person]:
    """People with their stays, and the names that were read for the comparison; what else a row shows is read of one page alone."""
    people = list(found)
    read_together(people, "presences")
    for person in people:
        person._prefetched_objects_cache["names"] = names[person.pk]  # type: ignore[attr-defined]
    return people


def _best(text: str, names: Iterable[Name]) -> Likeness:
    """The best likeness over the person's names in the script of the question, else in every script.

    With the father's name only where the name alone does not say it all.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        said[name.script][name.kind].append(name.text)
    asked = script_of(text).value
    options = []
    for script in [asked] if asked in said else said:
        given, father, family = (" ".join(said[script][kind]) for kind in (NameKind.GIVEN, NameKind.FATHER, NameKind.FAMILY))
        options += [f"{given} {family}", *said[script][NameKind.ALIAS], f"{given} {father} {family}"]
    best = similar("", "")
    for option in options:
        found = similar(text, option)
        best = found if found.score > best.score else best
        if best.score == 1:
            break
    return best
