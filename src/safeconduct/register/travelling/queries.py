"""What pages ask about copies: who has cases along, and what waits for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.register.access import has_case, open_to
from safeconduct.register.models import HeldChange, Person, Travel
from safeconduct.register.travelling import persons
from safeconduct.register.travelling.actions.deciding import may_see, print_of, right_to_decide, stands_now
from safeconduct.register.travelling.merge import Value
from safeconduct.register.travelling.parts import ledgers, parts


def travels(*, seen_by: Actor) -> QuerySet[Travel]:
    """One's own travels; of everybody for whoever may see all."""
    found = Travel.objects.select_related("account")
    return found if seen_by.may("register.see_all_travels") else found.filter(account=seen_by.account)


def people_with_decisions(*, seen_by: Actor) -> QuerySet[Person]:
    """The people of one's own cases of whom something waits for a decision; `waiting` says how much."""
    waits = Q(held__decided_at=None, held__isnull=False)
    return open_to(seen_by).filter(waits).annotate(waiting=Count("held", filter=waits)).order_by("number")


def open_decisions(*, seen_by: Actor) -> int:
    """Of how many people of one's own cases something waits for a decision."""
    if not seen_by.may("register.see_case"):
        return 0
    held = HeldChange.objects.filter(has_case(seen_by, "person__case"), decided_at=None)
    return held.values("person").distinct().count()


@dataclass(frozen=True)
class Shown:
    """Something that is or was held, in words: what it was, what came back, what stands now."""

    held: HeldChange
    what: Any
    was: list[str]
    brought: list[str]
    stands: list[str]
    print: str
    may_decide: bool


def held_of(person: Person, reader: Actor, *, language: str) -> list[Shown]:
    """What came back of a person and was not written at once, the undecided first; without what the reader may not see."""
    rows = sorted(HeldChange.objects.filter(person=person).select_related("decided_by"), key=lambda one: one.decided_at is not None)
    return [_shown(held, reader, language) for held in rows if may_see(held, reader)]


def _shown(held: HeldChange, reader: Actor, language: str) -> Shown:
    may = held.decided_at is None and reader.may(right_to_decide(held))
    if held.part in ledgers():
        ledger = ledgers()[held.part]
        return Shown(held, ledger.says, [], [ledger.say(held.brought, reader, language)], [], "", may)
    now = stands_now(held) if held.decided_at is None else held.stands

    def said(value: Value) -> list[str]:
        if held.part == persons.NAME:
            return [persons.say(held.slot, value, reader, language)]
        part = parts()[held.part]
        return [part.say(part.told(held.slot, row), reader, language) for row in value]

    what = persons.WORDS[held.slot] if held.part == persons.NAME else parts()[held.part].says
    return Shown(held, what, said(held.base), said(held.brought), said(now), print_of(now), may)
