"""What an option lacked among units of the same urgency, where the more urgent are placed first.

Urgency is decided in stages, so that no one price holds for everybody. Within a level it does: the more urgent stay where the plan
has them, the less urgent do not count, and what is left of each route has a price among those of that level.
Source: reduced costs of the residual problem; Geoffrion (1974).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from .prices import Prices, certify
from .problem import NO_LIMIT, SCALE, Ints, Problem


def prices_by_level(problem: Problem, assign: Ints) -> dict[int, Prices]:
    """Level → what its places are worth among units of that level; `assign` (U,) is the plan."""
    assert problem.level is not None
    found = {}
    for level in np.unique(problem.level).tolist():
        options = np.flatnonzero(problem.level[problem.unit] == level)
        found[level] = _prices(_left_for(problem, assign, level, options))
    return found


def net_in_own_level(problem: Problem, prices: Mapping[int, Prices]) -> Ints:
    """What each option is worth less the price of its places in its unit's level, (P,), in 1/SCALE milli-points."""
    assert problem.level is not None
    net, level = SCALE * problem.value, problem.level[problem.unit]
    for each, told in prices.items():
        net -= np.where(level == each, charge(problem, told), 0)
    return net


def charge(problem: Problem, prices: Prices) -> Ints:
    """The price of the places that each option takes, (P,), in 1/SCALE milli-points."""
    route, unlinked = problem.route, problem.persons * (1 - problem.link)
    return np.asarray(
        problem.persons * prices.quota[route] + problem.medical_cases * prices.med_quota[route] + unlinked * prices.reserved[route]
    )


def _left_for(problem: Problem, assign: Ints, level: int, options: Ints) -> Problem:
    """The units of one level, and what the more urgent leave of each route; a block route that the plan does not use is closed."""
    assert problem.level is not None
    chosen = problem.chosen(assign)
    chosen = chosen[problem.level[problem.unit[chosen]] > level]
    weights = (problem.persons, problem.medical_cases, problem.persons * (1 - problem.link))
    route, routes = problem.route[chosen], problem.routes
    taken, treated, unlinked = (np.bincount(route, each[chosen], minlength=routes).astype(np.int64) for each in weights)
    used = (problem.min_fill == 0) | np.isin(np.arange(routes), assign)
    quota = np.where(problem.quota == NO_LIMIT, NO_LIMIT, np.maximum(0, problem.quota - taken))
    quota = np.where(used, quota, 0)
    opened = np.maximum(0, np.where(problem.quota == NO_LIMIT, NO_LIMIT, problem.quota - problem.reserved - unlinked))
    return replace(
        problem.only(options), level=None, quota=quota, reserved=np.maximum(0, quota - opened),
        med_quota=np.where(problem.med_quota == NO_LIMIT, NO_LIMIT, np.maximum(0, problem.med_quota - treated)),
        min_fill=np.zeros(routes, dtype=np.int64), ties=problem.ties[:0], floors={},
    )  # fmt: skip


def _prices(problem: Problem) -> Prices:
    from .large import can_be_priced, prices_alone  # compiled code is loaded where there is enough to do
    from .solve import FEW

    if problem.options > FEW and can_be_priced(problem):
        return prices_alone(problem).prices
    return certify(problem).prices
