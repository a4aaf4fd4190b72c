"""What the pages ask of the log: who looked at one person, and which accounts read many more people than usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID

from django.conf import settings

from safeconduct.core.reads import book

KINDS = ("people", "outside", "refused")


@dataclass(frozen=True)
class Look:
    """One look at one person: when, by whom (page:12), in which roles, by which page, and what was shown."""

    number: int
    at: datetime
    actor: str
    roles: tuple[str, ...]
    page: str
    levels: frozenset[str]

    @property
    def account(self) -> int | None:
        """The account that looked; None for the software."""
        told = self.actor.rpartition(":")[2]
        return int(told) if told.isdecimal() else None


_ABOUT = "SELECT number, at, actor, roles, page, levels FROM seen JOIN entries ON number = entry WHERE person = ?"


def looks_at(person: UUID, *, since: datetime | None = None, until: datetime | None = None) -> list[Look]:
    """Every look at a person in a span of time (`until` exclusive), the newest first. Raises what the log raises."""
    sql, values = _ABOUT, [person.bytes]
    for condition, at in ((" AND at >= ?", since), (" AND at < ?", until)):
        if at is not None:
            sql, values = sql + condition, [*values, book.when(at)]
    return [
        Look(number, datetime.fromisoformat(at), actor, tuple(roles.split(",")) if roles else (), page, frozenset(levels.split()))
        for number, at, actor, roles, page, levels in book.ask(f"{sql} ORDER BY number DESC", values)
    ]


def looked_before(person: UUID, at: datetime) -> bool:
    """Whether anybody looked at a person before a moment."""
    asked = f"SELECT 1 FROM ({_ABOUT} AND at < ? LIMIT 1)"
    return bool(book.ask(asked, [person.bytes, book.when(at)]))


@dataclass(frozen=True)
class Unusual:
    """An hour in which an account read many more people than it does in its own usual hour."""

    actor: str
    hour: datetime
    kind: str  # people | outside | refused
    n: int
    usual: float


def unusual(*, since: datetime, shown_since: datetime) -> list[Unusual]:
    """The unusual hours since `shown_since`, the newest first.

    An hour is unusual when an account read more than READS_MANY[kind] people in it, and more than READS_TIMES_USUAL times the
    median of its other hours since `since` in which it read anybody. A person shown twice counts twice. The kinds: people shown;
    opened from outside one's cases; asked for and refused. It judges nobody: it says where to ask.
    """
    sums = "sum(people - refused), sum(outside), sum(refused)"
    asked = f"SELECT actor, substr(at, 1, 13), {sums} FROM entries WHERE at >= ? GROUP BY 1, 2"
    hours: dict[str, dict[str, tuple[int, ...]]] = {}
    for actor, hour, *counted in book.ask(asked, [book.when(since)]):
        hours.setdefault(actor, {})[hour] = tuple(counted)
    found = [each for actor, by_hour in hours.items() for each in _of_account(actor, by_hour) if each.hour >= shown_since]
    return sorted(found, key=lambda each: (each.hour, each.n), reverse=True)


def _of_account(actor: str, hours: Mapping[str, tuple[int, ...]]) -> Iterator[Unusual]:
    for place, kind in enumerate(KINDS):
        counted = {hour: told[place] for hour, told in hours.items()}
        for hour, n in counted.items():
            if n <= settings.READS_MANY[kind]:
                continue
            usual = median([other for each, other in counted.items() if each != hour] or [0])
            if n > settings.READS_TIMES_USUAL * usual:
                yield Unusual(actor, datetime.fromisoformat(f"{hour}:00:00+00:00"), kind, n, float(usual))
