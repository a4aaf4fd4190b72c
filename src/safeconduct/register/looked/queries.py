"""The log of one person's record as its pages show it: by day and role, counted; names of staff only where decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safeconduct.core import clock
from safeconduct.core.access.api import Account, Actor, Role
from safeconduct.core.reads.api import IDENTITY, LEFT, OUTSIDE, levels
from safeconduct.core.reads.levels import REFUSED
from safeconduct.core.reads.models import LogDecision
from safeconduct.core.reads.queries import Look
from safeconduct.register.models import Person

_MARKS = (OUTSIDE, REFUSED, LEFT)


@dataclass(frozen=True)
class Line:
    """One role (or one colleague) on one day: how often, what was shown, and what was special about it."""

    who: str
    roles: str
    times: int
    what: str
    outside: bool
    refused: bool
    left: bool


def by_day(looks: Iterable[Look], *, named: bool) -> list[tuple[date, list[Line]]]:
    """Day → lines, the newest day first; by role, or with `named` by colleague."""
    days: dict[date, dict[tuple[str, ...], list[Look]]] = defaultdict(lambda: defaultdict(list))
    looks = list(looks)
    accounts = Account.objects.in_bulk({look.account for look in looks if look.account}) if named else {}
    for look in looks:
        key = (look.actor,) if named else look.roles
        days[clock.day_of(look.at)][key].append(look)
    return [(day, sorted((_line(told, accounts) for told in groups.values()), key=lambda one: (one.roles, one.who)))
            for day, groups in sorted(days.items(), reverse=True)]  # fmt: skip


def _line(looks: list[Look], accounts: dict[int, Account]) -> Line:
    shown = frozenset[str]().union(*(look.levels for look in looks))
    roles = roles_in_words(sorted({role for look in looks for role in look.roles}))
    account = accounts.get(looks[0].account or 0)
    return Line(
        who=str(account) if account else "", roles=roles, times=len(looks), what=what_in_words(shown), outside=OUTSIDE in shown,
        refused=REFUSED in shown, left=LEFT in shown,
    )  # fmt: skip


def roles_in_words(codes: Iterable[str]) -> str:
    """Roles as a list of words; a role that is no longer known stands as its code."""
    words = [str(Role(code).label) if code in Role.values else code for code in codes]
    return pgettext("between items of a list", ", ").join(words) if words else _("the software itself")


def what_in_words(shown: Iterable[str]) -> str:
    """What was shown, in words; that somebody was shown at all says who the person is."""
    known = levels()
    said = [str(known[code]) for code in known if code in set(shown) - {*_MARKS}]
    return capfirst(pgettext("between parts of a note", "; ").join(said))


def only(looks: Iterable[Look], level: str) -> list[Look]:
    """The looks of one level; all where none is named."""
    return [look for look in looks if not level or level in look.levels]


def level_counts(looks: Iterable[Look]) -> list[tuple[str, Any, int]]:
    """(code, words, looks) of each level that stands in these looks, in the order of declaration."""
    counted: dict[str, int] = defaultdict(int)
    for look in looks:
        for code in look.levels:
            counted[code] += 1
    return [(code, says, counted[code]) for code, says in levels().items() if counted[code] and code != IDENTITY]


def names_shown_until(person: Person, *, seen_by: Actor, at: datetime) -> datetime | None:
    """Until when a decision shows this reader the names of staff in this person's log."""
    if not seen_by.may("reads.name_staff"):
        return None
    found = LogDecision.objects.filter(person=person.pk, kind=LogDecision.Kind.NAMES, decided_at__lte=at, ends_at__gt=at)
    return found.order_by("-ends_at").values_list("ends_at", flat=True).first()


def decisions(person: Person) -> list[LogDecision]:
    """Every decision about this person's log, the newest first."""
    return list(LogDecision.objects.filter(person=person.pk).select_related("decided_by"))
