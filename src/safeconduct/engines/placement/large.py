"""Large problems: prices by Newton steps, a plan among the contested, and a proof where few options are left that could be better.

Source: Nemhauser and Wolsey (1988), II.5.2, for fixing by reduced costs; the parts in `newton` and `finish`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .finish import Whole, settle
from .highs import Limit
from .model import build, find_pairs, stages
from .newton import as_integers, dual_prices
from .passes import Rows, margins, within
from .prices import Certificate, Prices
from .problem import SCALE, Ints, Problem
from .relaxation import Reach
from .search import best

FEW = 20_000  # options up to which the linear relaxation itself is quicker
PROVABLE = 60_000  # options among which a proof is tried


@dataclass(frozen=True)
class Priced:
    """Options `chosen`, their exact `value`, and a `bound`, milli-points: the certificate's, or a solver's where that is lower."""

    chosen: Ints
    value: int
    bound: int
    certificate: Certificate


def is_large(problem: Problem) -> bool:
    """Whether prices are the way: many options, and nothing but route limits between the units."""
    plain = problem.level is None and not len(problem.ties) and not problem.floors and not problem.min_fill.any()
    return plain and problem.options > FEW and _keeps_within_64_bits(problem)


def _keeps_within_64_bits(problem: Problem) -> bool:
    most = int(np.abs(problem.value).max(initial=0))
    return SCALE * most * problem.units < 2**60


def by_prices(problem: Problem, *, limit: Limit | None = None) -> Priced | None:
    """The best plan that prices lead to, with its bound; None where none was found.

    Source: as in the module's own words.
    """
    rows = Rows.of(problem)
    prices = as_integers(dual_prices(problem, rows), SCALE)
    whole = settle(problem, rows, prices, limit=limit)
    if whole is None:
        return None
    certificate = Certificate(_as_prices(problem, rows, prices), (), whole.bound)
    if whole.value < whole.bound:
        whole = _proven(problem, rows, prices, whole, limit)
    return Priced(whole.chosen, whole.value, whole.bound, certificate)


def _as_prices(problem: Problem, rows: Rows, prices: Ints) -> Prices:
    spread, routes = rows.spread(prices), problem.routes
    none = np.zeros(0, dtype=np.int64)
    return Prices(spread[:routes], spread[routes : 2 * routes], spread[2 * routes : 3 * routes], {}, none)


def _proven(problem: Problem, rows: Rows, prices: Ints, whole: Whole, limit: Limit | None) -> Whole:
    """The best plan, searched for among the options that a better one could use; the same as it is where those are many."""
    found = margins(problem, rows, prices, SCALE)
    top = int(found.best.sum()) + int((prices * rows.capacity.astype(np.int64)).sum())
    loss = np.full(problem.units, top - SCALE * (whole.value + 1))
    options = np.union1d(within(problem, rows, prices, SCALE, np.arange(problem.units), found.best, loss), whole.chosen)
    if len(options) > PROVABLE:
        return whole
    few = _only(problem, options)
    pairs = find_pairs(few)
    model = build(few, pairs, stages(few, pairs)[0])
    worth = SCALE * few.value - model.rows.T @ _of_model(rows, prices, few)
    best_of = found.best[few.unit]
    reach = Reach(top, top - (best_of - worth), top - found.best)
    start = np.searchsorted(options, whole.chosen)
    proven = best(model, reach, limit, start, start)
    return Whole(options[proven.chosen], proven.value, min(whole.bound, proven.bound))


def _of_model(rows: Rows, prices: Ints, problem: Problem) -> Ints:
    """Prices in the order of a model's rows: quota, medical, reserved."""
    spread: Ints = rows.spread(prices)[: 3 * problem.routes]
    return spread


def _only(problem: Problem, options: Ints) -> Problem:
    """The problem with these options (ascending) alone."""
    unit = np.searchsorted(problem.indptr, options, side="right") - 1
    indptr = np.concatenate([[0], np.cumsum(np.bincount(unit, minlength=problem.units))]).astype(np.int64)
    return replace(
        problem, indptr=indptr, route=problem.route[options], value=problem.value[options], link=problem.link[options],
        rank=problem.rank[options],
    )  # fmt: skip
