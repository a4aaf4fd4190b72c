"""Finding a person by name in either script, or by number, in a hurry."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Max, Value, When

from safeconduct.core.access.api import Actor
from safeconduct.core.languages import ascii_digits
from safeconduct.engines.linkage.names import Likeness, key_groups, similar
from safeconduct.register.access import visible_to
from safeconduct.register.models import NameKey, NameKind, Person
from safeconduct.register.queries import for_list

MOST = 200


@dataclass(frozen=True)
class Hit:
    """A person who may be the one, how alike the names are, and why."""

    person: Person
    likeness: Likeness
    words_met: int


@dataclass(frozen=True)
class Found:
    """The hits, best first; whether all words were met; whether there are more than can be shown."""

    hits: list[Hit]
    all_words: bool
    more: bool
    keys: tuple[str, ...]


def search(text: str, *, seen_by: Actor) -> Found:
    """People whose number is `text`, or whose names may be read as it, in any script and order; at most 200."""
    text = text.strip()
    if any(letter.isdigit() for letter in text):
        number = ascii_digits(text).upper()
        rows = list(for_list(visible_to(seen_by).filter(number__istartswith=number)).order_by("number")[: MOST + 1])
        if rows:
            return Found([Hit(row, similar("", ""), 1) for row in rows[:MOST]], True, len(rows) > MOST, ())
    groups = key_groups(text)
    if not groups:
        return Found([], True, False, ())
    met = _people_by_words_met(groups, seen_by)
    whole = [pk for pk, words in met.items() if words == len(groups)]
    if not whole and len(groups) > 1:
        chosen, all_words = [pk for pk, words in met.items() if words == len(groups) - 1], False
    else:
        chosen, all_words = whole, True
    people = for_list(visible_to(seen_by).filter(pk__in=chosen[:MOST]))
    hits = [Hit(row, _best(text, row), met[row.pk]) for row in people]
    hits.sort(key=lambda hit: (-hit.likeness.score, hit.person.number))
    return Found(hits, all_words, len(chosen) > MOST, tuple(key for group in groups for key in group))


def _people_by_words_met(groups: tuple[tuple[str, ...], ...], seen_by: Actor) -> dict[object, int]:
    """Person → how many of the words of the question one of the person's keys meets; those who meet most first."""
    if not seen_by.may("register.see_people"):
        return {}
    found = NameKey.objects.filter(key__in={key for group in groups for key in group})
    scores = {
        f"word_{n}": Max(Case(When(key__in=group, then=Value(1)), default=Value(0), output_field=IntegerField()))
        for n, group in enumerate(groups)
    }
    rows = found.values("person_id").annotate(**scores)
    total = sum((F(name) for name in scores), Value(0))
    ranked = rows.annotate(words=total).filter(words__gte=max(1, len(groups) - 1)).order_by("-words", "person_id")
    return {row["person_id"]: row["words"] for row in ranked[: MOST + 1]}


def _best(text: str, person: Person) -> Likeness:
    """The best likeness over the person's names in each script, with and without the father's name."""
    options = []
    for script in {name.script for name in person.names.all()}:
        said = [n for n in person.names.all() if n.script == script]
        given = " ".join(n.text for n in said if n.kind == NameKind.GIVEN)
        family = " ".join(n.text for n in said if n.kind == NameKind.FAMILY)
        father = " ".join(n.text for n in said if n.kind == NameKind.FATHER)
        options += [f"{given} {family}", f"{given} {father} {family}", *(n.text for n in said if n.kind == NameKind.ALIAS)]
    return max(
        (similar(text, option.strip()) for option in options if option.strip()),
        key=lambda each: each.score,
        default=similar("", ""),
    )
