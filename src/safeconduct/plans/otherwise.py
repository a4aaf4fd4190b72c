"""What another choice of one's own would change: told to the person alone, in private, on request; kept nowhere.

A copy of the newest plan's problem in which this unit alone chose otherwise is solved again. It says nothing of group transfers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from safeconduct.core.access.api import allowed
from safeconduct.engines import placement
from safeconduct.plans.cases import LEVELS, Blocked, Cases, Unit, build
from safeconduct.plans.compute import offer_case, unpacked
from safeconduct.plans.models import Assignment, Plan
from safeconduct.register.api import Resident, company, residents
from safeconduct.routes.api import Offer, StandingAnswer, StandingChoice, marks, standing_choices

PATIENCE = 5.0  # seconds for one offer


@dataclass(frozen=True)
class Effect:
    """If `offer` were the first wish: the offer that the plan would give then, or None, and the reason as a code with numbers."""

    offer: Offer
    given: UUID | None
    reason: Mapping[str, Any]


@dataclass(frozen=True)
class _Asked:
    """A person with everybody who goes along, as they stand today."""

    person: UUID
    people: Sequence[Resident]
    choices: Mapping[UUID, StandingChoice]
    marked: Mapping[tuple[UUID, UUID], str]
    on: date

    def built(self, offers: Sequence[Offer], choices: Mapping[UUID, StandingChoice]) -> tuple[Cases, Unit | None]:
        """The cases of these people, and the unit of the person."""
        cases = build(self.people, choices, [offer_case(offer, self.on)[1] for offer in offers], self.marked, on=self.on)
        return cases, next((unit for unit in cases.units if any(m.id == self.person for m in unit.members)), None)


def effects(plan: Plan, row: Assignment, *, on: date) -> Iterator[Effect]:
    """For each offer of a plan that takes people one by one, what would follow if the person's unit chose it before all others."""
    known = plan.offers.select_related("offer").prefetch_related("offer__statuses").order_by("position")
    offers = {each.position: each.offer for each in known}
    people = list(residents(on=on, only=company([row.person_id])))
    choices = standing_choices(on=on, only=[each.id for each in people])
    marked = {pair: mark.kind for pair, mark in marks().items()}
    asked = _Asked(row.person_id, people, choices, marked, on)
    _cases, now = asked.built([*offers.values()], choices)
    problem = placement.Problem.from_mapping(unpacked(plan.problem))
    assign = np.array(unpacked(plan.plan)["assign"], dtype=np.int64)
    for position, offer in offers.items():
        if not offer.minimum_fill:
            cases, unit = asked.built([*offers.values()], _first(offer, now, asked))
            yield _effect(position, offer, offers, cases, unit, row, problem, assign)


def _first(offer: Offer, unit: Unit | None, asked: _Asked) -> dict[UUID, StandingChoice]:
    """The choices, but that each who decides in the unit wants this offer first, in a talk that counts."""
    deciding = [asked.person] if unit is None else [member.id for member in unit.adults or unit.members]
    changed = dict(asked.choices)
    for person in deciding:
        before = changed.get(person)
        others = [] if before is None else [each for each in before.wanted() if each.offer != offer.pk]
        answers = [StandingAnswer(offer.pk, "yes", 1, allowed())]
        answers += [replace(each, rank=rank) for rank, each in enumerate(others, 2)]
        changed[person] = StandingChoice(person, allowed(), before is not None and before.alone, asked.on, tuple(answers))
    return changed


def _effect(
    position: int, offer: Offer, offers: Mapping[int, Offer], cases: Cases, unit: Unit | None, row: Assignment,
    problem: placement.Problem, assign: np.ndarray[Any, np.dtype[np.int64]],
) -> Effect:  # fmt: skip
    option = None if unit is None else next((each for each in unit.options if each.offer == offer.pk), None)
    if unit is None or option is None:
        return Effect(offer, None, _in_the_way(row.person_id, offer, cases))
    at = problem.units if row.unit is None else row.unit
    # A group transfer that takes nobody stays out: to hear that one's own yes would fill it tells how many are missing.
    number = {each.pk: n for n, each in offers.items() if not each.minimum_fill or each.pk == row.offer_id}
    changed = _with(problem, at, unit, number)
    start = np.append(assign, -1) if row.unit is None else np.where(np.arange(len(assign)) == at, -1, assign)
    new = placement.solve(changed, start=start, limit=placement.Limit(PATIENCE, time.monotonic))
    told = placement.Reasons(changed, new).of(at)
    if told.route >= 0:
        return Effect(offer, offers[told.route].pk, {"code": "given", "numbers": {}})
    reason = next(each for each in told.others if each.route == position)
    return Effect(offer, None, {"code": reason.code, "numbers": dict(reason.numbers)})


def _in_the_way(person: UUID, offer: Offer, cases: Cases) -> Mapping[str, Any]:
    if person in cases.outside:
        return {"code": cases.outside[person], "numbers": {}}
    told = [each for each in cases.blocked.get(person, ()) if each.offer in (None, offer.pk)]
    found = told[0] if told else Blocked(offer.pk, "family_not_agreed")
    return {"code": found.code, "numbers": dict(found.numbers)}


def _with(problem: placement.Problem, at: int, unit: Unit, number: Mapping[UUID, int]) -> placement.Problem:
    """The problem with one unit's options exchanged, or with the unit at its end, where it entered none."""
    data = problem.to_mapping()
    level = max(LEVELS[member.urgency] for member in unit.members)
    own = {"size": len(unit.members), "medical": sum(member.medical for member in unit.members), "group": -1}
    levels = data.get("level") or ([0] * problem.units if level else None)
    if levels is not None:
        data["level"], own["level"] = levels, level
    for key, value in own.items():
        data[key][at : at + 1] = [value]
    options = sorted((each for each in unit.options if each.offer in number), key=lambda each: number[each.offer])
    first, last = (data["indptr"][at], data["indptr"][at + 1]) if at < problem.units else (problem.options, problem.options)
    columns = {"route": "offer", "value": "value", "link": "link", "rank": "rank"}
    for key, name in columns.items():
        told = [getattr(each, name) for each in options]
        data[key][first:last] = [number[each] for each in told] if key == "route" else [int(each) for each in told]
    data["indptr"][at + 1 :] = [each + len(options) - (last - first) for each in data["indptr"][at + 1 :]] or [first + len(options)]
    return placement.Problem.from_mapping(data)
