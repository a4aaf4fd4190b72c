"""What no plan can use: routes whose minimum fill is above their quota, and units that are too large for all that they may take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .problem import NO_LIMIT, Ints, Problem


@dataclass(frozen=True, eq=False)
class Unreachable:
    """Numbers, ascending: `routes` that can take nobody, since their minimum fill is above their quota; `units` that have options,
    none of which has room for all of the unit even if it were alone there.

    Shapes: numbers of any length. Units: route and unit numbers.
    Source: the format `safeconduct-placement-1`.
    """

    routes: Ints
    units: Ints


def unreachable(problem: Problem) -> Unreachable:
    """What is in a problem and in no plan of it. It is no fault: offers shrink, and families are as large as they are.

    Shapes: numbers of any length. Units: persons and medical cases are compared.
    Source: the format `safeconduct-placement-1`.
    """
    empty = problem.min_fill > problem.quota
    places = np.where(problem.quota == NO_LIMIT, NO_LIMIT, problem.quota - problem.reserved)
    room = np.where(problem.link == 1, problem.quota[problem.route], places[problem.route])
    fits = (problem.persons <= room) & (problem.medical_cases <= problem.med_quota[problem.route]) & ~empty[problem.route]
    able = np.bincount(problem.unit[fits], minlength=problem.units) > 0
    return Unreachable(np.flatnonzero(empty), np.flatnonzero(~able & (np.diff(problem.indptr) > 0)))
