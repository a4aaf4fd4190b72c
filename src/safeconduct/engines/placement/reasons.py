"""Why this route, why not the others, why none: a code and its numbers, from the plan and its prices.

Codes, in the order in which they are tried for an option that was not given:

- `better_choice_given`: the unit goes where it is worth at least as much;
- `family_larger_than_offer`: the unit exceeds the whole offer, or all that is open to it;
- `minimum_fill_not_reached`: nobody goes there (no count of who would have: that is private while choices are open);
- `lower_urgency_waits`: more urgent units hold places that no regrouping of the others could free;
- `medical_full`, `quota_full`, `family_larger_than_places_left`, `reserved_for_links`: that limit is used up;
- `worth_nothing_here`: going there is worth no more than staying;
- `needed_for_minimum_fill`, `keeps_tie`: leaving would undo a block move, or part units that asked to be together;
- `not_found_in_time`: it would fit; the search ended before its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .own_level import charge, net_in_own_level, prices_by_level
from .plan import Plan
from .prices import Prices
from .problem import NO_LIMIT, SCALE, Ints, Problem

# No more worth would help: the unit has something better, is too large, more urgent units come first, or a block takes nobody.
NOTHING_LACKED = frozenset({"better_choice_given", "family_larger_than_offer", "lower_urgency_waits", "minimum_fill_not_reached"})


@dataclass(frozen=True)
class OptionReason:
    """Why a unit got one of its options (`code` "given") or not; `numbers` are persons, cases or milli-points.

    `lacks` estimates, in milli-points, how much more the whole unit's option would have had to be worth: say "at
    least about"; among units of the same level, where there are levels. None where more urgent units decide, where no
    worth would help, and where the option was given.

    Shapes: single numbers. Units: persons, medical cases, milli-points.
    Source: reduced costs at the plan's prices.
    """

    option: int
    route: int
    code: str
    numbers: Mapping[str, int]
    lacks: int | None = None


@dataclass(frozen=True)
class Change:
    """The nearest change that could alter an answer: at least `count` more of `kind` on `route`.

    `kind` is places, medical_places, open_places (persons without a link), or minimum_fill (then no count).
    In persons or medical cases.

    Shapes: single numbers. Units: persons or medical cases.
    Source: the loads and prices of the plan.
    """

    kind: str
    route: int
    count: int | None


@dataclass(frozen=True)
class UnitReasons:
    """All about one unit: its `route` or -1, `given`, the other options best first, and for an unplaced unit
    `why_none` (a code) with the `nearest` change.

    Numbers as in `OptionReason`.

    Shapes: one entry an option of the unit. Units: as in `OptionReason`.
    Source: the plan and its prices.
    """

    unit: int
    route: int
    given: OptionReason | None
    others: tuple[OptionReason, ...]
    why_none: str | None = None
    nearest: Change | None = None


@dataclass(frozen=True, eq=False)
class Reasons:
    """Reasons for a whole plan, one unit at a time: `Reasons(problem, plan).of(unit)`.

    The plan must have an assignment, (U,); loads are kept per route, (R,), in persons and medical cases.

    Shapes: `assign` (U,), `load` (3, R), `net` (P,). Units: persons, medical cases; 1/1024 milli-points for `net`.
    Source: the plan and its prices.
    """

    problem: Problem
    plan: Plan

    @cached_property
    def assign(self) -> Ints:
        """Each unit's route or -1, (U,)."""
        if self.plan.assign is None:
            raise ValueError("an infeasible plan has no reasons, only its relaxation")
        return self.plan.assign

    @cached_property
    def load(self) -> Ints:
        """Persons, medical cases and persons without a link on each route, (3, R)."""
        problem, chosen = self.problem, self.problem.chosen(self.assign)
        weights = (problem.persons, problem.medical_cases, problem.persons * (1 - problem.link))
        route, routes = problem.route[chosen], problem.routes
        return np.array([np.bincount(route, each[chosen], minlength=routes) for each in weights]).astype(np.int64)

    @cached_property
    def net(self) -> Ints | None:
        """What each option is worth less the price of its places, (P,), in 1/1024 milli-points; with levels, among units of the
        same level."""
        problem = self.problem
        if problem.level is not None:
            return net_in_own_level(problem, prices_by_level(problem, self.assign))
        prices = prices_of(self.problem, self.plan)
        if prices is None:
            return None
        net = SCALE * problem.value - charge(problem, prices)
        group = problem.group[problem.unit]
        for each, price in prices.floors.items():
            net += np.where(group == each, problem.persons * price, 0)
        return net

    def of(self, unit: int) -> UnitReasons:
        """The reasons of one unit (0 … U-1), its other options by value, the best first."""
        problem, route = self.problem, int(self.assign[unit])
        options = range(int(problem.indptr[unit]), int(problem.indptr[unit + 1]))
        given = next((at for at in options if problem.route[at] == route), None)
        others = sorted((at for at in options if at != given), key=lambda at: -int(problem.value[at]))
        reasons = tuple(self._not_given(unit, at, given) for at in others)
        if given is None:
            why = reasons[0].code if reasons else "no_option"
            return UnitReasons(unit, -1, None, reasons, why, self._nearest(unit, reasons))
        numbers = {"value": int(problem.value[given]), "rank": int(problem.rank[given])}
        return UnitReasons(unit, route, OptionReason(given, route, "given", numbers), reasons)

    def _not_given(self, unit: int, at: int, given: int | None) -> OptionReason:
        problem, route = self.problem, int(self.problem.route[at])
        code, numbers = self._better(at, given) or self._limits(unit, at) or self._no_limit(unit, at, given)
        lacks = None
        if self.net is not None and code not in NOTHING_LACKED:
            had = 0 if given is None else int(self.net[given])
            lacks = max(0, -((int(self.net[at]) - had) // SCALE))
        return OptionReason(at, route, code, {"size": int(problem.size[unit])} | numbers, lacks)

    def _better(self, at: int, given: int | None) -> tuple[str, dict[str, int]] | None:
        problem = self.problem
        if given is None or problem.value[at] > problem.value[given]:
            return None
        numbers = {"value": int(problem.value[at]), "value_given": int(problem.value[given])}
        numbers |= {"rank": int(problem.rank[at]), "rank_given": int(problem.rank[given])}
        return "better_choice_given", numbers

    def _limits(self, unit: int, at: int) -> tuple[str, dict[str, int]] | None:
        """The first limit of the route that stands in the way."""
        problem, r = self.problem, int(self.problem.route[at])
        size, cases = int(problem.size[unit]), int(problem.medical[unit])
        quota, medical = int(problem.quota[r]), int(problem.med_quota[r])
        taken, treated, unlinked = (int(each) for each in self.load[:, r])
        links_only = not problem.link[at] and quota != NO_LIMIT
        open_places = quota - int(problem.reserved[r]) if links_only else quota
        if size > open_places or cases > medical:
            numbers = {"quota": quota, "open_places": open_places, "medical": cases, "medical_places": medical}
            return "family_larger_than_offer", numbers
        if not taken and size < problem.min_fill[r]:
            return "minimum_fill_not_reached", {"minimum_fill": int(problem.min_fill[r])}
        missing = size - (quota - taken)
        if missing > 0 and self._held_by_more_urgent(unit, r) > quota - size:
            return "lower_urgency_waits", {"quota": quota, "more_urgent": self._held_by_more_urgent(unit, r)}
        if treated + cases > medical:
            return "medical_full", {"medical": cases, "medical_places": medical, "taken": treated}
        if missing > 0:
            code = "quota_full" if taken == quota else "family_larger_than_places_left"
            return code, {"quota": quota, "taken": taken, "left": quota - taken, "missing": missing}
        if links_only and unlinked + size > open_places:
            return "reserved_for_links", {"open_places": open_places, "taken": unlinked, "quota": quota}
        return None

    def _held_by_more_urgent(self, unit: int, route: int) -> int:
        level = self.problem.level
        if level is None:
            return 0
        return int(self.problem.size[(self.assign == route) & (level > level[unit])].sum())

    def _no_limit(self, unit: int, at: int, given: int | None) -> tuple[str, dict[str, int]]:
        """It would fit: staying is worth as much, or leaving would undo something for others."""
        problem, value = self.problem, int(self.problem.value[at])
        there = self._bonus(unit, int(problem.route[at]))
        if given is None:
            code = "worth_nothing_here" if value + there <= 0 else "not_found_in_time"
            return code, {"value": value}
        now = int(problem.route[given])
        left = int(self.load[0, now]) - int(problem.size[unit])
        if 0 < left < problem.min_fill[now]:
            return "needed_for_minimum_fill", {"minimum_fill": int(problem.min_fill[now])}
        bonus = self._bonus(unit, now)
        if value + there <= int(problem.value[given]) + bonus:
            return "keeps_tie", {"bonus": bonus - there, "gain": value - int(problem.value[given])}
        return "not_found_in_time", {"value": value}

    def _bonus(self, unit: int, route: int) -> int:
        """Tie bonuses that the unit would earn on a route, with everybody else where he is."""
        total = 0
        for one, other, bonus in self.problem.ties[(self.problem.ties[:, :2] == unit).any(axis=1)].tolist():
            partner = other if one == unit else one
            total += bonus if self.assign[partner] == route else 0
        return total

    def _nearest(self, unit: int, reasons: tuple[OptionReason, ...]) -> Change | None:
        """Of all changes to a route's limits, the one for which the unit lacks least, then the smallest."""
        changes = []
        for reason in reasons:
            change = self._change(unit, reason)
            if change is not None:
                count = NO_LIMIT if change.count is None else change.count
                changes.append(((reason.lacks or 0, count, change.route), change))
        return min(changes, key=lambda each: each[0])[1] if changes else None

    def _change(self, unit: int, reason: OptionReason) -> Change | None:
        problem, r = self.problem, reason.route
        size, cases = int(problem.size[unit]), int(problem.medical[unit])
        taken, treated, unlinked = (int(each) for each in self.load[:, r])
        if reason.code == "minimum_fill_not_reached":
            return Change("minimum_fill", r, None)
        places = size - (int(problem.quota[r]) - taken)
        if not problem.link[reason.option]:
            opened = size - (int(problem.quota[r]) - int(problem.reserved[r]) - unlinked)
            if opened > max(0, places):
                return Change("open_places", r, opened)
        if places > 0:
            return Change("places", r, places)
        medical = cases - (int(problem.med_quota[r]) - treated)
        return Change("medical_places", r, medical) if cases and medical > 0 else None


def prices_of(problem: Problem, plan: Plan) -> Prices | None:
    """The prices that go with a plan: those of the branch that agrees with the block routes it opens.

    Arrays as in `Prices`, 1/1024 milli-points. None where the plan has no certificate. Source: the plan's certificate.
    """
    if plan.certificate is None or plan.assign is None:
        return None
    used = set(plan.assign.tolist())
    for branch in plan.certificate.branches:
        if used.issuperset(branch.open) and used.isdisjoint(branch.closed):
            return branch.prices
    return plan.certificate.prices
