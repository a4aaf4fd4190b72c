"""What a few more places, or one condition less, would free: asked of the engine again, not only read off the prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .highs import Limit
from .own_level import charge, net_in_own_level, prices_by_level
from .plan import Plan
from .prices import Prices
from .problem import NO_LIMIT, SCALE, Ints, Problem
from .reasons import prices_of
from .solve import solve


@dataclass(frozen=True)
class MorePlaces:
    """What `extra` more places of one `kind` (places or medical_places) on a `route` change in the best plan.

    `persons` more are placed (rarely fewer: one heavy case may weigh more than two light ones), `value` is the
    gain in milli-points, `price` what the prices predict for one place, in milli-points rounded down. `proven` says
    whether the new plan is proven best.

    Shapes: single numbers. Units: persons, medical cases, milli-points.
    Source: a new solution of the changed problem.
    """

    route: int
    kind: str
    extra: int
    persons: int
    value: int
    price: int
    proven: bool


def more_places(
    problem: Problem,
    plan: Plan,
    *,
    extra: Sequence[int] = (1, 10),
    extra_medical: Sequence[int] = (1,),
    limit: Limit | None = None,
) -> Iterator[MorePlaces]:
    """For each route with a limit, what 1 and 10 more places (persons) and 1 more medical place would change.

    Exact: each answer is a new solution that starts from `plan`, which must be a solved plan of `problem`. Yields
    one answer at a time, so that a caller can show progress. A price predicts; this confirms.

    Shapes: single numbers a route. Units: persons, medical cases, milli-points.
    Source: sensitivity by re-solving; prices are duals, Geoffrion (1974).
    """
    if plan.assign is None or plan.value is None:
        return
    prices = prices_of(problem, plan)
    for route in range(problem.routes):
        for kind, limits, counts in (
            ("places", problem.quota, extra),
            ("medical_places", problem.med_quota, extra_medical),
        ):
            if limits[route] == NO_LIMIT:
                continue
            price = 0
            if prices is not None:
                price = int((prices.quota if kind == "places" else prices.med_quota)[route]) // SCALE
            for count in counts:
                yield _one(problem, plan, route, kind, count, price, limit)


def _one(problem: Problem, plan: Plan, route: int, kind: str, count: int, price: int, limit: Limit | None) -> MorePlaces:
    changed = problem.with_quota(route, places=count if kind == "places" else 0, medical=count if kind != "places" else 0)
    new = solve(changed, limit=limit, start=plan.assign)
    assert new.assign is not None and new.value is not None and plan.value is not None and plan.assign is not None
    placed = [int(problem.size[np.asarray(each) >= 0].sum()) for each in (new.assign, plan.assign)]
    return MorePlaces(route, kind, count, placed[0] - placed[1], new.value - plan.value, price, new.status == "optimal")


@dataclass(frozen=True)
class MoreOptions:
    """What more options change in the best plan: `persons` more are placed, `value` is the gain in milli-points; `proven` says
    whether the new plan is proven best. `predicted` is the gain, in milli-points, as far as the prices of the plan before tell it:
    about, and rather too much; with urgency levels at the prices of each level.

    Shapes: single numbers. Units: persons, milli-points.
    Source: a new solution of the changed problem; reduced costs at the old prices, Geoffrion (1974).
    """

    persons: int
    value: int
    predicted: int
    proven: bool


def more_options(problem: Problem, plan: Plan, wider: Problem, start: Ints, *, limit: Limit | None = None) -> MoreOptions | None:
    """What it changes that units have more options, as if a condition of a route were dropped.

    `wider` has the same routes with the same limits and at least the options of `problem`; its units may stand in another order,
    and `start` (U,) is `plan` in that order, a route or -1. None where the plan has no assignment.

    Shapes: `start` (U,) for the U units of `wider`. Units: persons, milli-points.
    Source: sensitivity by re-solving; reduced costs at the old prices, Geoffrion (1974).
    """
    if plan.assign is None or plan.value is None:
        return None
    new = solve(wider, limit=limit, start=start)
    assert new.assign is not None and new.value is not None
    before, after = (int(each.size[np.asarray(to) >= 0].sum()) for each, to in ((problem, plan.assign), (wider, new.assign)))
    closed = (problem.min_fill > 0) & ~np.isin(np.arange(problem.routes), plan.assign)
    levels = None if problem.level is None else prices_by_level(problem, plan.assign)
    gains = [_taken_freely(each, levels, prices_of(problem, plan), closed) for each in (wider, problem)]
    return MoreOptions(after - before, new.value - plan.value, max(0, gains[0] - gains[1]) // SCALE, new.status == "optimal")


def _taken_freely(problem: Problem, levels: Mapping[int, Prices] | None, prices: Prices | None, closed: NDArray[np.bool_]) -> int:
    """What units would be worth if each took its best at these prices, in 1/SCALE milli-points; nobody goes to `closed` (R,)."""
    if levels is not None and problem.level is not None:
        net = net_in_own_level(problem, levels)
    else:
        net = SCALE * problem.value - (0 if prices is None else charge(problem, prices))
    best = np.zeros(problem.units, dtype=np.int64)
    np.maximum.at(best, problem.unit, np.where(closed[problem.route], 0, net))
    return int(best.sum())
