"""Prices by Newton steps on the smoothed dual, from hot to cold, from a sample of the units to all of them.

The dual of the route rows has a few rows a route and no more, so that second order costs little and reaches the linear relaxation
to within some milli-points. Steps stay within a box of so many temperatures, because further out the surface is another; a colder
start is guessed along the path of the two before. Where prices are close, only options near to a unit's best are asked, and all of
them once at the end. Sources: Geoffrion (1974) for the dual; Nesterov (2005), Smooth minimization of non-smooth functions; Conn,
Gould and Toint (2000), Trust-region methods, for the box; Bixby et al. (1992), Very large-scale linear programming, for sifting.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .passes import AtPrices, Floats, Market, Rows, Smoothed, every_core
from .problem import Ints, Problem

# Temperatures, as shares of the median value of a person.
ON_A_SAMPLE = (0.3, 0.15, 0.08, 0.04, 0.02)
ON_ALL = (0.04, 0.02, 0.01, 0.005, 0.0025, 0.001, 0.0004, 0.00015, 0.00005, 0.00002)
CLOSE = 3  # temperatures of these that are left out where prices are close already
SIFTED = 0.4  # of the median value of a person: an option that loses more, a person, is not asked where prices are close
SIFTINGS = 3  # then all options are asked
MISSED = 1e-7  # of the bound: what the options that were not asked may add to it
SAMPLE = 8_000  # units
STEPS = 12  # at one temperature
ENOUGH = 2e-9  # of the value: a step that promises less is not made
CLIPPINGS = 8
FIRST_BOX, LEAST_BOX, MOST_BOX = 3.0, 0.02, 50.0  # temperatures that a price may move at once
GOOD, POOR = 0.7, 0.3  # of what a step promised
RIDGE = 1e-7


class Asked(Protocol):
    """Who answers at prices what units would take: this machine's cores (`passes.Market`) or a database (`sql.SqlMarket`)."""

    rows: Rows

    def smoothed(self, prices: Floats, temperature: float) -> Smoothed:
        """What is asked of the rows at prices (D,) and a temperature."""
        ...


@dataclass
class Path:
    """Where the prices (D,) are, and the lowest exact bound that was met on the way, in milli-points, with its prices."""

    prices: Floats
    lowest: Floats
    top: float = np.inf

    def note(self, prices: Floats, top: float) -> None:
        """Remember prices whose bound is the lowest so far."""
        if top < self.top:
            self.lowest, self.top = prices, top


def dual_prices(problem: Problem, rows: Rows, near: Floats | None = None, *, enough: float = -np.inf) -> Floats:
    """Prices of the rows (D,), in milli-points, whose bound lies close to that of the linear relaxation. The bound that follows
    is valid whatever comes out. `near`: prices (D,) that are close already. `enough`: a bound, milli-points, that need not be
    lowered further.

    Source: as in the module's own words.
    """
    scale = _worth_of_a_person(problem)
    start = np.zeros(len(rows.capacity))
    if scale == 0.0 or not len(start):
        return start
    with every_core() as pool:
        everybody = Market(problem, rows, pool)
        if near is not None:
            return _sifted(problem, everybody, pool, near, ON_ALL[CLOSE:], scale, enough)
        if problem.units <= 2 * SAMPLE:
            return descend(everybody, start, rows.capacity, ON_A_SAMPLE + ON_ALL[2:], scale).lowest
        some = np.sort(np.random.default_rng(0).choice(problem.units, SAMPLE, replace=False))
        part = float(problem.size[some].sum()) / float(problem.size.sum())
        start = descend(Market(problem, rows, pool, some), start, rows.capacity * part, ON_A_SAMPLE, scale).prices
        start = descend(everybody, start, rows.capacity, ON_ALL[:CLOSE], scale).prices
        return _sifted(problem, everybody, pool, start, ON_ALL[CLOSE:], scale, enough)


def _sifted(
    problem: Problem, everybody: Market, pool: Executor, prices: Floats, heats: tuple[float, ...], scale: float, enough: float
) -> Floats:
    """Colder prices than those that are close, from the options that lose little at them; from all where others mattered, too."""
    rows = everybody.rows
    for _ in range(SIFTINGS):
        at = AtPrices(problem, rows, as_integers(prices, 1), scale=1)
        lost = np.rint(SIFTED * scale * problem.size).astype(np.int64)
        near = at.within(np.arange(problem.units), at.margins().best, lost)
        if 2 * len(near) > problem.options:
            break
        path = descend(Market(problem.only(near), rows, pool), prices, rows.capacity, heats, scale, enough)
        prices = path.lowest
        top = everybody.smoothed(prices, heats[-1] * scale).top + float(prices @ rows.capacity)
        if top <= max(enough, path.top + MISSED * abs(path.top)):
            return prices
    return descend(everybody, prices, rows.capacity, heats, scale, enough).lowest


def _worth_of_a_person(problem: Problem) -> float:
    """The median value of an option for one of its persons, over at most a million options, milli-points."""
    every = max(1, problem.options // 1_000_000)
    at = np.arange(0, problem.options, every)
    unit = np.searchsorted(problem.indptr, at, side="right") - 1
    worth = problem.value[at] / problem.size[unit]
    return float(np.median(worth[worth > 0])) if (worth > 0).any() else 0.0


def descend(
    market: Asked, start: Floats, capacity: Floats, heats: tuple[float, ...], scale: float, enough: float = -np.inf
) -> Path:
    """From prices (D,) through temperatures `heats` x `scale` milli-points a person, the hottest first, until the bound is
    `enough`."""
    path, box = Path(start, start), FIRST_BOX
    known: list[tuple[float, Floats]] = []
    for heat in heats:
        temperature = heat * scale
        here = _start(market, path, capacity, known, heat, temperature)
        box = max(box, 1.0)
        for _ in range(STEPS):
            if path.top <= enough:
                return path
            worth, slope = here.value + float(path.prices @ capacity), capacity - here.load
            move = _step(here, slope, path.prices, box * temperature * market.rows.breadth)
            hoped = -float(slope @ move + 0.5 * move @ here.bend @ move)
            if hoped <= ENOUGH * abs(worth):
                break
            trial = path.prices + move
            there = market.smoothed(trial, temperature)
            gained = worth - there.value - float(trial @ capacity)
            box = _resized(box, gained / hoped)
            if gained > 0:
                path.prices, here = trial, there
                path.note(trial, there.top + float(trial @ capacity))
        known.append((heat, path.prices))
    return path


def _start(
    market: Asked, path: Path, capacity: Floats, known: list[tuple[float, Floats]], heat: float, temperature: float
) -> Smoothed:
    """The prices as they are, or where the last two temperatures point to, whichever is lower."""
    here = market.smoothed(path.prices, temperature)
    path.note(path.prices, here.top + float(path.prices @ capacity))
    if len(known) < 2:
        return here
    (hotter, before), (colder, last) = known[-2:]
    guess = np.where(last > 0, np.maximum(0.0, last + (last - before) * (heat - colder) / (colder - hotter)), 0.0)
    there = market.smoothed(guess, temperature)
    path.note(guess, there.top + float(guess @ capacity))
    if there.value + float(guess @ capacity) >= here.value + float(path.prices @ capacity):
        return here
    path.prices = guess
    return there


def _resized(box: float, kept: float) -> float:
    """As much as a step kept of what it promised: bolder, as before, or more careful."""
    if kept > GOOD:
        return min(2.5 * box, MOST_BOX)
    return box if kept > POOR else max(box / 3, LEAST_BOX)


def _step(here: Smoothed, slope: Floats, prices: Floats, box: Floats) -> Floats:
    """The Newton step (D,) within a box, with no price below 0: what leaves it is held at its edge, and the others asked again."""
    least, most = np.maximum(-prices, -box), box
    free = (prices > 0) | (slope < 0)
    move = np.zeros_like(prices)
    for _ in range(CLIPPINGS):
        if not free.any():
            break
        bend = here.bend[np.ix_(free, free)]
        diagonal = np.diag(bend).copy()
        usual = float(diagonal[diagonal > 0].mean()) if (diagonal > 0).any() else 1.0
        bend[np.diag_indices_from(bend)] += RIDGE * np.maximum(diagonal, 1e-3 * usual) + 1e-9 * usual
        move[free] = np.linalg.solve(bend, -(slope + here.bend @ np.where(free, 0.0, move))[free])
        outside = free & ((move < least) | (move > most))
        move = np.clip(move, least, most)
        if not outside.any():
            break
        free &= ~outside
    return move


def as_integers(prices: Floats, scale: int) -> Ints:
    """Prices in whole 1/scale milli-points."""
    return np.rint(prices * scale).astype(np.int64)
