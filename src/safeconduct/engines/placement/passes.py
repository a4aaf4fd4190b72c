"""One pass over all options at given prices: what every unit would take, how much is asked of each row, and how that bends.

Compiled, in compressed rows, on every core that the machine has. A row is one limit: persons, medical cases or persons without a
link on a route; persons of a group with a floor; persons on a block route that is held open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import config, njit
from numpy.typing import NDArray

from .problem import NO_LIMIT, SCALE, Ints, Problem

Floats = NDArray[np.float64]
FAR = 16.0  # an option that many temperatures below the best is not taken
PARTS = 8  # always so many, so that sums come out alike on every machine
CERTAIN = 1 - 1e-7
COUNTS = 1e-5  # a share of a unit that bends the price surface


@dataclass(frozen=True)
class Rows:
    """The limits that there are, D of them, and what each can take.

    `capacity` (D,): persons or medical cases, negative where at least so many are asked for. `place` (4R + F,): where a limit
    stands among the D, or -1 where there is none; first the quota of each route, then its medical cases, persons without a link,
    the fill of a block route held open, and the floors. `floor` (U,): which of these is the unit's, or -1. `breadth` (D,): how
    far a price moves while a person's moves by 1. `closed` (R,): block routes that nobody takes; they cost more than anybody is
    worth, `shut` a person, in place of a copy of the problem without them.
    """

    capacity: Floats
    place: Ints
    floor: Ints
    breadth: Floats
    closed: Ints
    shut: int

    @classmethod
    def of(cls, problem: Problem, opened: tuple[int, ...] = (), closed: tuple[int, ...] = ()) -> Rows:
        """The limits of a problem whose block routes `opened` must take their minimum fill, and whose `closed` ones take nobody."""
        routes, floors = problem.routes, np.array([*problem.floors.values()], dtype=np.int64)
        limits = [problem.quota, problem.med_quota, problem.quota - problem.reserved, -problem.min_fill, -floors]
        limited = problem.quota != NO_LIMIT
        stands = np.concatenate(
            [
                limited, problem.med_quota != NO_LIMIT, limited & (problem.reserved > 0), np.isin(np.arange(routes), opened),
                np.ones(len(floors), dtype=bool),
            ]
        )  # fmt: skip
        breadth = np.ones(len(stands))
        ill = problem.medical > 0
        breadth[routes : 2 * routes] = problem.size[ill].sum() / max(1, problem.medical.sum()) if ill.any() else 1.0
        of_group = {group: 4 * routes + at for at, group in enumerate(problem.floors)}
        groups, inverse = np.unique(problem.group, return_inverse=True)
        floor = np.array([of_group.get(int(group), -1) for group in groups], dtype=np.int64)[inverse]
        place = np.where(stands, np.cumsum(stands) - 1, -1)
        shut = np.array(closed, dtype=np.int64)
        return cls(
            np.concatenate(limits)[stands].astype(np.float64),
            place,
            floor,
            breadth[stands],
            shut,
            2 * SCALE * most_worth(problem) + 1,
        )

    def spread(self, prices: NDArray[Any]) -> NDArray[Any]:
        """Prices (D,) at their places among all (4R + F,), 0 where there is no limit, `shut` on a closed route."""
        spread = np.where(self.place >= 0, prices[self.place], 0) if len(prices) else np.zeros(len(self.place), dtype=prices.dtype)
        spread[self.closed] = self.shut
        return spread


def most_worth(problem: Problem) -> int:
    """No option is worth more or less than that, with every bonus there is, milli-points."""
    return max(int(problem.value.max(initial=0)), -int(problem.value.min(initial=0))) + int(problem.ties[:, 2].sum())


@dataclass(frozen=True)
class Smoothed:
    """The dual at some prices and a temperature: `value` smoothed, `top` exact (milli-points), `load` (D,), `bend` (D, D)."""

    value: float
    top: float
    load: Floats
    bend: Floats


class Market:
    """The units with what they may take, ready to be asked at prices; `among` picks some of them."""

    def __init__(self, problem: Problem, rows: Rows, pool: Executor, among: Ints | None = None) -> None:
        self.rows, self._pool, self._data = rows, pool, _data(problem, rows)
        self._parts = np.array_split(np.arange(problem.units) if among is None else among, PARTS)

    def smoothed(self, prices: Floats, temperature: float) -> Smoothed:
        """What is asked of the rows at prices (D,), where a unit of s persons takes options with the odds of s temperatures."""
        spread = self.rows.spread(prices)
        parts = list(self._pool.map(lambda units: self._smooth(units, spread, temperature), self._parts))
        value, top = (float(sum(part[at] for part in parts)) for at in (0, 1))
        load, bend = parts[0][2:]
        for part in parts[1:]:
            load += part[2]
            bend += part[3]
        return Smoothed(value, top, load, bend)

    def _smooth(self, units: Ints, spread: Floats, temperature: float) -> tuple[float, float, Floats, Floats]:
        many = len(self.rows.capacity)
        load, bend = np.zeros(many), np.zeros((many, many))
        value, top = _smooth(units, *self._data, spread, self.rows.place, temperature, load, bend)
        return value, top, load, bend


def _data(problem: Problem, rows: Rows) -> tuple[Any, ...]:
    return problem.indptr, problem.route, problem.value, problem.link, problem.size, problem.medical, rows.floor, problem.routes


@contextmanager
def every_core() -> Iterator[ThreadPoolExecutor]:
    """A pool of threads, one for each core that this process may use. What comes out does not depend on how many."""
    with ThreadPoolExecutor(_cores()) as pool:
        yield pool


def _cores() -> int:
    known: Any = config  # its names are made when it is loaded
    return int(known.NUMBA_NUM_THREADS)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compiled once and kept beside the source; other threads go on meanwhile."""
    made: Callable[..., Any] = njit(nogil=True, cache=True)(function)
    return made


@compiled
def _smooth(units, indptr, route, value, link, size, medical, floor, routes, price, place, temperature, load, bend):  # type: ignore[no-untyped-def]
    most = 0
    for u in units:
        most = max(most, indptr[u + 1] - indptr[u])
    net, share = np.empty(most), np.empty(most)
    taken = np.empty(most, dtype=np.int64)
    row, weight, many = np.empty((most, 5), dtype=np.int64), np.empty((most, 5)), np.empty(most, dtype=np.int64)
    total, top = 0.0, 0.0
    for u in units:
        first, last = indptr[u], indptr[u + 1]
        s, m, f = float(size[u]), float(medical[u]), floor[u]
        base = s * price[f] if f >= 0 else 0.0
        best = 0.0
        for o in range(first, last):
            r = route[o]
            worth = value[o] + base - s * (price[r] - price[3 * routes + r]) - m * price[routes + r]
            if link[o] == 0:
                worth -= s * price[2 * routes + r]
            net[o - first] = worth
            if worth > best:
                best = worth
        top += best
        heat = temperature * s
        low = best - FAR * heat
        amount = np.exp(-best / heat) if low < 0.0 else 0.0
        n = 0
        for at in range(last - first):
            if net[at] > low:
                share[n] = np.exp((net[at] - best) / heat)
                amount += share[n]
                taken[n] = at
                n += 1
        total += best + heat * np.log(amount)
        kept = 0
        for i in range(n):
            p = share[i] / amount
            if p < COUNTS:
                continue
            o = first + taken[i]
            r = route[o]
            k = 0
            if place[r] >= 0:
                row[kept, k], weight[kept, k] = place[r], s
                k += 1
            if m > 0 and place[routes + r] >= 0:
                row[kept, k], weight[kept, k] = place[routes + r], m
                k += 1
            if link[o] == 0 and place[2 * routes + r] >= 0:
                row[kept, k], weight[kept, k] = place[2 * routes + r], s
                k += 1
            if place[3 * routes + r] >= 0:
                row[kept, k], weight[kept, k] = place[3 * routes + r], -s
                k += 1
            if f >= 0:
                row[kept, k], weight[kept, k] = place[f], -s
                k += 1
            many[kept] = k
            share[kept] = p
            for a in range(k):
                load[row[kept, a]] += p * weight[kept, a]
            kept += 1
        if kept == 0 or (kept == 1 and share[0] > CERTAIN):
            continue
        for i in range(kept):
            for j in range(kept):
                w = -share[i] * share[j]
                if i == j:
                    w += share[i]
                w /= heat
                for a in range(many[i]):
                    for b in range(many[j]):
                        bend[row[i, a], row[j, b]] += w * weight[i, a] * weight[j, b]
    return total, top


@dataclass(frozen=True)
class Margins:
    """Each unit at whole prices: its `best` net value, the `second` best (staying is worth 0), in 1/SCALE milli-points, and the
    option of the best, or -1 where it stays. All (U,)."""

    best: Ints
    second: Ints
    option: Ints

    @property
    def margin(self) -> Ints:
        """What a unit loses, at least, by taking anything but its best."""
        return self.best - self.second


@dataclass(frozen=True)
class AtPrices:
    """A problem at whole prices (D,) of its rows, in 1/SCALE milli-points. `scale`: how many of these make one of its values, SCALE
    as it was read, 1 where bonuses of ties have been shared out into its values."""

    problem: Problem
    rows: Rows
    prices: Ints
    scale: int = SCALE

    def margins(self) -> Margins:
        """Each unit's best and second best."""
        best, second, option = (np.empty(self.problem.units, dtype=np.int64) for _ in range(3))
        _margins(*_data(self.problem, self.rows), self.rows.spread(self.prices), self.scale, best, second, option)
        return Margins(best, second, option)

    def top(self, found: Margins) -> int:
        """No plan is worth more, in 1/SCALE milli-points; `found` are the margins."""
        places = sum(int(price) * int(room) for price, room in zip(self.prices, self.rows.capacity, strict=True))
        return int(found.best.sum()) + places

    def within(self, units: Ints, best: Ints, most: Ints) -> Ints:
        """The options of these units (N,) that lose at most `most` (N,) against `best` (N,), in 1/SCALE milli-points."""
        indptr = self.problem.indptr
        found = np.empty(int((indptr[units + 1] - indptr[units]).sum()), dtype=np.int64)
        spread = self.rows.spread(self.prices)
        some = found[: _within(units, *_data(self.problem, self.rows), spread, self.scale, best, most, found)]
        return some[~np.isin(self.problem.route[some], self.rows.closed)] if len(self.rows.closed) else some


@compiled
def _margins(indptr, route, value, link, size, medical, floor, routes, price, scale, best, second, option):  # type: ignore[no-untyped-def]
    for u in range(len(size)):
        s, m = size[u], medical[u]
        base = s * price[floor[u]] if floor[u] >= 0 else 0
        first, next_, at = 0, -(2**62), -1
        for o in range(indptr[u], indptr[u + 1]):
            r = route[o]
            worth = scale * value[o] + base - s * (price[r] - price[3 * routes + r]) - m * price[routes + r]
            if link[o] == 0:
                worth -= s * price[2 * routes + r]
            if worth > first:
                first, next_, at = worth, first, o
            elif worth > next_:
                next_ = worth
        best[u], second[u], option[u] = first, next_, at


@compiled
def _within(units, indptr, route, value, link, size, medical, floor, routes, price, scale, best, most, found):  # type: ignore[no-untyped-def]
    n = 0
    for i in range(len(units)):
        u = units[i]
        s, m = size[u], medical[u]
        base = s * price[floor[u]] if floor[u] >= 0 else 0
        for o in range(indptr[u], indptr[u + 1]):
            r = route[o]
            worth = scale * value[o] + base - s * (price[r] - price[3 * routes + r]) - m * price[routes + r]
            if link[o] == 0:
                worth -= s * price[2 * routes + r]
            if best[i] - worth <= most[i]:
                found[n] = o
                n += 1
    return n
