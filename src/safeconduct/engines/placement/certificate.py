"""The independent check: a plan against its problem, in whole numbers, trusting no solver.

Shares no code with the search or the prices; it reads only the problem's arrays and the plan's own object.
Source: the format `safeconduct-plan-1`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .claims import PlanFault, all_whole, whole
from .problem import NO_LIMIT, Problem
from .proof import price_faults, recompute

STATUSES = ("optimal", "feasible", "infeasible")


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
    if not all_whole(assign, problem.units):
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
    elif not isinstance(short, Mapping) or not short or not all(whole(each) and each > 0 for each in short.values()):
        yield PlanFault("floors_met", "relaxation")
    else:
        floors = {str(group): least for group, least in problem.floors.items()}
        for group, by in short.items():
            if by > floors.get(group, 0):
                yield PlanFault("relaxation_too_large", group, by, floors.get(group, 0))


def _options(problem: Problem, assign: list[int]) -> tuple[list[tuple[int, int]], list[PlanFault]]:
    """Each placed unit with the option that it uses; a fault where it has no such option."""
    options: list[tuple[int, int]] = []
    faults = []
    indptr = problem.indptr.tolist()
    for unit, route in enumerate(assign):
        if route == -1:
            continue
        mine = problem.route[indptr[unit] : indptr[unit + 1]].tolist()
        if route in mine:
            options.append((unit, indptr[unit] + mine.index(route)))
        else:
            faults.append(PlanFault("no_such_option", str(unit), route))
    return options, faults


def _rules(problem: Problem, options: list[tuple[int, int]]) -> Iterator[PlanFault]:
    routes = problem.routes
    persons, medical, unlinked = [0] * routes, [0] * routes, [0] * routes
    groups = dict.fromkeys(problem.floors, 0)
    for unit, at in options:
        route = int(problem.route[at])
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


def _values(problem: Problem, plan: Mapping[str, Any], options: list[tuple[int, int]]) -> Iterator[PlanFault]:
    """The exact value in all and of each stage; a tie's bonus counts in the lower level of its two units."""
    level = [0] * problem.units if problem.level is None else problem.level.tolist()
    worth = dict.fromkeys(level, 0)
    goes = {}
    for unit, at in options:
        goes[unit] = int(problem.route[at])
        worth[level[unit]] += int(problem.value[at])
    for one, other, bonus in problem.ties.tolist():
        if one in goes and goes[one] == goes.get(other):
            worth[min(level[one], level[other])] += bonus
    value = sum(worth.values())
    if not whole(plan.get("value")) or plan["value"] != value:
        yield PlanFault("wrong_value", "value", plan.get("value"), value)
    if problem.level is not None:
        yield from _stages(plan, sorted(worth.items(), reverse=True))


def _stages(plan: Mapping[str, Any], worth: list[tuple[int, int]]) -> Iterator[PlanFault]:
    given = plan.get("stages") or []
    well_formed = isinstance(given, list) and all(
        isinstance(each, Mapping) and all(whole(each.get(key)) for key in ("level", "value", "bound")) for each in given
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
    if not whole(bound) or plan.get("bound_by") not in ("prices", "solver"):
        yield PlanFault("wrong_shape", "bound", bound, "a whole number, vouched for by prices or solver")
        return
    if whole(plan.get("value")) and bound < plan["value"]:
        yield PlanFault("bound_below_value", "bound", bound, plan["value"])
    if plan["status"] == "optimal" and problem.level is None and bound != plan.get("value"):
        yield PlanFault("not_proven", "bound", bound, plan.get("value"))
    faults = list(price_faults(problem, certificate))
    if faults:
        yield from faults
        return
    proven = recompute(problem, certificate)
    if certificate.get("bound") != proven:
        yield PlanFault("wrong_bound", "certificate.bound", certificate.get("bound"), proven)
    if (plan["bound_by"] == "prices" and bound != proven) or bound > proven:
        yield PlanFault("wrong_bound", "bound", bound, proven)
