"""After something changed: a plan that leaves as many people as possible where they were told that they would go.

People have said goodbye, sold what they had, told their children. Among the plans that lose at most so much of the best value, the
one that changes the fewest assignments is found, and among those again the one of highest value; a loss of nothing breaks the ties
between equal plans by staying. Source: the epsilon-constraint method, Haimes, Lasdon and Wismer (1971).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .highs import Limit
from .model import Pairs, Stage, build, find_pairs, stages
from .plan import Plan, StageResult
from .problem import Ints, Problem
from .relaxation import Relaxation, reach
from .search import best
from .solve import solve


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
    Yields nothing where the floors of the problem can't be met.

    Shapes: `before` (U,). Units: milli-points.
    Source: the epsilon-constraint method, Haimes, Lasdon and Wismer (1971).
    """
    if len(before) != problem.units:
        raise ValueError("the plan before needs one route or -1 for each unit of the problem")
    plan = solve(problem, limit=limit)
    if plan.assign is None:
        return
    pairs, order = find_pairs(problem), stages(problem, find_pairs(problem))
    known, worth = problem.chosen(plan.assign), [stage.value(problem.chosen(plan.assign), pairs) for stage in order]
    keeps = Stage(
        None, (problem.route == np.asarray(before)[problem.unit]).astype(np.int64), np.zeros(len(pairs.tie), dtype=np.int64)
    )
    for loss in losses:
        kept = [*zip(order[:-1], worth[:-1], strict=True), (order[-1], worth[-1] - loss)]
        stays, few = _search(problem, pairs, keeps, kept, known, limit)
        chosen, _ = _search(problem, pairs, order[-1], [*kept[:-1], (keeps, keeps.value(stays, pairs))], stays, limit)
        yield _told(problem, pairs, plan, order, worth[-1], chosen, np.asarray(before), few)


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
    lost = most - order[-1].value(chosen, pairs)
    best_still = lost == 0 and plan.status == "optimal"
    near = replace(plan, status="optimal" if best_still else "feasible", assign=assign, value=value, stages=results)
    return Repair(near, np.flatnonzero((before >= 0) & (assign != before)), lost, proven)
