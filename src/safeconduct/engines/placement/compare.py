"""Two plans side by side: who gains, who loses, who moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .problem import Ints, Problem


@dataclass(frozen=True, eq=False)
class Comparison:
    """From one plan to another: units that `gained` a place, `lost` it, `moved` to another route or `kept` theirs.

    Each is an ascending array of unit numbers; those without a place in both are `waiting`. `persons` counts the
    persons behind each name. `flow` is (R+1, R+1), persons from row to column, the last index for no place.
    `value` is the difference in milli-points of the units' own options, tie bonuses apart.

    Shapes: unit numbers of any length, `flow` (R+1, R+1). Units: persons, milli-points.
    Source: the two assignments.
    """

    gained: Ints
    lost: Ints
    moved: Ints
    kept: Ints
    waiting: Ints
    persons: dict[str, int]
    flow: Ints
    value: int


def compare(problem: Problem, before: Ints, after: Ints) -> Comparison:
    """Compare two assignments, each (U,) with a route or -1 a unit, of one problem.

    Persons and milli-points as in `Comparison`.

    Shapes: `before` and `after` (U,). Units: persons, milli-points.
    Source: the two assignments.
    """
    if not len(before) == len(after) == problem.units:
        raise ValueError("both plans need one route or -1 for each unit of the problem")
    before, after = np.asarray(before), np.asarray(after)
    had, has, same = before >= 0, after >= 0, before == after
    parts = {
        "gained": ~had & has,
        "lost": had & ~has,
        "moved": had & has & ~same,
        "kept": had & same,
        "waiting": ~had & ~has,
    }
    flow = np.zeros((problem.routes + 1, problem.routes + 1), dtype=np.int64)
    np.add.at(flow, (before, after), problem.size)  # -1 is the last row and column
    worth = [int(problem.value[problem.chosen(each)].sum()) for each in (before, after)]
    return Comparison(
        **{name: np.flatnonzero(mask) for name, mask in parts.items()},
        persons={name: int(problem.size[mask].sum()) for name, mask in parts.items()},
        flow=flow,
        value=worth[1] - worth[0],
    )
