"""Results and waiting by sex, age, disability, need and urgency: whether a plan leaves a group behind.

Numbers are rounded, and a group of few is not told of at all, so that nobody is found by what a group says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from safeconduct.plans.outcomes import Outcome
from safeconduct.register.api import Resident

LEAST = 20  # people: a smaller group is not told of
ROUNDED_TO = 5
OLDER = 60  # years, as UNHCR counts older people


def by_group(
    people: Sequence[Resident], rows: Sequence[Outcome], since: Mapping[UUID, date], on: date
) -> list[tuple[str, str, int, int, int | None]]:
    """For each group: (kind, code, people whose choice counts, of them with a place, median days here of those who remain).

    People are rounded to ROUNDED_TO, days to whole weeks; None where too few of the days are known.
    """
    found: dict[tuple[str, str], list[tuple[bool, int | None]]] = {}
    for person, row in zip(people, rows, strict=True):
        if row.first is None:
            continue
        began = since.get(person.id)
        for group in _groups_of(person):
            found.setdefault(group, []).append((row.offer is not None, None if began is None else (on - began).days))
    return [(*group, *_told(told)) for group, told in sorted(found.items()) if len(told) >= LEAST]


def _groups_of(person: Resident) -> Iterator[tuple[str, str]]:
    yield "sex", person.sex or "unknown"
    yield "age", _age(person)
    yield "disability", "yes" if any(code.startswith("DS") for code in person.needs) else "no"
    yield "medical", "yes" if person.medical else "no"
    yield "urgency", person.urgency


def _age(person: Resident) -> str:
    if person.child:
        return "child"
    if person.ages is None:
        return "unknown"
    return "older" if person.ages[0] >= OLDER else "adult"


def _told(each: Iterable[tuple[bool, int | None]]) -> tuple[int, int, int | None]:
    rows = list(each)
    days = [since for placed, since in rows if not placed and since is not None]
    waiting = 7 * round(median(days) / 7) if len(days) >= LEAST else None
    return _rounded(len(rows)), _rounded(sum(placed for placed, _since in rows)), waiting


def _rounded(people: int) -> int:
    return ROUNDED_TO * round(people / ROUNDED_TO)


def as_rows(kept: Iterable[Sequence[Any]]) -> dict[str, list[tuple[str, int, int, int | None]]]:
    """Kind → its groups as they were kept; a kind of which only one group is told compares with nothing and is left out."""
    kinds: dict[str, list[tuple[str, int, int, int | None]]] = {}
    for kind, code, people, placed, days in kept:
        kinds.setdefault(kind, []).append((code, people, placed, days))
    return {kind: rows for kind, rows in kinds.items() if len(rows) > 1}
