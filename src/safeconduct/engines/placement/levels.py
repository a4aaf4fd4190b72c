"""Urgency levels of large problems: one after the other, each keeping what those above are worth.

A stage gives the value of the levels above it a weight, so that giving some of it up does not pay; where the plan gives some up
even so, what they are worth becomes a rule of the programme among the contested, or their units stay where they were and the others
take what is left, whichever is better. What a stage's own level can be worth
at most, while those above keep theirs, follows from the bound of the weighted problem less what is kept: a Lagrangean bound, valid
at any weight. Source: Geoffrion (1974), Lagrangean relaxation for integer programming.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .finish import Kept, settle
from .highs import Limit
from .large import by_prices, can_be_priced, prices_alone
from .model import OPEN_ENDED, Bools, Stage, build, find_pairs, stages
from .newton import as_integers, dual_prices
from .passes import AtPrices, Rows
from .plan import StageResult
from .prices import Certificate
from .problem import NO_LIMIT, SCALE, Ints, Problem

WEIGHT, STEEPER, TRIES = 8, 16, 2
LOOKS = 10  # at the prices of other weights
SEARCHED = 20_000  # options up to which a weighted problem is searched to its end: more take long and prove little of a level


@dataclass(frozen=True)
class Staged:
    """Options `chosen` (ascending), one result a level, the highest first, and a certificate of the whole without levels."""

    chosen: Ints
    results: tuple[StageResult, ...]
    certificate: Certificate

    @property
    def proven(self) -> bool:
        """Whether every level is worth as much as it can be."""
        return all(each.value == each.bound for each in self.results)


def by_levels(problem: Problem, *, limit: Limit | None = None) -> Staged | None:
    """The best plan level by level that prices lead to, with what each level can be worth at most; None where none was found.

    Source: as in the module's own words.
    """
    assert problem.level is not None
    pairs = find_pairs(problem)
    order = [stage for stage in stages(problem, pairs) if stage.level is not None]
    chosen: Ints | None = None
    weight: dict[int, int] = {}
    results: list[StageResult] = []
    for stage in order:
        assert stage.level is not None
        told = _stage(problem, order, stage.level, weight, results, chosen, limit)
        if told is None:
            return None
        chosen, ceiling = told
        values = [each.value(chosen, pairs) for each in order]
        results = [replace(each, value=value, bound=max(value, each.bound)) for each, value in zip(results, values, strict=False)]
        value = values[len(results)]
        results.append(StageResult(stage.level, value, max(value, ceiling)))
        weight[stage.level] = WEIGHT
    if chosen is None:
        return None
    return Staged(chosen, tuple(results), prices_alone(replace(problem, level=None)))


def _stage(
    problem: Problem,
    order: Sequence[Stage],
    level: int,
    weight: dict[int, int],
    above: Sequence[StageResult],
    before: Ints | None,
    limit: Limit | None,
) -> tuple[Ints, int] | None:
    """Options of a plan in which no level above is worth less than it was, the best for this level, and this level's bound.

    `weight` of the levels above is raised where the plan would give some up; `before` are the options of the plan so far.
    """
    pairs, ceiling = find_pairs(problem), OPEN_ENDED
    own = next(stage for stage in order if stage.level == level)
    keeping: list[Ints] = []
    plain = not len(problem.ties) and not (problem.min_fill > 0).any()  # else a price does not tell what each unit takes
    if plain and above:
        weight |= _tuned(problem, level, weight, {each.level: each.value for each in above}, limit)
    for _ in range(1 if plain else TRIES):
        told = weighted(problem, weight | {level: 1})
        prove = not above or problem.options <= SEARCHED
        found = by_prices(told, limit=limit, prove=prove) if can_be_priced(told) else None
        if found is None:
            break
        ceiling = min(ceiling, found.bound - sum(weight[each.level] * each.value for each in above))
        worth = {stage.level: stage.value(found.chosen, pairs) for stage in order}
        if all(worth[each.level] >= each.value for each in above):
            return found.chosen, ceiling
        if plain and before is not None:
            keeping += _keeping(told, _times(problem, weight | {level: 1}), order, above, before, limit)
        weight |= {each: STEEPER * times for each, times in weight.items()}
    if before is None or ceiling == OPEN_ENDED:
        return None
    keeping.append(_beside(problem, level, before, limit))
    return max(keeping, key=lambda chosen: own.value(chosen, pairs)), ceiling


def _tuned(problem: Problem, level: int, weight: Mapping[int, int], kept: Mapping[int, int], limit: Limit | None) -> dict[int, int]:
    """Weights of the levels above at which a level is bounded lowest: heavier where the prices' own choice gives some of what is
    `kept` up, lighter where it leaves more than that. A search along each weight, in steps that shrink with every turn."""
    assert problem.level is not None
    now, step = {each: weight[each] for each in kept}, dict.fromkeys(kept, 4.0)
    turns: dict[int, bool] = {}  # level → what would be a turn
    best: tuple[float, dict[int, int]] = (math.inf, dict(now))
    for _ in range(LOOKS):
        told = weighted(problem, now | {level: 1})
        if not can_be_priced(told) or (limit is not None and limit.left() <= 0):
            break
        rows = Rows.of(told)
        at = AtPrices(told, rows, as_integers(dual_prices(told, rows), SCALE))
        found = at.margins()
        ceiling = at.top(found) // SCALE - sum(now[each] * value for each, value in kept.items())
        best = min(best, (ceiling, dict(now)), key=lambda each: each[0])
        chosen = found.option[found.option >= 0]
        of = problem.level[np.searchsorted(problem.indptr, chosen, side="right") - 1]
        for each, value in kept.items():
            short = int(problem.value[chosen[of == each]].sum()) < value
            step[each] = step[each] ** 0.5 if turns.get(each) == short else step[each]
            turns[each] = not short
            now[each] = max(1, round(now[each] * step[each] if short else now[each] / step[each]))
    return best[1]


def _keeping(
    told: Problem, times: Ints, order: Sequence[Stage], above: Sequence[StageResult], before: Ints, limit: Limit | None
) -> list[Ints]:
    """The best plan that prices of a weighted problem lead to and in which no level above is worth less than it was, if there is
    one."""
    rows = Rows.of(told)
    at = AtPrices(told, rows, as_integers(dual_prices(told, rows), SCALE))
    gains = {stage.level: stage.gain for stage in order}
    unit = np.searchsorted(told.indptr, before, side="right") - 1
    known = before[np.isin(unit, np.flatnonzero(times > 1))]
    sums = [(gains[each.level], each.value) for each in above]
    found = settle(told, find_pairs(told), at, limit=limit, kept=Kept(sums, known, np.maximum(1, times)))
    return [] if found is None else [found.chosen]


def _beside(problem: Problem, level: int, before: Ints, limit: Limit | None) -> Ints:
    """The best for this level beside those of the levels above, who stay where they are; as `before` where that does not hold."""
    assert problem.level is not None
    unit = np.searchsorted(problem.indptr, before, side="right") - 1
    held = before[problem.level[unit] > level]
    rest, options = without(weighted(problem, {level: 1}), held, problem.level > level)
    found = by_prices(rest, limit=limit, prove=problem.options <= SEARCHED)
    if found is None:
        return before
    chosen = np.sort(np.concatenate([held, options[found.chosen]]))
    plain = replace(problem, level=None)
    pairs = find_pairs(plain)
    return chosen if build(plain, pairs, stages(plain, pairs)[0]).holds(chosen) else before


def without(problem: Problem, held: Ints, gone: Bools) -> tuple[Problem, Ints]:
    """The problem without the units that are `gone` (U,), whose options `held` keep their places; and the options that are left.

    A tie to somebody who is held becomes worth of the option that keeps it.
    """
    routes, unit = problem.routes, np.searchsorted(problem.indptr, held, side="right") - 1
    route, size = problem.route[held], problem.size[unit]
    persons = np.bincount(route, size, minlength=routes).astype(np.int64)
    medical = np.bincount(route, problem.medical[unit], minlength=routes).astype(np.int64)
    unlinked = np.bincount(route, size * (1 - problem.link[held]), minlength=routes).astype(np.int64)
    quota = np.where(problem.quota == NO_LIMIT, NO_LIMIT, problem.quota - persons)
    open_ = problem.quota - problem.reserved - unlinked
    goes = np.full(problem.units, -1, dtype=np.int64)
    goes[unit] = route
    value, ties = problem.value.copy(), problem.ties
    for one, other, bonus in ties[gone[ties[:, 0]] != gone[ties[:, 1]]].tolist():
        stays, free = (one, other) if gone[one] else (other, one)
        mine = slice(int(problem.indptr[free]), int(problem.indptr[free + 1]))
        value[mine] += np.where(problem.route[mine] == goes[stays], bonus, 0)
    count = np.where(gone, 0, np.diff(problem.indptr))
    left = np.flatnonzero(~np.repeat(gone, np.diff(problem.indptr)))
    placed = {group: int(size[problem.group[unit] == group].sum()) for group in problem.floors}
    rest = replace(
        problem, quota=quota, med_quota=np.where(problem.med_quota == NO_LIMIT, NO_LIMIT, problem.med_quota - medical),
        reserved=np.where(problem.reserved > 0, np.clip(quota - open_, 0, quota), 0),
        min_fill=np.maximum(0, problem.min_fill - persons),
        indptr=np.concatenate([[0], np.cumsum(count)]).astype(np.int64), route=problem.route[left], value=value[left],
        link=problem.link[left], rank=problem.rank[left], ties=ties[~gone[ties[:, 0]] & ~gone[ties[:, 1]]],
        floors={group: max(0, least - placed[group]) for group, least in problem.floors.items()},
    )  # fmt: skip
    return rest, left


def weighted(problem: Problem, weight: Mapping[int, int]) -> Problem:
    """The problem without levels, each level's values times its weight, 0 for those without; a tie has that of its lower level."""
    assert problem.level is not None
    times = _times(problem, weight)
    value = problem.value.copy()
    for first in range(0, problem.units, 20_000):  # so that memory does not grow with the problem
        some = slice(int(problem.indptr[first]), int(problem.indptr[min(first + 20_000, problem.units)]))
        value[some] *= np.repeat(times[first : first + 20_000], np.diff(problem.indptr[first : first + 20_001]))
    ties = problem.ties.copy()
    if len(ties):
        lower = np.where(problem.level[ties[:, 0]] <= problem.level[ties[:, 1]], ties[:, 0], ties[:, 1])
        ties[:, 2] *= times[lower]
    return replace(problem, value=value, ties=ties, level=None)


def _times(problem: Problem, weight: Mapping[int, int]) -> Ints:
    """The weight of each unit's level, (U,); 0 for a level without."""
    times = np.zeros(problem.units, dtype=np.int64)
    for level, each in weight.items():
        times[problem.level == level] = each
    return times
