"""What a computed plan says about each person: the offer or none, the main reason, and each other offer's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from safeconduct.plans.cases import STILL_PRIVATE, Blocked, Unit
from safeconduct.plans.compute import Computed, Entered
from safeconduct.register.api import Resident

# Of several things in the way, the one that an office or a state could change comes first.
_MAIN = (
    "no_best_interests_decision", "own_views_not_heard", "child_would_stay_behind", "others_in_the_room", "room_not_recorded",
    "interpreter_not_chosen",
    "sheet_outdated", "sheet_not_received", "no_sheet_published", "rule_not_known", "rule_not_met", "barred", "pinned_elsewhere",
    "family_not_agreed", "offer_not_confirmed", "offer_not_yet_open", "offer_window_over", "offer_closed",
    "children_would_stay_without_adult", "not_now", "declined",
)  # fmt: skip

# Reasons that would tell, by themselves or by what is left over, how many agreed to a group transfer; with one, they are one.
_TOLD_AS_ONE = frozenset({
    "no_choice", "declined", "not_now", "family_not_agreed",
    "group_choices_open", "minimum_fill_not_reached", "no_option", "quota_full", "medical_full",
    "family_larger_than_places_left", "family_larger_than_offer", "reserved_for_links",
})  # fmt: skip
_AS_ONE = "nothing_usable"


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
    found = {row.person: _discreet(computed, row) for row in _in_units(computed)}
    for person in computed.people:
        if person.id not in found:
            found[person.id] = _discreet(computed, _outside(computed, person))
    return [found[person.id] for person in computed.people]


def _discreet(computed: Computed, row: Outcome) -> Outcome:
    """The row without what would tell who, or how many, agreed to a group transfer that is still private or takes nobody.

    While choices are open nobody sees how many have agreed or who is missing, and a failure is told without counts: the one whose
    yes was missing would become a target. So everybody reads the same about such an offer, and remains for the same reason.
    """
    alike: dict[UUID, dict[str, Any]] = {offer: {"code": STILL_PRIVATE, "numbers": {}} for offer in computed.cases.private}
    for each in failed_groups(computed):
        alike[each.offer.pk] = {"code": "minimum_fill_not_reached", "numbers": {"minimum_fill": each.offer.minimum_fill}}
    if not alike:
        return row
    keys = {str(offer): told for offer, told in alike.items()}
    reasons = [each for each in row.reasons if each["offer"] not in keys]
    reasons += [{"offer": offer, "lacks": None, **told} for offer, told in sorted(keys.items())]
    wanted = [offer for offer in computed.cases.wanted.get(row.person, []) if offer not in alike]
    near = row.nearest if row.nearest is None or row.nearest["kind"] != "minimum_fill" else None
    return replace(
        row, reasons=reasons, nearest=near, why=_AS_ONE if row.why in _TOLD_AS_ONE else row.why,
        first=next(iter(wanted), None), rank=wanted.index(row.offer) + 1 if row.offer in wanted else None,  # a gap would tell, too
    )  # fmt: skip


def failed_groups(computed: Computed) -> list[Entered]:
    """The group transfers of a plan that take nobody in it."""
    assign = computed.plan.assign
    used = set() if assign is None else set(assign.tolist())
    return [each for n, each in enumerate(computed.entered) if each.offer.minimum_fill and n not in used]


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
            rank=option.rank if option else None, first=next(iter(computed.cases.wanted.get(member.id, [])), None),
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
        person=person.id, unit=None, offer=None, rank=None, why=why,
        first=next(iter(computed.cases.wanted.get(person.id, [])), None),
        reasons=[_told(b) for b in blocked], nearest=None, medical=person.medical, link=False,
    )  # fmt: skip


def _told(blocked: Blocked) -> dict[str, Any]:
    return {
        "offer": str(blocked.offer) if blocked.offer else None,
        "code": blocked.code,
        "numbers": dict(blocked.numbers),
        "lacks": None,
    }
