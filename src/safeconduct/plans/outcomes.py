"""What a computed plan says about each person: the offer or none, the main reason, and each other offer's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from safeconduct.plans.cases import Blocked, Unit
from safeconduct.plans.compute import Computed
from safeconduct.register.api import Resident

# Of several things in the way, the one that an office or a state could change comes first.
_MAIN = (
    "no_best_interests_decision", "own_views_not_heard", "child_would_stay_behind", "others_in_the_room", "room_not_recorded",
    "interpreter_not_chosen",
    "sheet_outdated", "sheet_not_received", "no_sheet_published", "rule_not_known", "rule_not_met", "barred", "pinned_elsewhere",
    "family_not_agreed", "offer_not_confirmed", "offer_not_yet_open", "offer_window_over", "offer_closed",
    "children_would_stay_without_adult", "not_now", "declined",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One person in one plan."""

    person: UUID
    unit: int | None
    offer: UUID | None
    rank: int | None
    first: UUID | None
    why: str
    reasons: list[dict[str, Any]]
    nearest: dict[str, Any] | None
    medical: bool
    link: bool


def outcomes(computed: Computed) -> list[Outcome]:
    """One row a person who is at the site, in the order of the register."""
    found = {row.person: row for row in _in_units(computed)}
    for person in computed.people:
        if person.id not in found:
            found[person.id] = _outside(computed, person)
    return [found[person.id] for person in computed.people]


def _in_units(computed: Computed) -> Iterator[Outcome]:
    units = [unit for unit in computed.cases.units if unit.options]
    for number, unit in enumerate(units):
        yield from _of_unit(computed, number, unit)
    for unit in computed.cases.units:
        if not unit.options:
            for member in unit.members:
                yield _outside(computed, member)


def _of_unit(computed: Computed, number: int, unit: Unit) -> Iterator[Outcome]:
    told = computed.reasons.of(number)
    offer = computed.entered[told.route].offer if told.route >= 0 else None
    engine = [
        {"offer": str(computed.entered[r.route].offer.pk), "code": r.code, "numbers": dict(r.numbers), "lacks": r.lacks}
        for r in ((told.given,) if told.given else ()) + told.others
    ]
    nearest = None
    if told.nearest is not None:
        nearest = {
            "kind": told.nearest.kind,
            "count": told.nearest.count,
            "offer": str(computed.entered[told.nearest.route].offer.pk),
        }
    seen = {each["offer"] for each in engine}
    option = next((o for o in unit.options if offer is not None and o.offer == offer.pk), None)
    for member in unit.members:
        before = [_told(b) for b in computed.cases.blocked.get(member.id, []) if str(b.offer) not in seen]
        yield Outcome(
            person=member.id, unit=number, offer=offer.pk if offer else None,
            rank=option.rank if option else None, first=computed.cases.first.get(member.id),
            why="given" if offer else str(told.why_none), reasons=engine + before, nearest=nearest,
            medical=member.medical, link=bool(option and option.link),
        )  # fmt: skip


def _outside(computed: Computed, person: Resident) -> Outcome:
    blocked = computed.cases.blocked.get(person.id, [])
    why = computed.cases.outside.get(person.id)
    if why is None:
        chosen = [b for b in blocked if b.code != "not_chosen"]
        why = min((b.code for b in chosen if b.code in _MAIN), key=_MAIN.index, default="no_choice")
    return Outcome(
        person=person.id, unit=None, offer=None, rank=None, first=computed.cases.first.get(person.id), why=why,
        reasons=[_told(b) for b in blocked], nearest=None, medical=person.medical, link=False,
    )  # fmt: skip


def _told(blocked: Blocked) -> dict[str, Any]:
    return {
        "offer": str(blocked.offer) if blocked.offer else None,
        "code": blocked.code,
        "numbers": dict(blocked.numbers),
        "lacks": None,
    }
