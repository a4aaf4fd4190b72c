"""After something changed: a plan that leaves as many people as possible where they were told that they would go.

People have said goodbye, sold what they had, told their children. Among the plans that lose at most so much of the best value, the
one that changes the fewest assignments is found, and among those again the one of highest value; a loss of nothing breaks the ties
between equal plans by staying. Source: the epsilon-constraint method, Haimes, Lasdon and Wismer (1971); for large problems the
weighting method, Zadeh (1963), whose plans are not proven to change the fewest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .highs import Limit
from .model import Pairs, Stage, build, find_pairs, stages
from .plan import Plan, StageResult
from .problem import NO_LIMIT, Ints, Problem
from .relaxation import Relaxation, reach
from .search import best
from .solve import FEW, solve

STEPS = 4  # by which a weight grows, until it outweighs every option
HALVINGS = 3  # between the last weight that a loss allows and the first that it does not


@dataclass(frozen=True, eq=False)
class Repair:
    """A `plan` near the old one. `changed` are the units that had a place and have another or none now (ascending), of which
    `proven` says whether no plan within the loss changes fewer; `lost` is what the plan is worth less than the best, milli-points.

    Shapes: unit numbers of any length. Units: milli-points.
    Source: solutions of the changed problem, one after the other.
    """

    plan: Plan
    changed: Ints
    lost: int
    proven: bool


def repair(problem: Problem, before: Ints, *, losses: Sequence[int] = (0,), limit: Limit | None = None) -> Iterator[Repair]:
    """For each loss (milli-points of the best value; of the lowest level's, where there are levels) the plan nearest to `before`.

    `before` (U,) is what people were told, a route or -1; what is no option any more cannot be kept and counts as changed.
    Yields nothing where the floors of the problem can't be met. Of problems with more than FEW options it is the nearest that was
    found among plans that are best when staying is worth something, and not proven.

    Shapes: `before` (U,). Units: milli-points.
    Source: the epsilon-constraint method, Haimes, Lasdon and Wismer (1971); the weighting method, Zadeh (1963).
    """
    if len(before) != problem.units:
        raise ValueError("the plan before needs one route or -1 for each unit of the problem")
    plan = solve(problem, limit=limit)
    if plan.assign is None:
        return
    pairs, order = find_pairs(problem), stages(problem, find_pairs(problem))
    known, worth = problem.chosen(plan.assign), [stage.value(problem.chosen(plan.assign), pairs) for stage in order]
    if problem.options > FEW:
        plans = _by_weights(problem, np.asarray(before), known, order, pairs, worth[-1] - max(losses), limit)
        for loss in losses:
            yield _told(problem, pairs, plan, order, worth[-1], plans.nearest(worth[-1] - loss), np.asarray(before), False)
        return
    keeps = Stage(
        None, (problem.route == np.asarray(before)[problem.unit]).astype(np.int64), np.zeros(len(pairs.tie), dtype=np.int64)
    )
    for loss in losses:
        kept = [*zip(order[:-1], worth[:-1], strict=True), (order[-1], worth[-1] - loss)]
        stays, few = _search(problem, pairs, keeps, kept, known, limit)
        chosen, _ = _search(problem, pairs, order[-1], [*kept[:-1], (keeps, keeps.value(stays, pairs))], stays, limit)
        yield _told(problem, pairs, plan, order, worth[-1], chosen, np.asarray(before), few)


def _unproven(problem: Problem, limit: Limit | None) -> Ints | None:
    """The options of the best plan that prices lead to; of any other way, where they lead to none."""
    from .large import by_prices, can_be_priced  # compiled code is loaded where there is enough to do

    if problem.level is None and can_be_priced(problem):
        priced = by_prices(problem, limit=limit, prove=False)
        if priced is not None:
            return priced.chosen
    found = solve(problem, limit=limit)
    return None if found.assign is None else problem.chosen(found.assign)


@dataclass(frozen=True, eq=False)
class _Tried:
    """Plans by how much it was worth to stay in them: (what the last stage is worth, how many stay, the options)."""

    plans: list[tuple[int, int, Ints]]

    def nearest(self, least: int) -> Ints:
        """Of the plans that are worth so much, the one in which most stay, and of these the best."""
        return max((each for each in self.plans if each[0] >= least), key=lambda each: (each[1], each[0]))[2]


def _by_weights(
    problem: Problem, before: Ints, known: Ints, order: Sequence[Stage], pairs: Pairs, least: int, limit: Limit | None
) -> _Tried:
    """The best plan where a stay is worth 1, then more and more milli-points, until it is worth less than `least`."""
    stays = problem.route == before[problem.unit]
    weighed = stays if problem.level is None else stays & (problem.level[problem.unit] == problem.level.min(initial=NO_LIMIT))
    higher = [stage.value(known, pairs) for stage in order[:-1]]
    tried = _Tried([(order[-1].value(known, pairs), int(stays[known].sum()), known)])

    def allowed(weight: int) -> bool:
        chosen = _unproven(replace(problem, value=problem.value + weight * weighed), limit)
        if chosen is None:
            return False
        worth = order[-1].value(chosen, pairs)
        if [stage.value(chosen, pairs) for stage in order[:-1]] >= higher:
            tried.plans.append((worth, int(stays[chosen].sum()), chosen))
        return worth >= least

    def ended() -> bool:
        return limit is not None and limit.left() <= 0

    last, weight, most = 0, 1, 2 * int(np.abs(problem.value).max(initial=0))
    while weight <= most and not ended() and allowed(weight):
        last, weight = weight, STEPS * weight
    for _ in range(HALVINGS):
        middle = (last + weight) // 2
        if middle in (last, weight) or ended():
            break
        last, weight = (middle, weight) if allowed(middle) else (last, middle)
    return tried


def _search(
    problem: Problem, pairs: Pairs, stage: Stage, kept: Sequence[tuple[Stage, int]], known: Ints, limit: Limit | None
) -> tuple[Ints, bool]:
    """The options that are best in one respect while the others keep their values, and whether that is proven."""
    model = build(problem, pairs, stage, kept)
    relaxation = Relaxation(model, np.arange(len(model.pairs.tie)), model.stage.bonus)
    found = best(model, reach(relaxation, relaxation.tree()), limit, known, known)
    return found.chosen, found.proven


def _told(
    problem: Problem, pairs: Pairs, plan: Plan, order: Sequence[Stage], most: int, chosen: Ints, before: Ints, proven: bool
) -> Repair:
    assign = np.full(problem.units, -1, dtype=np.int64)
    assign[problem.unit[chosen]] = problem.route[chosen]
    whole = Stage(None, problem.value, problem.ties[pairs.tie, 2])
    value = whole.value(chosen, pairs)
    results = None
    if plan.stages is not None:
        levels = [stage for stage in order if stage.level is not None]
        results = tuple(
            StageResult(old.level, stage.value(chosen, pairs), old.bound, old.bound_by)
            for stage, old in zip(levels, plan.stages, strict=True)
        )
    lost = max(0, most - order[-1].value(chosen, pairs))
    best_still = lost == 0 and plan.status == "optimal"
    near = replace(plan, status="optimal" if best_still else "feasible", assign=assign, value=value, stages=results)
    return Repair(near, np.flatnonzero((before >= 0) & (assign != before)), lost, proven)
