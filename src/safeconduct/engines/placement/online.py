"""People and places that come over months: each batch is placed at prices of what is still to come.

A place that is given today is not there for the family of next month. What it is worth to those who are still to come is its price
in sampled futures: units like those that came before, and the places that are expected. With every batch the future is shorter, the
places are fewer, and the prices are found anew; a unit then takes the option with the most worth beyond its price, within what is
there. Source: Ahani, Gölz, Procaccia, Teytelboym and Trapp (2021), Dynamic placement in refugee resettlement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .finish import settle
from .model import find_pairs
from .newton import as_integers, dual_prices
from .passes import AtPrices, Rows
from .problem import NO_LIMIT, SCALE, Ints, Problem

FUTURES = 3  # sampled; their prices are averaged


@dataclass(frozen=True, eq=False)
class Season:
    """A problem whose units come in batches, and whose places open in batches too.

    `problem` holds every unit that ever comes; `batch` (U,) says with which batch a unit comes, `opened` (B, R) how many of each
    route's places (persons) are there from batch b on, never falling; its last row is the quota. `waits`: whoever got no place is
    asked again with every later batch; else a unit is decided once. Medical and reserved places open
    in the same share. Block routes, floors, ties and levels have no place in a season: they need everybody at once.

    Shapes: as said. Units: batches, persons.
    Source: as in the module's own words.
    """

    problem: Problem
    batch: Ints
    opened: Ints
    waits: bool = False

    def asked(self, at: int, assign: Ints) -> Ints:
        """The units that are decided with batch `at`, those that wait longest first."""
        come = self.batch <= at if self.waits else self.batch == at
        units = np.flatnonzero(come & (assign < 0))
        return units[np.argsort(self.batch[units], kind="stable")]

    def __post_init__(self) -> None:
        problem = self.problem
        if (problem.min_fill > 0).any() or problem.floors or len(problem.ties) or problem.level is not None:
            raise ValueError("a season has no block routes, floors, ties or levels; solve its parts with `solve`")
        if len(self.batch) != problem.units or (problem.units and not 0 <= self.batch.min() <= self.batch.max() < len(self.opened)):
            raise ValueError("each unit of a season needs the number of its batch, from 0")
        shape = (len(self.opened), problem.routes)
        if self.opened.shape != shape or (np.diff(self.opened, axis=0) < 0).any() or (self.opened[-1:] != problem.quota).any():
            raise ValueError("the places of a season open batch by batch, never fall, and end at the quota")


def by_prices_of_the_future(season: Season, *, seed: int = 0, futures: int = FUTURES, past: Problem | None = None) -> Ints:
    """Each unit's route or -1 (U,), decided batch by batch and never taken back, at prices of sampled futures.

    A future is drawn from the units that came so far, or from those of a `past` season before there are any: as many as
    are still to come, with the places that are expected for them. `seed` makes the draws.

    Shapes: (U,). Units: routes or -1.
    Source: Ahani, Gölz, Procaccia, Teytelboym and Trapp (2021), Dynamic placement in refugee resettlement.
    """
    chance = np.random.default_rng(seed)
    problem, batches = season.problem, len(season.opened)
    assign = np.full(problem.units, -1, dtype=np.int64)
    for at in range(batches):
        now, before = season.asked(at, assign), np.flatnonzero(season.batch <= at)
        to_come = int(np.rint(len(before) / (at + 1) * (batches - at - 1))) if past is None else int((season.batch > at).sum())
        memory = (problem, before) if past is None else (past, np.arange(past.units))
        left = _left(season, assign, batches - 1)
        priced = [_future_prices(problem, memory, now, to_come, left, chance) for _ in range(futures if to_come else 1)]
        here = part_of(problem, now, _left(season, assign, at))
        assign[now] = _taken(here, np.mean(priced, axis=0), final=at == batches - 1)
    return assign


def first_come(season: Season) -> Ints:
    """Each unit's route or -1 (U,): one by one in the order of coming, everybody the best option that still has room.

    Shapes: (U,). Units: routes or -1.
    Source: the rule of thumb that prices are compared with.
    """
    return _greedy(season, lambda units: units)


def greedy(season: Season) -> Ints:
    """Each unit's route or -1 (U,): within each batch those first who are worth most a person, the best option with room.

    Shapes: (U,). Units: routes or -1.
    Source: the rule of thumb that prices are compared with.
    """
    problem = season.problem
    most = np.array([problem.value[a:b].max(initial=0) for a, b in zip(problem.indptr[:-1], problem.indptr[1:], strict=True)])
    return _greedy(season, lambda units: units[np.argsort(-most[units] / problem.size[units], kind="stable")])


def _greedy(season: Season, order: Callable[[Ints], Ints]) -> Ints:
    problem = season.problem
    assign = np.full(problem.units, -1, dtype=np.int64)
    for at in range(len(season.opened)):
        room = _left(season, assign, at)
        for unit in order(season.asked(at, assign)):
            options = np.arange(problem.indptr[unit], problem.indptr[unit + 1])
            for option in options[np.argsort(-problem.value[options], kind="stable")]:
                takes = _takes(problem, np.array([option]))[:, 0]
                route = problem.route[option]
                if problem.value[option] > 0 and (takes <= room[:, route]).all():
                    assign[unit] = route
                    room[:, route] -= takes
                    break
    return assign


def _takes(problem: Problem, options: Ints) -> Ints:
    """Persons, medical cases and persons without a link that options take, (3, N)."""
    unit = np.searchsorted(problem.indptr, options, side="right") - 1
    return np.array([problem.size[unit], problem.medical[unit], problem.size[unit] * (1 - problem.link[options])])


def _left(season: Season, assign: Ints, at: int) -> Ints:
    """Persons, medical cases and persons without a link that each route can still take from batch `at` on, (3, R)."""
    problem = season.problem
    opened, quota = season.opened[at], np.maximum(1, problem.quota)
    medical = np.where(problem.med_quota == NO_LIMIT, 2**40, problem.med_quota * opened // quota)
    reserved = problem.reserved * opened // quota
    chosen = problem.chosen(assign)
    taken = [np.bincount(problem.route[chosen], each, minlength=problem.routes) for each in _takes(problem, chosen)]
    room = np.array([opened, medical, np.where(problem.reserved > 0, opened - reserved, 2**40)])
    left: Ints = np.maximum(0, room - np.array(taken).astype(np.int64))
    return left


def part_of(problem: Problem, units: Ints, room: Ints) -> Problem:
    """Some of the units (repeats allowed) beside the room (3, R) that is left."""
    parts = [np.arange(problem.indptr[unit], problem.indptr[unit + 1]) for unit in units]
    options = np.concatenate([np.zeros(0, dtype=np.int64), *parts])
    medical = np.where(room[1] >= 2**39, NO_LIMIT, room[1])
    reserved = np.where(room[2] >= 2**39, 0, np.maximum(0, room[0] - room[2]))
    return replace(
        problem, size=problem.size[units], medical=problem.medical[units], group=problem.group[units], quota=room[0],
        med_quota=medical, reserved=reserved,
        indptr=np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64),
        route=problem.route[options], value=problem.value[options], link=problem.link[options], rank=problem.rank[options],
    )  # fmt: skip


def _future_prices(
    problem: Problem, memory: tuple[Problem, Ints], now: Ints, to_come: int, room: Ints, chance: np.random.Generator
) -> Ints:
    """Prices (3R,) in 1/SCALE milli-points of the places that are left, for those of now and a sampled future together."""
    here = part_of(problem, now, room)
    source, units = memory
    then = part_of(source, chance.choice(units, to_come) if to_come and len(units) else units[:0], room)
    both = replace(
        here, size=np.concatenate([here.size, then.size]), medical=np.concatenate([here.medical, then.medical]),
        group=np.concatenate([here.group, then.group]), indptr=np.concatenate([here.indptr, here.indptr[-1] + then.indptr[1:]]),
        route=np.concatenate([here.route, then.route]), value=np.concatenate([here.value, then.value]),
        link=np.concatenate([here.link, then.link]), rank=np.concatenate([here.rank, then.rank]),
    )  # fmt: skip
    rows = Rows.of(both)
    return rows.spread(as_integers(dual_prices(both, rows), SCALE))[: 3 * problem.routes].astype(np.int64)


def _taken(here: Problem, prices: Ints, *, final: bool) -> Ints:
    """The best of a batch at prices (3R,) for what it leaves to others: worth beyond price, within the room there is."""
    routes, unit = here.routes, here.unit
    charge = np.zeros(here.options) if final else here.persons * prices[here.route]
    if not final:
        charge = charge + here.medical_cases * prices[routes + here.route]
        charge = charge + here.persons * (1 - here.link) * prices[2 * routes + here.route]
    beyond = replace(here, value=np.rint((SCALE * here.value - charge) / SCALE).astype(np.int64))
    good = np.flatnonzero(beyond.value > 0)
    assign = np.full(here.units, -1, dtype=np.int64)
    if not len(good):
        return assign
    few = replace(
        beyond, indptr=np.searchsorted(good, here.indptr).astype(np.int64), route=beyond.route[good], value=beyond.value[good],
        link=beyond.link[good], rank=beyond.rank[good],
    )  # fmt: skip
    rows = Rows.of(few)
    at = AtPrices(few, rows, as_integers(dual_prices(few, rows), SCALE))
    found = settle(few, find_pairs(few), at)
    if found is not None:
        assign[unit[good[found.chosen]]] = few.route[found.chosen]
    return assign
