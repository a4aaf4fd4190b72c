"""The problem as integer rows over options: what every relaxation and every exact search starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .problem import NO_LIMIT, Ints, Problem

Bools = NDArray[np.bool_]
OPEN_ENDED = 2**62  # stands for a row without a bound on that side


@dataclass(frozen=True)
class Pairs:
    """Options of two tied units on one route: `left` and `right` are options (N,), `tie` the row of ties."""

    tie: Ints
    left: Ints
    right: Ints


@dataclass(frozen=True)
class Stage:
    """One objective: `gain` of each option (P,) and `bonus` of each pair (N,), in milli-points; `level` or None."""

    level: int | None
    gain: Ints
    bonus: Ints

    def value(self, chosen: Ints, pairs: Pairs) -> int:
        """What a set of options is worth in this stage, exactly."""
        used = np.zeros(len(self.gain), dtype=bool)
        used[chosen] = True
        return int(self.gain[chosen].sum()) + int(self.bonus[used[pairs.left] & used[pairs.right]].sum())


@dataclass(frozen=True)
class Model:
    """Rows over options and pairs, (m, P + N): quota, medical, reserved (R each), floors (F), kept stages.

    `lower` and `upper` are (m,), ±2^62 where open-ended. `allowed` options (P,) may still be used; units in
    `must` (U,) have to be placed to keep the value of an earlier stage.
    """

    problem: Problem
    pairs: Pairs
    stage: Stage
    rows: sparse.csr_matrix
    lower: Ints
    upper: Ints
    allowed: Bools
    must: Bools
    kept: tuple[tuple[Stage, int], ...] = ()

    def holds(self, chosen: Ints) -> bool:
        """Whether a set of options keeps every rule, in integers."""
        problem = self.problem
        placed = np.bincount(problem.unit[chosen], minlength=problem.units)
        if (placed > 1).any():
            return False
        x = np.zeros(problem.options, dtype=np.int64)
        x[chosen] = 1
        both = x[self.pairs.left] & x[self.pairs.right]
        load = self.rows @ np.concatenate([x, both])
        goes = load[: problem.routes]
        filled = bool(((goes == 0) | (goes >= problem.min_fill)).all())
        return filled and bool(((load >= self.lower) & (load <= self.upper)).all())


def find_pairs(problem: Problem) -> Pairs:
    """Every route that both units of a tie may take, as pairs of options."""
    found: list[tuple[int, int, int]] = []
    for tie, (one, other, _) in enumerate(problem.ties.tolist()):
        first, second = int(problem.indptr[one]), int(problem.indptr[other])
        ones = problem.route[first : problem.indptr[one + 1]]
        others = problem.route[second : problem.indptr[other + 1]]
        _, left, right = np.intersect1d(ones, others, assume_unique=True, return_indices=True)
        found += [(tie, first + int(a), second + int(b)) for a, b in zip(left, right, strict=True)]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Pairs(table[:, 0], table[:, 1], table[:, 2])


def stages(problem: Problem, pairs: Pairs) -> list[Stage]:
    """The objectives in their order: one in all, or one a level, the highest first.

    A tie's bonus belongs to the lower level of its two units: it is earned only when that one is placed too,
    and must not let somebody less urgent weigh in a more urgent decision.
    """
    bonus = problem.ties[pairs.tie, 2]
    if problem.level is None:
        return [Stage(None, problem.value, bonus)]
    level = problem.level[problem.unit]
    ends = problem.ties[pairs.tie, :2]
    of_pair = problem.level[ends].min(axis=1) if len(ends) else np.zeros(0, dtype=np.int64)
    return [
        Stage(int(each), np.where(level == each, problem.value, 0), np.where(of_pair == each, bonus, 0))
        for each in sorted(set(problem.level.tolist()), reverse=True)
    ] or [Stage(None, problem.value, bonus)]


def build(
    problem: Problem,
    pairs: Pairs,
    stage: Stage,
    kept: Sequence[tuple[Stage, int]] = (),
    allowed: Bools | None = None,
    must: Bools | None = None,
) -> Model:
    """The rows of a problem, with one more for each earlier stage whose value must be kept."""
    allowed = np.ones(problem.options, dtype=bool) if allowed is None else allowed
    must = np.zeros(problem.units, dtype=bool) if must is None else must
    live = allowed[pairs.left] & allowed[pairs.right]
    pairs = Pairs(pairs.tie[live], pairs.left[live], pairs.right[live])
    stage = Stage(stage.level, stage.gain, stage.bonus[live])
    kept = tuple((Stage(old.level, old.gain, old.bonus[live]), value) for old, value in kept)
    blocks = [*_route_rows(problem), _floor_rows(problem)]
    rows = sparse.hstack(
        [sparse.vstack(blocks), sparse.csr_matrix((sum(b.shape[0] for b in blocks), len(pairs.tie)), dtype=np.int64)]
    )
    earlier = [sparse.csr_matrix(np.concatenate([old.gain, old.bonus])[None, :]) for old, _ in kept]
    lower, upper = _bounds(problem, [value for _, value in kept])
    return Model(problem, pairs, stage, sparse.csr_matrix(sparse.vstack([rows, *earlier])), lower, upper, allowed, must, kept)


def _route_rows(problem: Problem) -> list[sparse.csr_matrix]:
    column = np.arange(problem.options)
    shape = (problem.routes, problem.options)
    loads = (problem.persons, problem.medical_cases, problem.persons * (1 - problem.link))
    return [sparse.csr_matrix((load, (problem.route, column)), shape=shape, dtype=np.int64) for load in loads]


def _floor_rows(problem: Problem) -> sparse.csr_matrix:
    group = problem.group[problem.unit]
    dense = [np.where(group == each, problem.persons, 0) for each in problem.floors]
    return sparse.csr_matrix(np.array(dense, dtype=np.int64).reshape(len(dense), problem.options))


def _bounds(problem: Problem, kept: list[int]) -> tuple[Ints, Ints]:
    least = [-OPEN_ENDED] * 3 * problem.routes + list(problem.floors.values()) + kept
    most = [problem.quota, problem.med_quota, problem.quota - problem.reserved]
    no_limit = np.concatenate([problem.quota, problem.med_quota, problem.quota]) == NO_LIMIT
    no_limit[2 * problem.routes :] |= problem.reserved == 0  # the quota row says it already
    upper = np.where(no_limit, OPEN_ENDED, np.concatenate(most))
    open_ended = np.full(len(problem.floors) + len(kept), OPEN_ENDED, dtype=np.int64)
    return np.array(least, dtype=np.int64), np.concatenate([upper, open_ended])
