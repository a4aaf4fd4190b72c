"""Floors that cannot be met: the smallest total shortfall that makes the problem feasible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from scipy import sparse

from .finish import closing_in
from .highs import INFINITY, PLAIN, TIGHT, Floats, Programme, SearchFailed, Solver
from .model import Model, build, find_pairs, stages
from .problem import NO_FLOORS, Ints, Problem
from .search import kernel_programme

MANY = 20_000  # options from which the relaxation is asked first


@dataclass(frozen=True)
class Shortfall:
    """Persons `short` a group (only groups that are short), smallest in sum, and the options of a plan that shows it."""

    short: Mapping[int, int]
    chosen: Ints


def smallest_shortfall(problem: Problem) -> Shortfall:
    """How far the floors must give way, at least, with every other rule kept.

    `short` is in persons; `chosen` are options (ascending). Source: the format `safeconduct-placement-1`.
    """
    without = replace(problem, floors=NO_FLOORS)
    pairs = find_pairs(without)
    model = build(without, pairs, stages(without, pairs)[0])
    programme = _elastic(model, problem)
    for options in ({}, TIGHT, TIGHT | PLAIN):
        if problem.options > MANY:
            x, bound = _among_many(programme, problem, options)
        else:
            out = Solver(programme, options).run()
            x, bound = (out.x if out.status == "optimal" else None), out.bound
        chosen = np.flatnonzero(x[: problem.options] > 0.5) if x is not None else np.zeros(0, dtype=np.int64)
        if x is not None and model.holds(chosen):
            placed, group = problem.persons[chosen], problem.group[problem.unit[chosen]]
            short = {each: least - int(placed[group == each].sum()) for each, least in problem.floors.items()}
            missing = {each: by for each, by in short.items() if by > 0}
            if sum(missing.values()) <= np.ceil(-bound - 1e-6):  # else it claims less than its plan shows
                return Shortfall(MappingProxyType(missing), chosen)
    raise SearchFailed("the smallest shortfall of the floors could not be settled")


def _among_many(programme: Programme, problem: Problem, options: dict[str, float | str]) -> tuple[Floats | None, float]:
    """A solution that is as good as the relaxation's, and that one's bound; or the solver's own where there is none."""
    relaxed = Solver(replace(programme, whole=None), options | {"solver": "ipm"}).run()
    x = closing_in(programme, problem.units, problem.options, 0.999, options, None, within=60.0, relaxed=relaxed)
    if x is not None and relaxed.bound - float(programme.gain @ x) < 1 - 1e-6:
        return x, relaxed.bound
    out = Solver(programme, options).run()
    return (out.x if out.status == "optimal" else None), out.bound


def _elastic(model: Model, problem: Problem) -> Programme:
    """Minimise the persons short over all groups with a floor; nothing else is worth anything."""
    whole, _ = kernel_programme(model, np.arange(problem.options), np.zeros(problem.units, dtype=bool))
    assert whole.whole is not None
    groups = len(problem.floors)
    of_option = problem.group[problem.unit]
    members = np.array([np.where(of_option == each, problem.persons, 0) for each in problem.floors])
    columns = len(whole.gain) - problem.options
    rows = sparse.bmat(
        [
            [whole.rows, None],
            [
                sparse.hstack([sparse.csr_matrix(members), sparse.csr_matrix((groups, columns))]),
                sparse.identity(groups),
            ],
        ],
        format="csr",
    )
    least = np.array(list(problem.floors.values()), dtype=np.float64)
    return Programme(
        np.concatenate([np.zeros(len(whole.gain)), np.full(groups, -1.0)]),
        np.concatenate([whole.lower, np.zeros(groups)]),
        np.concatenate([whole.upper, least]),
        rows,
        np.concatenate([whole.row_lower, least]),
        np.concatenate([whole.row_upper, np.full(groups, INFINITY)]),
        np.concatenate([whole.whole, np.ones(groups, dtype=bool)]),
    )
