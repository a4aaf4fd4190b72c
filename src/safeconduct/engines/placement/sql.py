"""Prices of problems that are larger than one machine's memory: each pass over the options is two aggregates in SQL.

The statements are plain enough for DuckDB and Spark alike; the caller runs them and hands the rows back, so that nothing here reads
or writes. One statement gives what is asked of each route and the smoothed value, a second how that bends; the Newton steps between
them are those of `newton`. The bound at whole prices is a third, exact in integers, and the same wherever it is computed.
Sources: as in `newton`; for a dual at scale with a distributed pass, Basu, Ghoting, Mazumder and Pan (2020), ECLIPSE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .newton import CLOSE, ON_A_SAMPLE, ON_ALL, as_integers, descend
from .passes import CERTAIN, COUNTS, FAR, Floats, Rows, Smoothed
from .problem import SCALE, Ints, Problem

Run = Callable[[str], Iterable[Sequence[Any]]]
COLUMNS = ("unit", "size", "medical", "route", "value", "link")
KINDS = ("o.size", "o.medical", "o.size * (1 - o.link)")  # what an option takes: persons, medical cases, persons without a link


@dataclass(frozen=True, eq=False)
class Routes:
    """The routes of a problem whose options stand in a table, `table`, with the columns `COLUMNS`, one row an option.

    `quota`, `med_quota`, `reserved` are (R,), as in a problem; 2147483647 = no limit. Block routes, floors and ties are not for
    this way: their decisions need a plan, and a plan needs one machine.

    Shapes: (R,). Units: persons, medical cases.
    Source: the format `safeconduct-placement-1`.
    """

    table: str
    quota: Ints
    med_quota: Ints
    reserved: Ints

    def rows(self) -> Rows:
        """The limits that there are; a `Problem` of routes alone says which."""
        none, nobody = np.zeros(0, dtype=np.int64), np.zeros(len(self.quota), dtype=np.int64)
        bare = Problem(
            "", none, none, none, self.quota, self.med_quota, self.reserved, nobody, np.zeros(1, dtype=np.int64), none, none, none,
            none, none.reshape(0, 3),
        )  # fmt: skip
        return Rows.of(bare)


def bound_of(run: Run, routes: Routes, prices: Ints) -> int:
    """No plan is worth more, in whole milli-points, at integer prices (3R,) in 1/1024 milli-points: quota, medical, without a link.

    `run` executes one statement and gives its rows. The same integer as `prices.bound` gives, and a certificate holds.

    Shapes: (3R,). Units: 1/1024 milli-points in, milli-points out.
    Source: the format `safeconduct-placement-1`, “The bound, exactly”.
    """
    if (np.asarray(prices) < 0).any():
        raise ValueError("a price is never negative")
    least = _one(run, f"{net_table(routes, prices, SCALE)} SELECT SUM(CAST(best AS DECIMAL(38, 0))) FROM (SELECT unit, "
                      "GREATEST(MAX(net), 0) AS best FROM net GROUP BY unit) AS units")  # fmt: skip
    places = np.concatenate([routes.quota, routes.med_quota, routes.quota - routes.reserved])
    return (int(least or 0) + sum(int(price) * int(room) for price, room in zip(prices, places, strict=True) if price)) // SCALE


def prices_by_sql(run: Run, routes: Routes, *, sampled: str | None = None, near: Ints | None = None) -> Ints:
    """Prices (3R,) in 1/1024 milli-points whose bound lies close to that of the linear relaxation.

    `sampled` names a table like that of the routes with the options of some thousand units; the first steps are made on it. `near`
    are prices (3R,) that are close already, yesterday's for instance. The bound that follows is valid whatever comes out. About 80
    passes over all options, 30 from near.

    Shapes: (3R,). Units: 1/1024 milli-points.
    Source: as in the module's own words.
    """
    rows = routes.rows()
    scale = worth_of_a_person(run, routes)
    spread: Ints = np.zeros(3 * len(routes.quota), dtype=np.int64)
    if scale == 0.0 or not len(rows.capacity):
        return spread
    start = np.zeros(len(rows.capacity))
    if near is not None:
        stands = np.flatnonzero(rows.place >= 0)
        start[rows.place[stands]] = np.asarray(near)[stands] / SCALE
    elif sampled is not None:
        share = float(_persons(run, sampled)) / max(1.0, float(_persons(run, routes.table)))
        some = SqlMarket(run, Routes(sampled, routes.quota, routes.med_quota, routes.reserved), rows)
        start = descend(some, start, rows.capacity * share, ON_A_SAMPLE, scale).prices
    heats = ON_ALL[CLOSE:] if near is not None else ON_ALL if sampled is not None else ON_A_SAMPLE + ON_ALL[2:]
    found = descend(SqlMarket(run, routes, rows), start, rows.capacity, heats, scale).lowest
    return np.asarray(rows.spread(as_integers(found, SCALE))[: len(spread)], dtype=np.int64)


class SqlMarket:
    """What `newton.descend` asks of a market, answered by statements."""

    def __init__(self, run: Run, routes: Routes, rows: Rows) -> None:
        self.run, self.routes, self.rows = run, routes, rows

    def smoothed(self, prices: Floats, temperature: float) -> Smoothed:
        """As `passes.Market.smoothed`: two statements."""
        shares = self._shares(self.rows.spread(prices), temperature)
        many = len(self.rows.capacity)
        load, bend = np.zeros(many), np.zeros((many, many))
        value = top = 0.0
        counted = f"route >= 0 AND p > {COUNTS} AND p < {CERTAIN}"  # a unit that is certain bends nothing
        sums = ", ".join(f"SUM(p * {kind})" for kind in KINDS)
        own = ", ".join(
            f"SUM(CASE WHEN {counted} THEN p * {a} * {b} / heat ELSE 0.0 END)" for n, a in enumerate(KINDS) for b in KINDS[n:]
        )
        for route, worth, best, *told in self.run(
            f"{shares} SELECT route, SUM(worth), SUM(best), {sums}, {own} FROM shares AS o GROUP BY route"
        ):
            value, top = value + float(worth), top + float(best)
            if route >= 0:
                at = self._places(int(route))
                self._add(load, at, told[:3])
                pairs = [(a, b) for a in range(3) for b in range(a, 3)]
                for (a, b), each in zip(pairs, told[3:], strict=True):
                    self._bend(bend, at[a], at[b], float(each))
                    if a != b:
                        self._bend(bend, at[b], at[a], float(each))
        kinds = [(a.replace("o.", "x."), b.replace("o.", "y.")) for a in KINDS for b in KINDS]
        both = ", ".join(f"SUM(x.p * y.p * {a} * {b} / x.heat)" for a, b in kinds)
        for one, other, *told in self.run(
            f"{shares}, few AS (SELECT * FROM shares WHERE {counted}) "
            f"SELECT x.route, y.route, {both} FROM few AS x JOIN few AS y ON x.unit = y.unit GROUP BY x.route, y.route"
        ):
            left, right = self._places(int(one)), self._places(int(other))
            for (a, b), each in zip([(a, b) for a in range(3) for b in range(3)], told, strict=True):
                self._bend(bend, left[a], right[b], -float(each))
        return Smoothed(value, top, load, bend)

    def _shares(self, spread: Floats, temperature: float) -> str:
        """`shares`: the odds p of each option, with route -1 once a unit for what it is worth; `heat` is that of its persons."""
        return f"""{net_table(self.routes, spread, 1)},
            tops AS (SELECT unit, GREATEST(MAX(net), 0.0) AS best, MAX(size) * {float(temperature)!r} AS heat
                FROM net GROUP BY unit),
            near AS (SELECT o.*, t.best, t.heat, EXP((o.net - t.best) / t.heat) AS e FROM net AS o JOIN tops AS t ON o.unit = t.unit
                WHERE o.net > t.best - {FAR} * t.heat),
            amounts AS (SELECT t.unit, t.best, t.heat, COALESCE(SUM(n.e), 0.0) + EXP(-LEAST(t.best / t.heat, 700.0)) AS amount
                FROM tops AS t LEFT JOIN near AS n ON t.unit = n.unit GROUP BY t.unit, t.best, t.heat),
            shares AS (SELECT n.unit, n.route, n.size, n.medical, n.link, n.heat, n.e / a.amount AS p, 0.0 AS worth, 0.0 AS best
                FROM near AS n JOIN amounts AS a ON n.unit = a.unit
                UNION ALL SELECT unit, -1, 0, 0, 1, heat, 0.0, best + heat * LN(amount), best FROM amounts)"""

    def _places(self, route: int) -> list[int]:
        routes = len(self.routes.quota)
        return [int(self.rows.place[kind * routes + route]) for kind in range(3)]

    def _add(self, load: Floats, at: list[int], told: Sequence[Any]) -> None:
        for place, each in zip(at, told, strict=True):
            if place >= 0:
                load[place] += float(each)

    def _bend(self, bend: Floats, one: int, other: int, by: float) -> None:
        if one >= 0 and other >= 0:
            bend[one, other] += by


def net_table(routes: Routes, spread: Any, scale: int) -> str:
    """`net`: every option with what it is worth less the price of its places; prices (≥ 3R,) at their routes.

    Shapes: `spread` (≥ 3R,). Units: 1/`scale` milli-points.
    Source: the format `safeconduct-placement-1`, “The bound, exactly”.
    """
    many = len(routes.quota)
    prices = ", ".join(
        "(" + ", ".join([str(r), *(repr(spread[kind * many + r].item()) for kind in range(3))]) + ")" for r in range(many)
    )
    takes = "o.size * p.q + o.medical * p.m + o.size * (1 - o.link) * p.n"
    return (
        f"WITH prices(route, q, m, n) AS (VALUES {prices}), net AS (SELECT o.unit, o.size, o.medical, o.route, o.value, o.link, "
        f"{scale} * o.value - ({takes}) AS net FROM {routes.table} AS o JOIN prices AS p ON o.route = p.route)"
    )


def worth_of_a_person(run: Run, routes: Routes) -> float:
    """The median value of an option for one of its persons, milli-points; 0 where there is none.

    Shapes: a single number. Units: milli-points.
    Source: the table itself.
    """
    return float(_one(run, f"SELECT MEDIAN(value / size) FROM {routes.table} WHERE value > 0") or 0.0)


def _persons(run: Run, table: str) -> Any:
    return _one(run, f"SELECT SUM(size) FROM (SELECT unit, MAX(size) AS size FROM {table} GROUP BY unit) AS units")


def _one(run: Run, statement: str) -> Any:
    return next(iter(run(statement)))[0]
