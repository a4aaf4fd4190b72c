"""Compute a plan: read, build the problem, solve, check independently, price, explain. Long work; the action only keeps it."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from safeconduct.engines import placement
from safeconduct.plans.cases import FIRST_CHOICE, LEVELS, Cases, OfferCase, build
from safeconduct.plans.conditions import Dropped, dropped
from safeconduct.plans.models import Plan
from safeconduct.register.api import Resident, here_since, residents
from safeconduct.routes.api import Offer, marks, may_be_planned, standing_choices, status_on

LOSSES = (0, 1, 5, 10, 50)  # hundredths of a percent of what the best plan is worth
SEARCH = 600.0  # seconds for the plan, and for what more places would free: most are proven long before
PATIENCE = 120.0  # seconds for repairs
MORE = (1, 10, 50)  # places that are asked about, on each route
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Entered:
    """An offer in a problem: its number there, its standing, and its places."""

    offer: Offer
    status: str
    places: int | None
    medical: int | None
    reserved: int
    minimum: int


@dataclass(frozen=True)
class Computed:
    """A plan ready to be kept."""

    on: date
    is_scenario: bool
    people: Sequence[Resident]
    cases: Cases
    entered: Sequence[Entered]
    problem: placement.Problem
    plan: placement.Plan
    faults: Sequence[placement.PlanFault]
    more: Sequence[placement.MorePlaces]
    reasons: placement.Reasons
    envy: int
    dropped: Sequence[Dropped]
    since: Mapping[UUID, date]
    seconds: float
    near: UUID | None = None
    loss: int = 0
    curve: Sequence[tuple[int, int]] = ()


class NothingToPlan(Exception):
    """No offer may be planned, or nobody's choice counts; the room turns it into a sentence."""


def compute(
    *, on: date, scenario: Sequence[str] = (), near: Plan | None = None, loss: int = 0,
    progress: Progress = lambda step, share: None,
) -> Computed:  # fmt: skip
    """The best plan for a day. `scenario` names offers (by key) that enter although they are not in writing.

    With a plan that it stays `near`, the one that tells the fewest something else, among those worth at most `loss` hundredths of a
    percent less than the best; and how many that would be at each of `LOSSES`.
    """
    began = time.monotonic()
    progress("reading", 0.0)
    people = list(residents(on=on))
    choices = standing_choices(on=on)
    entered, offer_cases = _offers(on, frozenset(scenario))
    marked = {pair: mark.kind for pair, mark in marks().items()}
    progress("building", 0.15)
    cases = build(people, choices, offer_cases, marked, on=on)
    problem = problem_of(cases, entered)
    progress("solving", 0.3)
    best = plan = placement.solve(problem, limit=placement.Limit(SEARCH, time.monotonic))
    curve: list[tuple[int, int]] = []
    if near is not None and plan.assign is not None:
        plan, curve = _close_to(near, problem, best, cases, entered, loss)
    progress("checking", 0.5)
    faults = placement.check(problem, plan.to_mapping())
    more, limit = [], placement.Limit(SEARCH, time.monotonic)
    for n, each in enumerate(placement.more_places(problem, best, extra=MORE, limit=limit), 1):  # a loss that was chosen is no gain
        more.append(each)
        progress("pricing", 0.5 + 0.3 * min(1.0, n / max(1, (len(MORE) + 1) * problem.routes)))
    planned = {each.offer.pk for each in entered if not each.offer.minimum_fill}
    asked = [case for case in offer_cases if case.id in planned]
    lifted = []
    asking = dropped(
        cases, choices, asked, marked, problem, best, lambda some: problem_of(some, entered), worth=FIRST_CHOICE, limit=limit
    )
    for one in asking:
        lifted.append(one)
        progress("asking", 0.95 - 0.15 / len(lifted))
    progress("explaining", 0.97)
    reasons = placement.Reasons(problem, plan)
    envy = 0 if plan.assign is None else placement.justified_envy(problem, plan.assign).units
    return Computed(
        on, bool(scenario), people, cases, entered, problem, plan, faults, more, reasons, envy, lifted, here_since(),
        time.monotonic() - began,
        near.pk if near is not None and curve else None, loss if curve else 0, curve,
    )  # fmt: skip


def _close_to(
    near: Plan, problem: placement.Problem, best: placement.Plan, cases: Cases, entered: Sequence[Entered], loss: int
) -> tuple[placement.Plan, list[tuple[int, int]]]:
    """The plan that changes least for this loss, and (loss, people told something else) for every loss there is."""
    number = {each.offer.pk: n for n, each in enumerate(entered)}
    told = dict(near.assignments.exclude(offer=None).values_list("person", "offer"))
    before = np.full(problem.units, -1, dtype=np.int64)
    for at, unit in enumerate(unit for unit in cases.units if unit.options):
        offers = {told.get(member.id) for member in unit.members}
        if len(offers) == 1:
            before[at] = number.get(next(iter(offers)), -1)
    worth = best.stages[-1].value if best.stages else best.value or 0
    found = placement.repair(
        problem, before, losses=[max(0, worth) * each // 10_000 for each in LOSSES], limit=placement.Limit(PATIENCE, time.monotonic)
    )
    curve, chosen = [], best
    for each, repaired in zip(LOSSES, found, strict=True):
        curve.append((each, int(problem.size[repaired.changed].sum())))
        if each == loss:
            chosen = repaired.plan
    return chosen, curve


def offer_case(offer: Offer, on: date, scenario: Collection[str] = ()) -> tuple[str, OfferCase]:
    """How an offer stands on a day, and as eligibility sees it."""
    standing = status_on(offer.statuses.all(), on)
    status = standing.status if standing else ""
    verdict = may_be_planned(
        status=status,
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        on=on,
        scenario=offer.key in scenario,
        minimum_fill=offer.minimum_fill,
    )
    refused = "" if verdict.allowed else verdict.code
    return status, OfferCase(offer.pk, offer.kind, offer.destination, offer.criteria, refused)


def _offers(on: date, scenario: frozenset[str]) -> tuple[list[Entered], list[OfferCase]]:
    """The offers that enter (numbered in this order), and all offers as eligibility sees them."""
    entered, cases = [], []
    for offer in Offer.objects.prefetch_related("statuses").order_by("key"):
        status, case = offer_case(offer, on, scenario)
        cases.append(case)
        if not case.refused:
            left = None if offer.quota is None else max(offer.quota - offer.used, 0)
            reserved = min(offer.reserved_for_links, left) if left is not None else 0
            minimum = offer.minimum_fill
            if left is not None and left < minimum:
                left, reserved, minimum = 0, 0, 0  # a block that can no longer be filled takes nobody
            entered.append(Entered(offer, status, left, offer.medical_quota, reserved, minimum))
    return entered, cases


def problem_of(cases: Cases, entered: Sequence[Entered], name: str = "plan") -> placement.Problem:
    """The engine's problem: the units that have options, in order; an offer without limit has room for everybody."""
    number: Mapping[UUID, int] = {each.offer.pk: n for n, each in enumerate(entered)}
    units = [unit for unit in cases.units if unit.options]
    everybody = sum(len(unit.members) for unit in units)
    indptr, columns = [0], {"route": [], "value": [], "link": [], "rank": []}
    for unit in units:
        for option in sorted(unit.options, key=lambda each: number[each.offer]):
            columns["route"].append(number[option.offer])
            columns["value"].append(option.value)
            columns["link"].append(int(option.link))
            columns["rank"].append(option.rank)
        indptr.append(len(columns["route"]))
    levels = [max(LEVELS[m.urgency] for m in unit.members) for unit in units]
    data: dict[str, Any] = {
        "format": placement.FORMAT, "name": name, "meta": {},
        "size": [len(unit.members) for unit in units],
        "medical": [sum(m.medical for m in unit.members) for unit in units],
        "group": [-1] * len(units),
        "quota": [max(everybody, e.minimum) if e.places is None else e.places for e in entered],
        "med_quota": [int(placement.NO_LIMIT) if e.medical is None else e.medical for e in entered],
        "reserved": [e.reserved for e in entered],
        "min_fill": [e.minimum for e in entered],
        "indptr": indptr, **columns, "ties": [], "floors": {},
    }  # fmt: skip
    if len(set(levels)) > 1:
        data["level"] = levels
    return placement.Problem.from_mapping(data)


def packed(mapping: Mapping[str, Any]) -> bytes:
    """Gzipped JSON, the same bytes for the same content."""
    return gzip.compress(json.dumps(mapping, separators=(",", ":")).encode(), mtime=0)


def unpacked(data: bytes) -> dict[str, Any]:
    """What `packed` packed."""
    found: dict[str, Any] = json.loads(gzip.decompress(bytes(data)))
    return found
