"""What pages ask about copies: who has cases along, and what waits for a decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import only_computing
from safeconduct.register.access import has_case, open_to
from safeconduct.register.models import HeldChange, Person, Travel
from safeconduct.register.travelling import persons
from safeconduct.register.travelling.actions.deciding import may_see, print_of, right_to_decide, stands_now
from safeconduct.register.travelling.merge import Value
from safeconduct.register.travelling.parts import ledgers, parts

AT_MOST = 200  # people on a page


def travels(*, seen_by: Actor) -> QuerySet[Travel]:
    """One's own travels; of everybody for whoever may see all."""
    found = Travel.objects.select_related("account")
    return found if seen_by.may("register.see_all_travels") else found.filter(account=seen_by.account)


def people_with_decisions(*, seen_by: Actor) -> list[tuple[Person, int]]:
    """The people of one's own cases of whom something waits that the reader may know, and how much."""
    waits = _waiting(seen_by)
    found = open_to(seen_by).filter(pk__in=waits).prefetch_related("names").order_by("number")
    return [(person, waits[person.pk]) for person in found[:AT_MOST]]


def open_decisions(*, seen_by: Actor) -> int:
    """Of how many people of one's own cases something waits that the reader may know."""
    return len(_waiting(seen_by)) if seen_by.may("register.see_case") else 0


def _waiting(by: Actor) -> Counter[UUID]:
    held = HeldChange.objects.filter(has_case(by, "person__case"), decided_at=None)
    with only_computing():
        return Counter(each.person_id for each in held if may_see(each, by))


def known_held(person: Person, reader: Actor) -> list[HeldChange]:
    """What came back of a person and was not written at once, as far as the reader may know it; nobody is shown by asking."""
    with only_computing():
        return [each for each in HeldChange.objects.filter(person=person) if may_see(each, reader)]


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
