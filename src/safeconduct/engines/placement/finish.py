"""From prices to a whole plan: most units take what they would take anyway, and the few whose answer is open are solved together.

At good prices almost every unit has one answer that is better than its others by more than the prices are wrong. Those with the
smallest margins are contested; among them an integer programme with few columns settles who gets the last places.
Source: Angelelli, Mansini and Speranza (2010), Kernel search; the order by margins is that of the dual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .highs import INFINITY, TIGHT, Floats, Limit, Outcome, Programme, Solver
from .model import Pairs
from .passes import AtPrices, Margins, Rows
from .problem import SCALE, Ints, Problem

CONTESTED = 12_000  # units at most
WIDTHS = (15, 45)  # milli-points a person that a contested unit may lose against its best
GAP = 3e-6  # of the bound: closer than that one programme is not driven
SETTLED_WITHIN = 12.0  # seconds for one programme, where nobody says otherwise
NEAREST = (1_000, 4_000)  # contested units that are open in the first programmes
WHOLE = 1e-6
Options = dict[str, float | str]
NONE: Ints = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Kept:
    """What must not be lost: `sums`, pairs of what each option counts (P,) and what the chosen ones must come to at least, and the
    options `known` of a plan that comes to all of them. `times` (U,): what a milli-point of each unit counts in the prices."""

    sums: Sequence[tuple[Ints, int]]
    known: Ints
    times: Ints

    def holds(self, chosen: Ints) -> bool:
        """Whether a set of options comes to every sum."""
        return all(int(counts[chosen].sum()) >= least for counts, least in self.sums)


@dataclass(frozen=True)
class Whole:
    """A plan: its options (ascending), its value, and the bound of its prices or of a solver, in milli-points."""

    chosen: Ints
    value: int
    bound: int


def settle(problem: Problem, pairs: Pairs, at: AtPrices, *, limit: Limit | None = None, kept: Kept | None = None) -> Whole | None:
    """The best plan among those that leave all but contested units at their best option; None where none was found.

    `problem` says what a plan is worth, with its `pairs` of tied options; `at` what each unit takes. Both have the same options.
    `kept` is what the plan must not lose.

    Source: as in the module's own words.
    """
    found = at.margins()
    bound = at.top(found) // SCALE
    best: Whole | None = None
    for width in WIDTHS:
        chosen = _settled(problem, pairs, at, found, width * SCALE, GAP * bound, limit, kept)
        if chosen is None:
            continue
        value = worth_of(problem, pairs, chosen)
        if best is None or value > best.value:
            best = Whole(np.sort(chosen), value, bound)
        if bound - best.value <= max(1.0, GAP * bound) or (limit is not None and limit.left() <= 0):
            break
    return best


def worth_of(problem: Problem, pairs: Pairs, chosen: Ints) -> int:
    """What a set of options is worth with the bonuses that it earns, milli-points, exactly."""
    used = np.zeros(problem.options, dtype=bool)
    used[chosen] = True
    earned = used[pairs.left] & used[pairs.right]
    return int(problem.value[chosen].sum()) + int(problem.ties[pairs.tie[earned], 2].sum())


def _settled(
    problem: Problem, pairs: Pairs, at: AtPrices, found: Margins, width: int, gap: float, limit: Limit | None, must: Kept | None
) -> Ints | None:
    rows, known = at.rows, NONE if must is None else must.known
    weight = problem.size if must is None else problem.size * must.times
    margin = found.margin / weight
    open_ = margin <= width
    if open_.sum() > CONTESTED:
        open_[:] = False
        open_[np.argpartition(margin, CONTESTED)[:CONTESTED]] = True
    open_[np.searchsorted(problem.indptr, known, side="right") - 1] = True
    kept = _room_for_the_rest(problem, rows, found, margin, open_, load(problem, rows, known))
    units = np.flatnonzero(open_)
    most = np.maximum(width * weight[units], found.margin[units])
    columns = np.union1d(at.within(units, found.best[units], most), known)
    if not len(columns):
        return kept if holds(problem, rows, kept) and (must is None or must.holds(kept)) else None
    room = rows.capacity - load(problem, rows, kept)
    programme, many = _programme(problem, pairs, rows, kept, columns, room), len(columns)
    start = None
    if must is not None:
        programme = _with_sums(programme, columns, [(counts, least - int(counts[kept].sum())) for counts, least in must.sums])
        start = np.isin(columns, known).astype(np.float64)
    for tolerances in ({}, TIGHT):
        used = closing_in(programme, len(units), many, max(0.999, gap), tolerances, limit, start=start)
        if used is None:
            return None
        chosen = np.concatenate([kept, columns[used[: len(columns)] > 0.5]])
        if holds(problem, rows, chosen) and (must is None or must.holds(chosen)):
            return chosen
    return None


def _with_sums(programme: Programme, columns: Ints, sums: Sequence[tuple[Ints, int]]) -> Programme:
    """The programme with a row for each sum that its columns must still come to; it has no pairs."""
    more = [sparse.csr_matrix(counts[columns][None, :].astype(np.float64)) for counts, _least in sums]
    return replace(
        programme, rows=sparse.csr_matrix(sparse.vstack([programme.rows, *more])),
        row_lower=np.concatenate([programme.row_lower, [float(least) for _counts, least in sums]]),
        row_upper=np.concatenate([programme.row_upper, np.full(len(sums), INFINITY)]),
    )  # fmt: skip


def closing_in(
    programme: Programme, units: int, options: int, gap: float, tolerances: Options, limit: Limit | None, *,
    within: float = SETTLED_WITHIN, relaxed: Outcome | None = None, start: Floats | None = None,
) -> Floats | None:  # fmt: skip
    """A whole solution of a programme whose first rows are `units` and whose first columns are their `options`.

    First the units nearest to indifference at the duals of its relaxation and those that it splits are open, the others as there;
    then more of them, from what was found, until it is within `gap` of the relaxation. `within`: seconds for each. `relaxed`: its
    relaxation, where it was solved already; `start` a whole solution.
    """
    relaxed = relaxed or Solver(replace(programme, whole=None), tolerances).run(limit)
    best = start
    for many in (*NEAREST, units):
        asked = programme if relaxed.x is None else _near(programme, units, options, relaxed.x, relaxed.row_dual, many)
        solver = Solver(asked, Options({"mip_abs_gap": gap, "time_limit": within}) | tolerances)
        if best is not None:
            solver.start_from(best)
        out = solver.run(limit)
        if out.x is not None and (best is None or programme.gain @ out.x > programme.gain @ best):
            best = out.x
        close = best is not None and relaxed.bound - float(programme.gain @ best) <= gap
        if close or many >= units or (limit is not None and limit.left() <= 0 and best is not None):
            break
    return best


def _near(programme: Programme, units: int, options: int, x: Floats, dual: Floats, many: int) -> Programme:
    """The programme with all but so many units held where a relaxed solution has them."""
    rows = programme.rows.tocsc()
    unit = rows[:units, :options].indices
    worth = (programme.gain - rows[units:].T @ dual[units:])[:options]
    order = np.lexsort((worth, unit))
    last = np.flatnonzero(np.diff(unit[order], append=units))
    first = np.concatenate([[0], last[:-1] + 1])
    best, second = worth[order[last]], np.where(last > first, worth[order[np.maximum(last - 1, 0)]], 0.0)
    margin = np.full(units, np.inf)  # units without an option have nothing open
    margin[unit[order[last]]] = np.where(best > 0, best - np.maximum(second, 0.0), -best)
    split = np.zeros(units, dtype=bool)
    split[unit[(x[:options] > WHOLE) & (x[:options] < 1 - WHOLE)]] = True
    open_ = split.copy()
    open_[np.argsort(margin, kind="stable")[:many]] = True
    held = np.flatnonzero(~open_[unit])
    lower, upper = programme.lower.copy(), programme.upper.copy()
    lower[held] = upper[held] = np.rint(x[held])
    return replace(programme, lower=lower, upper=upper)


def holds(problem: Problem, rows: Rows, chosen: Ints) -> bool:
    """Whether a set of options keeps every row, one option a unit, in whole numbers."""
    unit = np.searchsorted(problem.indptr, chosen, side="right") - 1
    return len(np.unique(unit)) == len(unit) and bool((load(problem, rows, chosen) <= rows.capacity).all())


def _room_for_the_rest(
    problem: Problem, rows: Rows, found: Margins, margin: Floats, open_: NDArray[np.bool_], taken: Floats
) -> Ints:
    """The options of the units that are not open; those with the smallest margins open too where they ask too much beside what is
    `taken` (D,)."""
    while True:
        kept = found.option[~open_ & (found.option >= 0)]
        over = load(problem, rows, kept) + taken - rows.capacity
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


def _programme(problem: Problem, pairs: Pairs, rows: Rows, kept: Ints, columns: Ints, room: Floats) -> Programme:
    """One option a unit at most, the room that is left in each row, and a bonus for both options of a pair."""
    unit = np.searchsorted(problem.indptr, columns, side="right") - 1
    units, at = np.unique(unit, return_inverse=True)
    many = len(columns)
    one = sparse.csr_matrix((np.ones(many), (at, np.arange(many))), shape=(len(units), many))
    row, column, weight = _weights(problem, rows, columns)
    limits = sparse.csr_matrix((weight, (row, column)), shape=(len(room), many))
    left, right = (_places(side, columns, kept) for side in (pairs.left, pairs.right))
    bonus = problem.ties[pairs.tie, 2].astype(np.float64)
    gain = np.zeros(many + 1)
    gain[:many] = problem.value[columns]
    for near, far in ((left, right), (right, left)):
        sure = (far == many) & (near >= 0)
        np.add.at(gain, near[sure], bonus[sure])
    live = (left >= 0) & (left < many) & (right >= 0) & (right < many)
    both, count = np.arange(int(live.sum())), int(live.sum())
    sides = [sparse.csr_matrix((-np.ones(count), (both, side[live])), shape=(count, many)) for side in (left, right)]
    joint = sparse.identity(count)
    matrix = sparse.csr_matrix(sparse.bmat([[one, None], [limits, None], [sides[0], joint], [sides[1], joint]]))
    upper = np.concatenate([np.ones(len(units)), room, np.zeros(2 * count)])
    gain = np.concatenate([gain[:many], bonus[live]])
    whole = np.arange(many + count) < many
    return Programme(gain, np.zeros(many + count), np.ones(many + count), matrix, np.full(len(upper), -INFINITY), upper, whole)


def _places(options: Ints, columns: Ints, kept: Ints) -> Ints:
    """Where each option stands among the columns (ascending); their number where it is taken already, -1 where it is neither."""
    at = np.minimum(np.searchsorted(columns, options), len(columns) - 1)
    taken = np.where(np.isin(options, kept), len(columns), -1)
    return np.where(columns[at] == options, at, taken)
