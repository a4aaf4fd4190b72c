"""Nobody left behind, and who has a reason to complain: what an optimum does not give by itself.

Floors that raise the worst-off group as far as it goes; and justified envy, of a place that somebody with a weaker claim was
given. Sources: Bertsimas, Farias and Trichakis (2011), The price of fairness, for the largest smallest share; Abdulkadiroğlu and
Sönmez (2003), School choice, for justified envy; Delacrétaz, Kominers and Teytelboym (2023) for families of several persons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from scipy import sparse

from .finish import closing_in
from .floors import MANY, smallest_shortfall
from .highs import INFINITY, PLAIN, TIGHT, Programme, SearchFailed, Solver
from .model import Model, build, find_pairs, stages
from .problem import NO_LIMIT, Ints, Problem
from .search import kernel_programme

PARTS = 10**6  # a share is found to within one of so many parts


@dataclass(frozen=True)
class Fairest:
    """`floors` (persons a group, never below those of the problem) that give every group at least `share` of its people a place.

    Shapes: one number a group. Units: persons; `share` from 0 to 1.
    Source: the largest smallest share, Bertsimas, Farias and Trichakis (2011).
    """

    floors: Mapping[int, int]
    share: float


def fairest_floors(problem: Problem) -> Fairest | None:
    """The floors that lift the smallest share of any group as high as the rules allow; None where the problem's own can't be met.

    `replace(problem, floors=…)` with them is a problem like any other: `solve` finds the best plan that leaves no group behind.
    Groups without an option are left out: no rule can place them. More than 20,000 options: to within about one person.

    Shapes: one number a group. Units: persons.
    Source: Bertsimas, Farias and Trichakis (2011), The price of fairness.
    """
    if problem.floors and smallest_shortfall(problem).short:
        return None
    able = problem.group[np.diff(problem.indptr) > 0]
    groups = sorted({*able[able >= 0].tolist(), *problem.floors})
    people = {group: int(problem.size[problem.group == group].sum()) for group in groups}
    if not groups:
        return Fairest(MappingProxyType({}), 1.0)
    # the share is a column of its own, so the problem's floors stay rows
    told = replace(problem, ties=problem.ties[:0], level=None)
    pairs = find_pairs(told)
    model = build(told, pairs, stages(told, pairs)[0])
    programme = _lifting(model, told, people)
    for options in ({}, TIGHT, TIGHT | PLAIN):
        if problem.options > MANY:
            x = closing_in(
                programme, problem.units, problem.options, PARTS / max(1, int(problem.size.sum())), options, None, within=60.0
            )
        else:
            x = Solver(programme, options).run().x
        chosen = np.flatnonzero(x[: problem.options] > 0.5) if x is not None else np.zeros(0, dtype=np.int64)
        if x is not None and model.holds(chosen):
            return _told(problem, chosen, people)
    raise SearchFailed("the fairest floors could not be settled")


def _told(problem: Problem, chosen: Ints, people: Mapping[int, int]) -> Fairest:
    """Floors of the smallest share that a plan gives; whole numbers, so that its own persons meet them."""
    unit = np.searchsorted(problem.indptr, chosen, side="right") - 1
    placed = {group: int(problem.size[unit[problem.group[unit] == group]].sum()) for group in people}
    low = min(people, key=lambda group: placed[group] / people[group])
    own, of = placed[low], people[low]
    floors = {group: max(-(-own * each // of), problem.floors.get(group, 0)) for group, each in people.items()}
    return Fairest(MappingProxyType(floors), own / of)


def _lifting(model: Model, problem: Problem, people: Mapping[int, int]) -> Programme:
    """Maximise PARTS x the share that every group reaches; nothing else is worth anything."""
    whole, _ = kernel_programme(model, np.arange(problem.options), np.zeros(problem.units, dtype=bool))
    assert whole.whole is not None
    of_option = problem.group[problem.unit]
    members = sparse.csr_matrix(np.array([np.where(of_option == group, problem.persons, 0) for group in people]))
    beside = sparse.csr_matrix((len(people), len(whole.gain) - problem.options))
    all_of = sparse.csr_matrix(np.array([[-float(each)] for each in people.values()]))
    rows = sparse.bmat([[whole.rows, None], [sparse.hstack([members, beside]), all_of]], format="csr")
    return Programme(
        np.concatenate([np.zeros(len(whole.gain)), [float(PARTS)]]),
        np.concatenate([whole.lower, [0.0]]),
        np.concatenate([whole.upper, [1.0]]),
        rows,
        np.concatenate([whole.row_lower, np.zeros(len(people))]),
        np.concatenate([whole.row_upper, np.full(len(people), INFINITY)]),
        np.concatenate([whole.whole, [False]]),
    )


@dataclass(frozen=True, eq=False)
class Envy:
    """Options of justified envy: `unit` and `route`, one entry each, ascending.

    Shapes: (E,) both. Units: numbers of units and routes.
    Source: Abdulkadiroğlu and Sönmez (2003), School choice.
    """

    unit: Ints
    route: Ints

    @property
    def units(self) -> int:
        """How many units envy somewhere."""
        return len(np.unique(self.unit))


def justified_envy(problem: Problem, assign: Ints) -> Envy:
    """Where a unit would rather be (a better rank than its own, or it has no place), has a better claim than a unit that is
    there, and would fit in that unit's place under every limit of the route.

    A claim is better by level, then by a family link there, then by value a person. Whom a unit envies is not told. `assign` (U,).

    Shapes: (U,) in, (E,) out. Units: routes or -1.
    Source: Abdulkadiroğlu and Sönmez (2003); for sizes Delacrétaz, Kominers and Teytelboym (2023).
    """
    assign = np.asarray(assign)
    level = np.zeros(problem.units, dtype=np.int64) if problem.level is None else problem.level
    unit, size = problem.unit, problem.persons
    chosen = problem.chosen(assign)
    rank = np.full(problem.units, np.iinfo(np.int64).max)
    rank[unit[chosen]] = problem.rank[chosen]
    rather = (problem.rank < rank[unit]) & (problem.route != assign[unit])
    takes = np.array([size, problem.medical_cases, size * (1 - problem.link)])
    found = []
    for route in range(problem.routes):
        there, wanting = chosen[problem.route[chosen] == route], np.flatnonzero(rather & (problem.route == route))
        if not len(there) or not len(wanting):
            continue
        free = _free(problem, route, there)
        for each in wanting:
            mine = (level[unit[each]], problem.link[each], problem.value[each] * size[there])
            weaker = level[unit[there]] < mine[0]
            same = level[unit[there]] == mine[0]
            weaker |= same & (problem.link[there] < mine[1])
            weaker |= same & (problem.link[there] == mine[1]) & (problem.value[there] * size[each] < mine[2])
            fits = (takes[:, each, None] <= free[:, None] + takes[:, there]).all(axis=0)
            kept = size[there].sum() - size[there] + size[each] >= problem.min_fill[route]
            if (weaker & fits & kept).any():
                found.append(int(each))
    options = np.sort(np.array(found, dtype=np.int64))
    return Envy(unit[options], problem.route[options].astype(np.int64))


def _free(problem: Problem, route: int, there: Ints) -> Ints:
    """Persons, medical cases and persons without a link that a route could still take, (3,)."""
    quota, reserved = int(problem.quota[route]), int(problem.reserved[route])
    limits = [quota, int(problem.med_quota[route]), quota - reserved if reserved else NO_LIMIT]
    size = problem.persons[there]
    taken = [size.sum(), problem.medical_cases[there].sum(), (size * (1 - problem.link[there])).sum()]
    return np.array([2**40 if most == NO_LIMIT else most - int(has) for most, has in zip(limits, taken, strict=True)])
