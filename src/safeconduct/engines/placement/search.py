"""The exact search: few columns that can matter, solved to the end, and a proof that the others cannot.

A kernel holds the options whose reach is above a threshold. Its optimum is the problem's optimum as soon as
the threshold is no higher than the next better value. Source: reduced-cost fixing, Nemhauser and Wolsey (1988);
Angelelli, Mansini and Speranza (2010), Kernel search.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from .highs import INFINITY, PLAIN, TIGHT, Floats, Limit, Programme, Solver
from .model import OPEN_ENDED, Bools, Model
from .problem import SCALE, Ints
from .relaxation import Reach

FIRST_WIDTH, FIRST_SHARE = 20, 4e-6  # how far the first kernel reaches below the bound: milli-points, share of it
NEARLY_ALL = 0.9  # of the options: there a plan to start from costs the solver more than it saves


class NoPlan(Exception):
    """No plan keeps all rules: the search covered every option and found none."""


@dataclass(frozen=True)
class Found:
    """The best plan of a stage: options `chosen`, exact `value`, `bound` (milli-points) and whether it is proven."""

    chosen: Ints
    value: int
    bound: int
    proven: bool


def best(model: Model, reach: Reach, limit: Limit | None, start: Ints | None, spare: Ints | None) -> Found:
    """Search kernels, each as wide as the last one's result demands, until the optimum is proven.

    `start` is a plan to improve on; `spare` one to fall back on when time ends before any was found.
    """
    chosen = start if start is not None and model.holds(start) else None
    value = None if chosen is None else model.stage.value(chosen, model.pairs)
    ceiling, least = reach.top // SCALE, reach.least
    width = max(FIRST_WIDTH * SCALE, int(reach.top * FIRST_SHARE))
    cheap = True
    while value is None or value < ceiling:
        if value is not None:
            width = min(width, reach.top - SCALE * (value + 1))
        floor = reach.top - width
        found, bound, complete = _kernel(model, reach, floor, limit, chosen)
        if found is None and value is None:
            if not complete:
                found = spare
            if found is None and (not complete or floor <= least):
                raise NoPlan
        if found is not None:
            worth = model.stage.value(found, model.pairs)
            if value is None or worth > value:
                chosen, value = found, worth
        if value is not None:
            inside = value if complete else max(value, bound)
            ceiling = max(value, min(ceiling, max(inside, (floor - 1) // SCALE)))
        if not complete:
            break
        if found is None:
            width *= 8
        elif cheap:  # one more cheap try before the best value so far sets the width
            width, cheap = 3 * width, False
        elif value is not None:
            width = reach.top - SCALE * (value + 1)
    assert chosen is not None and value is not None
    return Found(chosen, value, ceiling, value >= ceiling)


def _kernel(model: Model, reach: Reach, floor: int, limit: Limit | None, start: Ints | None) -> tuple[Ints | None, int, bool]:
    """The best plan among options that reach `floor`: (options or None, bound on them, searched to the end)."""
    keep = np.flatnonzero(model.allowed & (reach.option >= floor))
    must = model.must | (reach.stay < floor)
    programme, blocks = kernel_programme(model, keep, must)
    if not len(keep):
        empty = np.zeros(0, dtype=np.int64)
        fits = model.holds(empty) and not must.any()
        return (empty if fits else None), 0, True
    rest: tuple[Ints | None, int, bool] = None, 2**53, False  # rounding breaks a rule even so: nothing unchecked is handed on
    for options in ({}, TIGHT, TIGHT | PLAIN):
        solver = Solver(programme, options)
        if start is not None and len(keep) < NEARLY_ALL * model.allowed.sum() and np.isin(start, keep).all():
            solver.start_from(_columns(model, keep, start, blocks))
        out = solver.run(limit)
        chosen = None if out.x is None else keep[out.x[: len(keep)] > 0.5]
        bound = int(np.floor(np.clip(out.bound, -(2.0**53), 2.0**53) + 1e-6))
        if chosen is None:
            return None, bound, out.status in ("optimal", "infeasible")
        if model.holds(chosen):
            complete = out.status == "optimal"
            if not complete or model.stage.value(chosen, model.pairs) >= bound:
                return chosen, bound, complete
            rest = chosen, bound, False  # called optimal, but worth less than was claimed: its word is no proof
    return rest


def _columns(model: Model, keep: Ints, chosen: Ints, blocks: Ints) -> Floats:
    used = np.zeros(model.problem.options)
    used[chosen] = 1.0
    left, right = _live_pairs(model, keep)
    goes = np.isin(blocks, model.problem.route[chosen]).astype(float)
    return np.concatenate([used[keep], used[left] * used[right], goes])


def _live_pairs(model: Model, keep: Ints) -> tuple[Ints, Ints]:
    live = _live(model, keep)
    return model.pairs.left[live], model.pairs.right[live]


def _live(model: Model, keep: Ints) -> Bools:
    return np.asarray(np.isin(model.pairs.left, keep) & np.isin(model.pairs.right, keep))


def kernel_programme(model: Model, keep: Ints, must: Bools) -> tuple[Programme, Ints]:
    """The kernel's integer programme: options (whole), pairs, and one open/closed column a block route."""
    problem, options = model.problem, model.problem.options
    live = np.flatnonzero(_live(model, keep))
    blocks = np.flatnonzero((problem.min_fill > 0) & np.isin(np.arange(problem.routes), problem.route[keep]))
    columns = (len(keep), len(live), len(blocks))
    rows = model.rows.tocsc()[:, np.concatenate([keep, options + live])]
    unit = sparse.csr_matrix((np.ones(len(keep)), (problem.unit[keep], np.arange(len(keep)))), shape=(problem.units, len(keep)))
    at = np.full(options, -1, dtype=np.int64)
    at[keep] = np.arange(len(keep))
    sides = [
        sparse.csr_matrix((-np.ones(len(live)), (np.arange(len(live)), at[side[live]])), shape=(len(live), len(keep)))
        for side in (model.pairs.left, model.pairs.right)
    ]
    load = rows[blocks, : len(keep)]
    cap = np.minimum(problem.quota[blocks], np.asarray(load.sum(axis=1)).ravel())
    ident = sparse.identity(len(live))
    matrix = sparse.bmat(
        [
            [unit, None, None],
            [rows[:, : len(keep)], rows[:, len(keep) :], sparse.csr_matrix((rows.shape[0], len(blocks)))],
            [sides[0], ident, None],
            [sides[1], ident, None],
            [load, None, sparse.diags(-cap.astype(float), shape=(len(blocks), len(blocks)))],
            [load, None, sparse.diags(-problem.min_fill[blocks].astype(float), shape=(len(blocks), len(blocks)))],
        ],
        format="csr",
    )
    endless = np.full(2 * len(live) + len(blocks), -INFINITY)
    lower = np.concatenate([must.astype(float), _side(model.lower), endless, np.zeros(len(blocks))])
    upper = np.concatenate(
        [
            np.ones(problem.units),
            _side(model.upper),
            np.zeros(2 * len(live) + len(blocks)),
            np.full(len(blocks), INFINITY),
        ]
    )
    gain = np.concatenate([model.stage.gain[keep], model.stage.bonus[live], np.zeros(len(blocks))]).astype(float)
    whole = np.repeat([True, False, True], columns)
    return Programme(gain, np.zeros(sum(columns)), np.ones(sum(columns)), matrix, lower, upper, whole), blocks


def _side(bounds: Ints) -> Floats:
    out = bounds.astype(np.float64)
    out[np.abs(bounds) == OPEN_ENDED] = np.sign(out[np.abs(bounds) == OPEN_ENDED]) * INFINITY
    return out
