"""From prices to a whole plan: most units take what they would take anyway, and the few whose answer is open are solved together.

At good prices almost every unit has one answer that is better than its others by more than the prices are wrong. Those with the
smallest margins are contested; among them an integer programme with few columns settles who gets the last places.
Source: Angelelli, Mansini and Speranza (2010), Kernel search; the order by margins is that of the dual.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .highs import INFINITY, TIGHT, Floats, Limit, Programme, Solver
from .newton import top_of
from .passes import Margins, Rows, margins, within
from .problem import SCALE, Ints, Problem

CONTESTED = 12_000  # units at most
WIDTHS = (15, 45)  # milli-points a person that a contested unit may lose against its best
GAP = 2e-6  # of the bound: closer than that one programme is not driven
SETTLED_WITHIN = 12.0  # seconds for one programme, where nobody says otherwise


@dataclass(frozen=True)
class Whole:
    """A plan: its options (ascending), its value, and the bound of its prices or of a solver, in milli-points."""

    chosen: Ints
    value: int
    bound: int


def settle(problem: Problem, rows: Rows, prices: Ints, *, limit: Limit | None = None) -> Whole | None:
    """The best plan among those that leave all but contested units at their best option; None where none was found.

    `prices` (D,) in 1/SCALE milli-points. Source: as in the module's own words.
    """
    found = margins(problem, rows, prices, SCALE)
    bound = top_of(found, rows, prices) // SCALE
    best: Whole | None = None
    for width in WIDTHS:
        chosen = _settled(problem, rows, prices, found, width * SCALE, GAP * bound, limit)
        if chosen is None:
            continue
        value = int(problem.value[chosen].sum())
        if best is None or value > best.value:
            best = Whole(np.sort(chosen), value, bound)
        if bound - best.value <= max(1.0, GAP * bound) or (limit is not None and limit.left() <= 0):
            break
    return best


def _settled(
    problem: Problem, rows: Rows, prices: Ints, found: Margins, width: int, gap: float, limit: Limit | None
) -> Ints | None:
    margin = found.margin / problem.size
    open_ = margin <= width
    if open_.sum() > CONTESTED:
        open_[:] = False
        open_[np.argpartition(margin, CONTESTED)[:CONTESTED]] = True
    kept = _room_for_the_rest(problem, rows, found, margin, open_)
    units = np.flatnonzero(open_)
    most = np.maximum(width * problem.size[units], found.margin[units])
    columns = within(problem, rows, prices, SCALE, units, found.best[units], most)
    if not len(columns):
        return kept if holds(problem, rows, kept) else None
    room = rows.capacity - load(problem, rows, kept)
    programme = _programme(problem, rows, columns, room)
    for tolerances in ({}, TIGHT):
        asked: dict[str, float | str] = {"mip_abs_gap": max(0.999, gap), "time_limit": SETTLED_WITHIN}
        settled = Solver(programme, asked | tolerances).run(limit)
        if settled.x is None:
            return None
        chosen = np.concatenate([kept, columns[settled.x > 0.5]])
        if holds(problem, rows, chosen):
            return chosen
    return None


def holds(problem: Problem, rows: Rows, chosen: Ints) -> bool:
    """Whether a set of options keeps every row, one option a unit, in whole numbers."""
    unit = np.searchsorted(problem.indptr, chosen, side="right") - 1
    return len(np.unique(unit)) == len(unit) and bool((load(problem, rows, chosen) <= rows.capacity).all())


def _room_for_the_rest(problem: Problem, rows: Rows, found: Margins, margin: Floats, open_: NDArray[np.bool_]) -> Ints:
    """The options of the units that are not open; those with the smallest margins open too where they ask too much."""
    while True:
        kept = found.option[~open_ & (found.option >= 0)]
        over = load(problem, rows, kept) - rows.capacity
        full = np.flatnonzero((over > 0) & (rows.capacity >= 0))
        if not len(full):
            return kept
        row, option, weight = _weights(problem, rows, kept)
        unit = np.searchsorted(problem.indptr, kept, side="right") - 1
        for each in full:
            here = np.flatnonzero((row == each) & (weight > 0))
            here = here[np.argsort(margin[unit[option[here]]], kind="stable")]
            enough = int(np.searchsorted(np.cumsum(weight[here]), 2 * over[each])) + 1
            open_[unit[option[here[:enough]]]] = True


def load(problem: Problem, rows: Rows, options: Ints) -> Floats:
    """What a set of options takes of each row, (D,)."""
    row, _, weight = _weights(problem, rows, options)
    return np.bincount(row, weight, minlength=len(rows.capacity)).astype(np.float64)


def _weights(problem: Problem, rows: Rows, options: Ints) -> tuple[Ints, Ints, Floats]:
    """What each option of a list takes: row, place in the list, persons or medical cases."""
    unit = np.searchsorted(problem.indptr, options, side="right") - 1
    route, size, routes = problem.route[options], problem.size[unit], problem.routes
    parts = [
        (rows.place[route], size),
        (rows.place[routes + route], problem.medical[unit]),
        (rows.place[2 * routes + route], size * (1 - problem.link[options])),
        (rows.place[3 * routes + route], -size),
        (np.where(rows.floor[unit] >= 0, rows.place[rows.floor[unit]], -1), -size),
    ]
    at = np.arange(len(options))
    held = [(row >= 0) & (weight != 0) for row, weight in parts]
    return (
        np.concatenate([row[use] for (row, _), use in zip(parts, held, strict=True)]),
        np.concatenate([at[use] for use in held]),
        np.concatenate([weight[use] for (_, weight), use in zip(parts, held, strict=True)]).astype(np.float64),
    )


def _programme(problem: Problem, rows: Rows, columns: Ints, room: Floats) -> Programme:
    """One option a unit at most, and the room that is left in each row."""
    unit = np.searchsorted(problem.indptr, columns, side="right") - 1
    units, at = np.unique(unit, return_inverse=True)
    many = len(columns)
    one = sparse.csr_matrix((np.ones(many), (at, np.arange(many))), shape=(len(units), many))
    row, column, weight = _weights(problem, rows, columns)
    limits = sparse.csr_matrix((weight, (row, column)), shape=(len(room), many))
    matrix = sparse.csr_matrix(sparse.vstack([one, limits]))
    upper = np.concatenate([np.ones(len(units)), room])
    gain = problem.value[columns].astype(np.float64)
    whole = np.ones(many, dtype=bool)
    return Programme(gain, np.zeros(many), np.ones(many), matrix, np.full(len(upper), -INFINITY), upper, whole)
