"""From prices to a plan where the options stand in a database: only those near to a unit's best ever come to this machine.

At good prices nearly every unit has one answer, so that one to two options a unit are left of all; these fit into memory where the
whole does not, and are settled here as those of any large problem. The bound is asked of the database again, over all options.
Source: sifting, Bixby et al. (1992); the rest as in `finish`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .finish import settle
from .highs import Limit
from .model import find_pairs
from .passes import AtPrices, Rows
from .problem import SCALE, Ints, Problem
from .sql import Routes, Run, bound_of, net_table, worth_of_a_person

NEAR = 0.2  # of the median value of a person: an option that loses more, a person, does not come along
KINDS = [("unit", "i8"), ("size", "i8"), ("medical", "i8"), ("route", "i8"), ("value", "i8"), ("link", "i8")]


@dataclass(frozen=True, eq=False)
class SqlPlan:
    """A plan of a problem that stands in a database: `units` as the table names them, ascending, and each one's route in `assign`.

    Units that are not listed stay. `value` and `bound` are whole milli-points, the bound over all options of the table.

    Shapes: `units` and `assign` (N,). Units: milli-points.
    Source: the prices that it was made from.
    """

    units: Ints
    assign: Ints
    value: int
    bound: int


def plan_by_sql(run: Run, routes: Routes, prices: Ints, *, near: float = NEAR, limit: Limit | None = None) -> SqlPlan | None:
    """The best plan among options that lose little at prices (3R,), in 1/1024 milli-points; None where none was found.

    `near`: how little, as a share of the median value, for a person. `run` may hand out rows one by one: 48 bytes each are kept.

    Shapes: `prices` (3R,). Units: 1/1024 milli-points in, milli-points out.
    Source: as in the module's own words.
    """
    problem, names = near_options(run, routes, prices, near)
    rows = Rows.of(problem)
    stands = np.flatnonzero(rows.place[: len(prices)] >= 0)
    whole_prices = np.zeros(len(rows.capacity), dtype=np.int64)
    whole_prices[rows.place[stands]] = np.asarray(prices)[stands]
    found = settle(problem, find_pairs(problem), AtPrices(problem, rows, whole_prices), limit=limit)
    if found is None:
        return None
    unit = np.searchsorted(problem.indptr, found.chosen, side="right") - 1
    return SqlPlan(names[unit], problem.route[found.chosen].astype(np.int64), found.value, bound_of(run, routes, prices))


def near_options(run: Run, routes: Routes, prices: Ints, near: float = NEAR) -> tuple[Problem, Ints]:
    """The problem with only the options that lose little at prices (3R,), and what the table calls its units, (U,).

    Shapes: `prices` (3R,), names (U,). Units: 1/1024 milli-points.
    Source: as in the module's own words.
    """
    lost = round(near * SCALE * worth_of_a_person(run, routes))
    told = np.fromiter(
        (tuple(map(int, row)) for row in run(
            f"{net_table(routes, prices, SCALE)}, tops AS (SELECT unit, GREATEST(MAX(net), 0) AS best FROM net GROUP BY unit) "
            f"SELECT n.unit, n.size, n.medical, n.route, n.value, n.link FROM net AS n JOIN tops AS t ON n.unit = t.unit "
            f"WHERE n.net >= t.best - {lost} * n.size ORDER BY n.unit, n.route"
        )), dtype=KINDS,
    )  # fmt: skip
    names, first = np.unique(told["unit"], return_index=True)
    units = len(names)
    return Problem(
        "", told["size"][first], told["medical"][first], np.full(units, -1, dtype=np.int64), routes.quota, routes.med_quota,
        routes.reserved, np.zeros(len(routes.quota), dtype=np.int64), np.append(first, len(told)).astype(np.int64), told["route"],
        told["value"], told["link"], np.ones(len(told), dtype=np.int64), np.zeros((0, 3), dtype=np.int64),
    ), names.astype(np.int64)  # fmt: skip
