"""What it would change if one condition of one offer were dropped: something to ask a state for, confirmed by a new solution.

Only people who chose the offer in a talk that counts, and whom this condition alone keeps away, are counted. Group transfers are
left out: nobody learns how many agreed to one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np

from safeconduct.engines import placement
from safeconduct.plans.cases import Cases, OfferCase, Unit, UnitOption, add_options
from safeconduct.routes.api import StandingChoice, without_clause

_BY_RULE = frozenset({"rule_not_met", "rule_not_known"})
Build = Callable[[Cases], placement.Problem]


@dataclass(frozen=True)
class Dropped:
    """One condition of an offer less: whom it kept away (people), how many more leave, and how many prices predict, in first
    choices."""

    offer: UUID
    condition: str
    people: int
    persons: int
    predicted: float
    proven: bool

    def kept(self) -> dict[str, Any]:
        """As it is kept beside the offer."""
        return {
            "condition": self.condition, "people": self.people, "more": self.persons,
            "predicted": self.predicted, "proven": self.proven,
        }  # fmt: skip


def dropped(
    cases: Cases, choices: Mapping[UUID, StandingChoice], offers: Sequence[OfferCase], marks: Mapping[tuple[UUID, UUID], str],
    problem: placement.Problem, plan: placement.Plan, build: Build, *, worth: int, limit: placement.Limit | None = None,
) -> Iterator[Dropped]:  # fmt: skip
    """For each condition that alone keeps somebody from an offer of `offers`, what dropping it would change.

    `build` makes a problem of cases as `problem` was made; `worth` is what one first choice counts, milli-points; after the
    `limit` the first plan that is found is taken.
    """
    for offer in offers if plan.assign is not None else ():
        for position in sorted(_in_the_way(cases, offer)):
            condition, rest = without_clause(offer.criteria, position)
            wider, people = _widened(cases, choices, replace(offer, criteria=rest), position, marks)
            if not people:
                continue
            found = placement.more_options(problem, plan, build(wider), _start(cases, wider, plan), limit=limit)
            if found is not None:
                yield Dropped(offer.id, condition, people, found.persons, round(found.predicted / worth, 1), found.proven)


def _in_the_way(cases: Cases, offer: OfferCase) -> set[int]:
    """The clauses of an offer's rule that keep somebody away who chose it."""
    every = (each for told in cases.blocked.values() for each in told)
    return {each.numbers["clause"] for each in every if each.offer == offer.id and each.code in _BY_RULE}


def _widened(
    cases: Cases, choices: Mapping[UUID, StandingChoice], offer: OfferCase, position: int, marks: Mapping[tuple[UUID, UUID], str]
) -> tuple[Cases, int]:
    """The cases with the offer for all whom only this clause keeps away, and how many people these are."""
    units, people = [], 0
    for unit in cases.units:
        more = _probed(unit, cases, choices, offer, position, marks)
        people += len(unit.members) if more else 0
        units.append(Unit(unit.members, [*unit.options, *more], unit.alone) if more else unit)
    return Cases(units=units), people


def _probed(
    unit: Unit, cases: Cases, choices: Mapping[UUID, StandingChoice], offer: OfferCase, position: int,
    marks: Mapping[tuple[UUID, UUID], str],
) -> list[UnitOption]:  # fmt: skip
    told = (each for member in unit.members for each in cases.blocked.get(member.id, ()))
    if not any(each.offer == offer.id and each.code in _BY_RULE and each.numbers["clause"] == position for each in told):
        return []
    probe = Unit(unit.members, alone=unit.alone)
    add_options(probe, choices, [offer], marks, Cases())
    return probe.options


def _start(cases: Cases, wider: Cases, plan: placement.Plan) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The plan in the order of the wider problem's units, (U,)."""
    assert plan.assign is not None
    numbered = {id(unit.members): n for n, unit in enumerate(unit for unit in cases.units if unit.options)}
    at = [numbered.get(id(unit.members)) for unit in wider.units if unit.options]
    return np.array([-1 if n is None else plan.assign[n] for n in at], dtype=np.int64)
