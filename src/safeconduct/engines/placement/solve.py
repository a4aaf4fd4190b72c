"""From a problem to the best plan: prices first, then an exact search among the options that can matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .floors import Shortfall, smallest_shortfall
from .highs import Limit
from .model import Pairs, Stage, build, find_pairs, stages
from .plan import Plan, StageResult
from .prices import Certificate, certify, from_relaxation
from .problem import SCALE, Ints, Problem
from .relaxation import Relaxation, reach
from .search import Found, NoPlan, best

if TYPE_CHECKING:
    from .large import Priced

FEW = 20_000  # options up to which the linear relaxation itself is quicker
KNOTTED = 4_000  # tied pairs of options from which an exact search needs a good plan to start from


@dataclass(frozen=True)
class _Searched:
    found: list[Found]
    certificate: Certificate | None


def solve(problem: Problem, *, limit: Limit | None = None, start: Ints | None = None) -> Plan:
    """The best plan, proven, or with a `limit` the best one found in time with an honest bound; the same for problems of more than
    FEW options, where a proof is tried only while few options are left that a better plan could use.

    Maximises value plus tie bonuses (milli-points) under every rule of the format; urgency levels in stages,
    each keeping the value of those above. `start` (U,) is a known assignment to improve on. Floors that cannot be
    met give status infeasible with the smallest relaxation. Every plan is checked in integers before it is returned.

    Shapes: `start` (U,), routes or -1. Units: milli-points; seconds for `limit`.
    Source: the format `safeconduct-placement-1`; Nemhauser and Wolsey (1988) for reduced-cost fixing.
    """
    if problem.options > FEW:
        plan = _large(problem, limit)
        if plan is not None:
            return plan if start is None else _no_worse(problem, plan, start)
    pairs = find_pairs(problem)
    known = None if start is None else problem.chosen(start)
    if known is None and len(pairs.tie) > KNOTTED and problem.options <= FEW:
        known = _by_prices(problem, limit)
    spare = None if problem.floors else np.zeros(0, dtype=np.int64)
    if (
        problem.floors and known is None and (limit is not None or problem.options > FEW)
    ):  # a long search is not begun before it can end
        shortfall = smallest_shortfall(problem)
        if shortfall.short:
            return _infeasible(problem, shortfall)
        spare = shortfall.chosen
    try:
        searched = _search(problem, pairs, limit, known, spare)
    except NoPlan:
        shortfall = smallest_shortfall(problem)
        if shortfall.short:
            return _infeasible(problem, shortfall)
        searched = _search(problem, pairs, limit, shortfall.chosen, shortfall.chosen)
    return _plan(problem, pairs, searched)


def _large(problem: Problem, limit: Limit | None) -> Plan | None:
    """The plan that prices lead to, where they do."""
    from .large import by_prices, can_be_priced  # compiled code is loaded where there is enough to do
    from .levels import by_levels

    if not can_be_priced(problem):
        return None
    if problem.level is None:
        priced = by_prices(problem, limit=limit)
        return None if priced is None else _priced(problem, priced)
    staged = by_levels(problem, limit=limit)
    if staged is None:
        return None
    pairs, told = find_pairs(problem), staged.certificate
    value = Stage(None, problem.value, problem.ties[pairs.tie, 2]).value(staged.chosen, pairs)
    status = "optimal" if staged.proven else "feasible"
    return Plan(problem.name, status, _assigned(problem, staged.chosen), value, told.bound, "prices", told, staged.results)


def _no_worse(problem: Problem, plan: Plan, start: Ints) -> Plan:
    """The plan, or a known assignment where that keeps every rule and is worth more, level by level."""
    pairs = find_pairs(problem)
    order, known = stages(problem, pairs), problem.chosen(start)
    whole = Stage(None, problem.value, problem.ties[pairs.tie, 2])
    if plan.assign is None or not build(problem, pairs, order[0]).holds(known):
        return plan
    now, then = ([each.value(chosen, pairs) for each in order] for chosen in (problem.chosen(plan.assign), known))
    if then <= now:
        return plan
    results = plan.stages and tuple(replace(old, value=worth) for old, worth in zip(plan.stages, then, strict=False))
    return replace(plan, assign=_assigned(problem, known), value=whole.value(known, pairs), stages=results)


def _assigned(problem: Problem, chosen: Ints) -> Ints:
    """Each unit's route or -1, (U,)."""
    assign = np.full(problem.units, -1, dtype=np.int64)
    assign[np.searchsorted(problem.indptr, chosen, side="right") - 1] = problem.route[chosen]
    return assign


def _by_prices(problem: Problem, limit: Limit | None) -> Ints | None:
    """The options of a good plan, where prices lead to one; half of the time is kept for the proof."""
    from .large import by_prices, can_be_priced

    half = None if limit is None else Limit(limit.left() / 2, limit.clock)
    priced = by_prices(problem, limit=half, prove=half is not None) if problem.level is None and can_be_priced(problem) else None
    return None if priced is None else priced.chosen


def _priced(problem: Problem, priced: Priced) -> Plan:
    assign = _assigned(problem, priced.chosen)
    status = "optimal" if priced.value == priced.bound else "feasible"
    by = "prices" if priced.bound == priced.certificate.bound else "solver"
    return Plan(problem.name, status, assign, priced.value, priced.bound, by, priced.certificate)


def _search(problem: Problem, pairs: Pairs, limit: Limit | None, known: Ints | None, spare: Ints | None) -> _Searched:
    found: list[Found] = []
    kept: list[tuple[Stage, int]] = []
    allowed = np.ones(problem.options, dtype=bool)
    must = np.zeros(problem.units, dtype=bool)
    certificate = None
    for stage in stages(problem, pairs):
        model = build(problem, pairs, stage, kept, allowed, must)
        relaxation = Relaxation(model, np.arange(len(model.pairs.tie)), model.stage.bonus)
        leaves = relaxation.tree()
        scope = reach(relaxation, leaves)
        result = best(model, scope, limit, known, spare)
        found.append(result)
        kept.append((stage, result.value))
        known = spare = result.chosen
        allowed = allowed & (scope.option >= SCALE * result.value)
        must = must | (scope.stay < SCALE * result.value)
        if problem.level is None and not len(problem.ties):
            certificate = from_relaxation(relaxation, leaves)
    return _Searched(found, certificate)


def _plan(problem: Problem, pairs: Pairs, searched: _Searched) -> Plan:
    last = searched.found[-1]
    assign = _assigned(problem, last.chosen)
    whole = Stage(None, problem.value, problem.ties[pairs.tie, 2])
    value = whole.value(last.chosen, pairs)
    certificate = searched.certificate or certify(problem)
    bound, by = certificate.bound, "prices"
    results: tuple[StageResult, ...] | None = None
    if problem.level is None:
        if last.bound < bound:
            bound, by = last.bound, "solver"
    else:
        results = tuple(
            StageResult(stage.level, stage.value(last.chosen, pairs), each.bound)
            for stage, each in zip(stages(problem, pairs), searched.found, strict=True)
            if stage.level is not None
        )
    status = "optimal" if all(each.proven for each in searched.found) else "feasible"
    return Plan(problem.name, status, assign, value, bound, by, certificate, results)


def _infeasible(problem: Problem, shortfall: Shortfall) -> Plan:
    return Plan(problem.name, "infeasible", relaxation=shortfall.short)
