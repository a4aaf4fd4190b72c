"""The independent check: a plan against its problem, in Python's and 64-bit integers, trusting no solver.

Shares no code with the search or the prices; it reads only the problem's arrays and the plan's own object.
Source: the format `safeconduct-plan-1`; weak duality as in Geoffrion (1974).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .problem import NO_LIMIT, Problem

MOST_COVER_STEPS = 200_000
STATUSES = ("optimal", "feasible", "infeasible")
PRICE_KEYS = ("quota", "med_quota", "reserved", "floors", "tie_split")

SAYS: dict[str, str] = {
    "wrong_format": "The plan's format is {has}, not {needs}.",
    "wrong_problem": "The plan belongs to the problem {has}, not {needs}.",
    "wrong_status": "The status {has} does not exist or does not fit the rest of the plan.",
    "wrong_shape": "{where} must be {needs}.",
    "no_such_option": "Unit {where} goes to route {has}, which is no option of its own.",
    "quota": "Route {where} takes {has} persons; its quota is {needs}.",
    "medical": "Route {where} takes {has} medical cases; it has places for {needs}.",
    "reserved": "Route {where} takes {has} persons without a family link; {needs} places are open to them.",
    "minimum_fill": "Route {where} takes {has} persons; it needs nobody or at least {needs}.",
    "floor": "Group {where} has {has} persons placed; its floor is {needs}.",
    "wrong_value": "The plan says {has}; its placements are worth {needs}.",
    "wrong_stage_value": "Stage {where} says {has}; its units are worth {needs}.",
    "stages_missing": "The problem has urgency levels, and the plan's stages do not match them.",
    "bound_below_value": "The bound {has} is below the value {needs}.",
    "not_proven": "The status is optimal, but the bound {has} is above the value {needs}.",
    "wrong_bound": "The bound is given as {has}; the prices prove {needs}.",
    "negative_price": "The price {where} is {has}; a price is never negative here.",
    "tie_split_out_of_range": "The split of tie {where} is {has}; it lies from 0 to {needs}.",
    "price_without_limit": "The price {where} is {has}, on a route without that limit.",
    "branches_incomplete": "The branches leave a choice of open and closed routes uncovered.",
    "branch_of_no_block": "A branch decides route {has}, which has no minimum fill.",
    "floors_met": "The plan says infeasible, but names no group that falls short.",
    "relaxation_too_large": "Group {where} cannot be {has} persons short; its floor is {needs}.",
}


@dataclass(frozen=True)
class PlanFault:
    """One reason not to believe a plan: `code`, `where` in the plan, what it `has` and what it `needs`.

    Shapes: single values. Units: persons, medical cases or milli-points, as the code says.
    Source: `safeconduct-plan-1`.
    """

    code: str
    where: str = ""
    has: Any = ""
    needs: Any = ""

    @property
    def says(self) -> str:
        """The fault in one sentence."""
        return SAYS[self.code].format(where=self.where, has=self.has, needs=self.needs)


def check(problem: Problem, plan: Mapping[str, Any]) -> list[PlanFault]:
    """Every fault of a plan: each hard rule, the exact value, and the bound recomputed from its prices.

    `plan` is the format's object (as read from JSON); an empty list means that it holds. Infeasibility itself and
    a bound that a solver claims cannot be recomputed; what stands beside them is.

    Shapes: lists as the format has them, (U,), (R,), (T,). Units: persons, milli-points; prices 1/scale milli-points.
    Source: the formats `safeconduct-placement-1` and `safeconduct-plan-1`.
    """
    faults = list(_header(problem, plan))
    if faults:
        return faults
    if plan["status"] == "infeasible":
        return list(_infeasible(problem, plan))
    assign: Any = plan.get("assign")
    if not _ints(assign, problem.units):
        return [PlanFault("wrong_shape", "assign", "", f"{problem.units} whole numbers")]
    options, faults = _options(problem, assign)
    if faults:
        return faults
    faults = [*_rules(problem, options), *_values(problem, plan, options)]
    return faults + list(_bound(problem, plan))


def _header(problem: Problem, plan: Mapping[str, Any]) -> Iterator[PlanFault]:
    if not isinstance(plan, Mapping):
        yield PlanFault("wrong_shape", "the plan", "", "an object")
    elif plan.get("format") != "safeconduct-plan-1":
        yield PlanFault("wrong_format", "format", plan.get("format"), "safeconduct-plan-1")
    elif plan.get("problem") != problem.name:
        yield PlanFault("wrong_problem", "problem", plan.get("problem"), problem.name)
    elif plan.get("status") not in STATUSES:
        yield PlanFault("wrong_status", "status", plan.get("status"))


def _infeasible(problem: Problem, plan: Mapping[str, Any]) -> Iterator[PlanFault]:
    short = plan.get("relaxation")
    if plan.get("assign") is not None or plan.get("value") is not None:
        yield PlanFault("wrong_status", "status", "infeasible")
    elif not isinstance(short, Mapping) or not short or not all(_int(each) and each > 0 for each in short.values()):
        yield PlanFault("floors_met", "relaxation")
    else:
        floors = {str(group): least for group, least in problem.floors.items()}
        for group, by in short.items():
            if by > floors.get(group, 0):
                yield PlanFault("relaxation_too_large", group, by, floors.get(group, 0))


def _options(problem: Problem, assign: list[int]) -> tuple[list[int], list[PlanFault]]:
    """The option that each placed unit uses; a fault where it has no such option."""
    options, faults = [], []
    indptr, routes = problem.indptr.tolist(), problem.route.tolist()
    for unit, route in enumerate(assign):
        if route == -1:
            continue
        mine = [at for at in range(indptr[unit], indptr[unit + 1]) if routes[at] == route]
        if mine:
            options.append(mine[0])
        else:
            faults.append(PlanFault("no_such_option", str(unit), route))
    return options, faults


def _rules(problem: Problem, options: list[int]) -> Iterator[PlanFault]:
    routes = problem.routes
    persons, medical, unlinked = [0] * routes, [0] * routes, [0] * routes
    groups = dict.fromkeys(problem.floors, 0)
    for at in options:
        unit, route = int(problem.unit[at]), int(problem.route[at])
        size = int(problem.size[unit])
        persons[route] += size
        medical[route] += int(problem.medical[unit])
        unlinked[route] += 0 if problem.link[at] else size
        if int(problem.group[unit]) in groups:
            groups[int(problem.group[unit])] += size
    for r in range(routes):
        quota, least = int(problem.quota[r]), int(problem.min_fill[r])
        open_places = quota - int(problem.reserved[r])
        if persons[r] > quota and quota != NO_LIMIT:
            yield PlanFault("quota", str(r), persons[r], quota)
        if medical[r] > problem.med_quota[r] != NO_LIMIT:
            yield PlanFault("medical", str(r), medical[r], int(problem.med_quota[r]))
        if unlinked[r] > open_places and quota != NO_LIMIT:
            yield PlanFault("reserved", str(r), unlinked[r], open_places)
        if 0 < persons[r] < least:
            yield PlanFault("minimum_fill", str(r), persons[r], least)
    for group, least in problem.floors.items():
        if groups[group] < least:
            yield PlanFault("floor", str(group), groups[group], least)


def _values(problem: Problem, plan: Mapping[str, Any], options: list[int]) -> Iterator[PlanFault]:
    """The exact value in all and of each stage; a tie's bonus counts in the lower level of its two units."""
    level = [0] * problem.units if problem.level is None else problem.level.tolist()
    worth = dict.fromkeys(level, 0)
    goes = {}
    for at in options:
        unit = int(problem.unit[at])
        goes[unit] = int(problem.route[at])
        worth[level[unit]] += int(problem.value[at])
    for one, other, bonus in problem.ties.tolist():
        if one in goes and goes[one] == goes.get(other):
            worth[min(level[one], level[other])] += bonus
    value = sum(worth.values())
    if not _int(plan.get("value")) or plan["value"] != value:
        yield PlanFault("wrong_value", "value", plan.get("value"), value)
    if problem.level is not None:
        yield from _stages(plan, sorted(worth.items(), reverse=True))


def _stages(plan: Mapping[str, Any], worth: list[tuple[int, int]]) -> Iterator[PlanFault]:
    given = plan.get("stages") or []
    well_formed = isinstance(given, list) and all(
        isinstance(each, Mapping) and all(_int(each.get(key)) for key in ("level", "value", "bound")) for each in given
    )
    if not well_formed or [each["level"] for each in given] != [level for level, _ in worth]:
        if worth:
            yield PlanFault("stages_missing", "stages")
        return
    for each, (level, value) in zip(given, worth, strict=True):
        if each["value"] != value:
            yield PlanFault("wrong_stage_value", str(level), each["value"], value)
        if each["bound"] < value:
            yield PlanFault("bound_below_value", f"stage {level}", each["bound"], value)
        if plan["status"] == "optimal" and each["bound"] != value:
            yield PlanFault("not_proven", f"stage {level}", each["bound"], value)


def _bound(problem: Problem, plan: Mapping[str, Any]) -> Iterator[PlanFault]:
    bound: Any = plan.get("bound")
    certificate: Any = plan.get("certificate")
    if not _int(bound) or plan.get("bound_by") not in ("prices", "solver"):
        yield PlanFault("wrong_shape", "bound", bound, "a whole number, vouched for by prices or solver")
        return
    if _int(plan.get("value")) and bound < plan["value"]:
        yield PlanFault("bound_below_value", "bound", bound, plan["value"])
    if plan["status"] == "optimal" and problem.level is None and bound != plan.get("value"):
        yield PlanFault("not_proven", "bound", bound, plan.get("value"))
    faults = list(_prices(problem, certificate))
    if faults:
        yield from faults
        return
    proven = recompute(problem, certificate)
    if certificate.get("bound") != proven:
        yield PlanFault("wrong_bound", "certificate.bound", certificate.get("bound"), proven)
    if (plan["bound_by"] == "prices" and bound != proven) or bound > proven:
        yield PlanFault("wrong_bound", "bound", bound, proven)


def _prices(problem: Problem, certificate: Any) -> Iterator[PlanFault]:
    """Faults of the prices themselves, at the top and in each branch."""
    if not isinstance(certificate, Mapping) or not _int(certificate.get("scale")) or certificate["scale"] < 1:
        yield PlanFault("wrong_shape", "certificate", "", "an object with a scale of at least 1")
        return
    branches = certificate.get("branches", [])
    if not isinstance(branches, list) or not all(isinstance(each, Mapping) for each in branches):
        yield PlanFault("wrong_shape", "certificate.branches", "", "a list of objects")
        return
    yield from _price_faults(problem, certificate, "certificate", [])
    chosen = []
    for at, branch in enumerate(branches):
        opened, closed = branch.get("open", []), branch.get("closed", [])
        where = f"certificate.branches[{at}]"
        if not (_ints(opened) and _ints(closed)) or set(opened) & set(closed):
            yield PlanFault("wrong_shape", where, "", "two lists of different routes, open and closed")
            return
        for r in [*opened, *closed]:
            if not 0 <= r < problem.routes or problem.min_fill[r] == 0:
                yield PlanFault("branch_of_no_block", where, r)
                return
        chosen.append((frozenset(opened), frozenset(closed)))
        yield from _price_faults(problem, {**certificate, **branch}, where, opened)
    if chosen and not _covers(chosen):
        yield PlanFault("branches_incomplete", "certificate.branches")


def _price_faults(problem: Problem, prices: Mapping[str, Any], where: str, opened: list[int]) -> Iterator[PlanFault]:
    groups = {str(group) for group in problem.floors}
    sizes = {"quota": problem.routes, "med_quota": problem.routes, "reserved": problem.routes}
    sizes["tie_split"] = len(problem.ties)
    for key, length in sizes.items():
        if not _ints(prices.get(key), length):
            yield PlanFault("wrong_shape", f"{where}.{key}", "", f"{length} whole numbers")
            return
    floors = prices.get("floors")
    if not isinstance(floors, Mapping) or set(floors) != groups or not all(map(_int, floors.values())):
        yield PlanFault("wrong_shape", f"{where}.floors", "", "one whole number for each group with a floor")
        return
    for key in ("quota", "med_quota", "reserved"):
        for r, price in enumerate(prices[key]):
            if price < 0 and not (key == "quota" and r in opened):
                yield PlanFault("negative_price", f"{where}.{key}[{r}]", price)
    for r, price in enumerate(prices["med_quota"]):
        if price and problem.med_quota[r] == NO_LIMIT:
            yield PlanFault("price_without_limit", f"{where}.med_quota[{r}]", price)
    for group, price in floors.items():
        if price < 0:
            yield PlanFault("negative_price", f"{where}.floors[{group}]", price)
    for at, split in enumerate(prices["tie_split"]):
        if not 0 <= split <= prices["scale"]:
            yield PlanFault("tie_split_out_of_range", f"{where}.tie_split[{at}]", split, prices["scale"])


def _covers(branches: list[tuple[frozenset[int], frozenset[int]]]) -> bool:
    """Whether every choice of open and closed routes agrees with some branch."""
    todo, steps = [branches], 0
    while todo:
        left = todo.pop()
        steps += len(left) + 1
        if steps > MOST_COVER_STEPS or not left:
            return False
        undecided = [opened | closed for opened, closed in left]
        if not all(undecided):
            continue
        # every branch still decides something: split on the route that most of them decide
        counts: dict[int, int] = {}
        for routes in undecided:
            for r in routes:
                counts[r] = counts.get(r, 0) + 1
        r = max(counts, key=lambda route: counts[route])
        todo.append([(opened - {r}, closed) for opened, closed in left if r not in closed])
        todo.append([(opened, closed - {r}) for opened, closed in left if r not in opened])
    return True


def recompute(problem: Problem, certificate: Mapping[str, Any]) -> int:
    """The bound that a well-formed certificate proves, in milli-points, by the format's formula.

    `certificate` is the format's object: prices in 1/scale milli-points, lists of length R and T.
    Source: the format `safeconduct-placement-1`, "The bound, exactly".
    """
    branches = certificate.get("branches") or [{}]
    return max(_branch_bound(problem, {**certificate, **branch}) for branch in branches)


def _branch_bound(problem: Problem, prices: Mapping[str, Any]) -> int:
    scale, closed = prices["scale"], set(prices.get("closed", []))
    q, m, rho = prices["quota"], prices["med_quota"], prices["reserved"]
    floors = {int(group): price for group, price in prices["floors"].items()}
    extra = _tie_shares(problem, prices["tie_split"], scale)
    total = 0
    indptr, routes, values = problem.indptr.tolist(), problem.route.tolist(), problem.value.tolist()
    link, size, medical = problem.link.tolist(), problem.size.tolist(), problem.medical.tolist()
    group = problem.group.tolist()
    for unit in range(problem.units):
        best, s, cases = 0, size[unit], medical[unit]
        subsidy = s * floors.get(group[unit], 0)
        for at in range(indptr[unit], indptr[unit + 1]):
            r = routes[at]
            if r in closed:
                continue
            net = scale * values[at] + extra.get(at, 0) + subsidy - s * q[r] - cases * m[r]
            if not link[at]:
                net -= s * rho[r]
            best = max(best, net)
        total += best
    for r in range(problem.routes):
        if r not in closed:
            quota = int(problem.quota[r])
            # only an open route may have a negative price: it then has to take its minimum fill
            total += q[r] * (int(problem.min_fill[r]) if q[r] < 0 else quota)
            total += m[r] * int(problem.med_quota[r]) + rho[r] * (quota - int(problem.reserved[r]))
    total -= sum(floors[g] * least for g, least in problem.floors.items())
    return int(total // scale)


def _tie_shares(problem: Problem, split: list[int], scale: int) -> dict[int, int]:
    """What each option gains from its ties, in 1/scale milli-points."""
    extra: dict[int, int] = {}
    indptr, routes = problem.indptr.tolist(), problem.route.tolist()
    for (one, other, bonus), t in zip(problem.ties.tolist(), split, strict=True):
        mine = {routes[at]: at for at in range(indptr[one], indptr[one + 1])}
        for at in range(indptr[other], indptr[other + 1]):
            if routes[at] in mine:
                extra[mine[routes[at]]] = extra.get(mine[routes[at]], 0) + bonus * t
                extra[at] = extra.get(at, 0) + bonus * (scale - t)
    return extra


def _int(value: object) -> bool:
    return type(value) is int


def _ints(values: object, length: int | None = None) -> bool:
    if isinstance(values, np.ndarray):
        return False
    return isinstance(values, list) and all(map(_int, values)) and length in (None, len(values))
