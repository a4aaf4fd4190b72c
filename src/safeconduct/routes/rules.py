"""The rules of offers and choices as pure functions over plain values. Each names the standard that demands it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from safeconduct.core.access.verdicts import Verdict, allowed, refused

ALONE_WITH = frozenset({"interviewer", "interpreter"})
PLANNABLE_STATUSES = frozenset({"confirmed", "open"})
ASKED_STATUSES = frozenset({"announced", "confirmed", "open"})
# The steps of an offer's standing, as the page draws them.
LADDER = ("reported", "discussed", "announced", "confirmed", "open")


def choice_counts(*, present: Collection[str], interpreter_chosen: bool) -> Verdict:
    """A choice counts only when the person was alone with the interviewer and an interpreter of her own choosing.

    Source: UNHCR, Handbook on Voluntary Repatriation (1996), 2.3 and 4.1: free and informed choice, in private.
    """
    if not present or "unrecorded" in present:
        return refused("room_not_recorded")
    if not set(present) <= ALONE_WITH:
        return refused("others_in_the_room")
    if "interpreter" in present and not interpreter_chosen:
        return refused("interpreter_not_chosen")
    return allowed()


def rooms_that_count() -> list[tuple[list[str], bool]]:
    """Every room in which a choice counts: who was present, sorted, and whether the interpreter must have been chosen for it."""
    rooms = [sorted(some) for n in range(1, len(ALONE_WITH) + 1) for some in combinations(sorted(ALONE_WITH), n)]
    return [
        (present, not choice_counts(present=present, interpreter_chosen=False).allowed)
        for present in rooms if choice_counts(present=present, interpreter_chosen=True).allowed
    ]  # fmt: skip


def answer_counts(*, sheet_version: int | None, newest_version: int | None, published_on: date | None, taken_on: date) -> Verdict:
    """An answer counts only on the newest information sheet, heard before: what changed since may change the answer.

    Source: UNHCR Resettlement Handbook (2023), on informed consent; Handbook on Voluntary Repatriation (1996), 4.2.
    """
    if newest_version is None:
        return refused("no_sheet_published")
    if sheet_version is None or published_on is None or taken_on < published_on:
        return refused("sheet_not_received")
    return allowed() if sheet_version >= newest_version else refused("sheet_outdated")


def may_be_planned(
    *, status: str, opens_on: date | None, closes_on: date | None, on: date, scenario: bool, minimum_fill: int = 0
) -> Verdict:
    """Only offers that are confirmed in writing or open enter a plan; others only a scenario that is labelled so.

    A group transfer (`minimum_fill` people or nobody) is planned only after its last day: while people decide, no plan and no
    scenario tells how many agreed, or the one whose yes is missing becomes a target.
    """
    if status == "closed":
        return refused("offer_closed")
    if not scenario and status not in PLANNABLE_STATUSES:
        return refused("offer_not_confirmed")
    if minimum_fill and status in ASKED_STATUSES:
        return allowed() if closes_on is not None and on > closes_on else refused("group_choices_open")
    if closes_on is not None and on > closes_on:
        return refused("offer_window_over")
    if opens_on is not None and on < opens_on and not scenario:
        return refused("offer_not_yet_open")
    return allowed()


@dataclass(frozen=True)
class Change:
    """One person's answers of one day, as the check on simultaneous changes sees them."""

    block: str
    on: date
    answers: tuple[tuple[str, str], ...]  # (offer, answer), sorted
    was: tuple[tuple[str, str], ...]


# Fewer people of one block who change alike on one day are a family, or chance.
LEAST_AT_ONCE = 5


def simultaneous_changes(changes: Sequence[Change], *, least: int = LEAST_AT_ONCE) -> list[tuple[str, date, int]]:
    """(block, day, people) wherever many people of one block changed to the same answers on one day.

    It prompts the protection officer to speak with each again in private. It is never a verdict on anybody.
    """
    groups: dict[tuple[str, date, tuple[tuple[str, str], ...]], int] = {}
    for change in changes:
        if change.was and change.was != change.answers:
            key = (change.block, change.on, change.answers)
            groups[key] = groups.get(key, 0) + 1
    return sorted((block, on, n) for (block, on, _), n in groups.items() if n >= least)
