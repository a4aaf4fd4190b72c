"""Prices of places, and the bound that anybody can recompute from them.

A price is what one more person (or medical case) on a full route costs the others, in 1/1024 milli-points.
Source: Geoffrion (1974), Lagrangean relaxation for integer programming; the bound's formula is the format's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from .model import Stage, build, find_pairs
from .problem import NO_LIMIT, SCALE, Ints, Problem
from .relaxation import Node, Relaxation, unit_best

UNITS_AT_ONCE = 20_000  # so that memory does not grow with the problem


@dataclass(frozen=True)
class Prices:
    """Integer prices in 1/1024 milli-points: `quota`, `med_quota`, `reserved` (R,), `floors` a group, `tie_split` (T,).

    Per person, per medical case, per person without a link, and (as a subsidy) per person of a group. A quota
    price is negative only on a route held open in a branch.

    Shapes: (R,), (T,). Units: 1/1024 milli-points.
    Source: the format `safeconduct-placement-1`.
    """

    quota: Ints
    med_quota: Ints
    reserved: Ints
    floors: Mapping[int, int]
    tie_split: Ints

    def to_mapping(self) -> dict[str, Any]:
        """The prices as the format writes them."""
        return {
            "quota": self.quota.tolist(),
            "med_quota": self.med_quota.tolist(),
            "reserved": self.reserved.tolist(),
            "floors": {str(group): price for group, price in self.floors.items()},
            "tie_split": self.tie_split.tolist(),
        }


@dataclass(frozen=True)
class Branch:
    """One choice of block routes, `open` and `closed`, with its prices and its bound (milli-points).

    Shapes: no arrays of its own. Units: whole milli-points.
    Source: the format `safeconduct-placement-1`.
    """

    open: tuple[int, ...]
    closed: tuple[int, ...]
    prices: Prices
    bound: int


@dataclass(frozen=True)
class Certificate:
    """Prices, branches over block routes (empty where none had to be decided) and the bound that follows.

    `bound` is in whole milli-points and at least the value of every feasible plan; arrays as in `Prices`.

    Shapes: as in `Prices`. Units: bound in whole milli-points.
    Source: the format `safeconduct-placement-1`.
    """

    prices: Prices
    branches: tuple[Branch, ...]
    bound: int

    def to_mapping(self) -> dict[str, Any]:
        """The certificate as the format writes it."""
        branches = [
            {"open": list(branch.open), "closed": list(branch.closed), **branch.prices.to_mapping()} for branch in self.branches
        ]
        return {"scale": SCALE, **self.prices.to_mapping(), "branches": branches, "bound": self.bound}


def certify(problem: Problem) -> Certificate:
    """Prices for a problem from the duals of its linear relaxation, branched over block routes, as integers.

    Returns int64 arrays of shapes (R,) and (T,), unit 1/1024 milli-points, and the bound in milli-points.

    Shapes: (R,) and (T,) int64. Units: prices 1/1024 milli-points, bound milli-points.
    Source: the bound is the formula of the format `safeconduct-placement-1`; branching as Land and Doig (1960).
    """
    pairs = find_pairs(problem)
    whole = Stage(None, problem.value, problem.ties[pairs.tie, 2])
    return from_relaxation(Relaxation(build(problem, pairs, whole), pairs.tie, problem.ties[:, 2]))


def from_relaxation(relaxation: Relaxation, leaves: list[Node] | None = None) -> Certificate:
    """The certificate that a relaxation with one joint a tie gives; its leaves become the branches."""
    problem = relaxation.model.problem
    root = relaxation.node((), ()) if leaves is None or len(leaves) > 1 else leaves[0]
    leaves = relaxation.tree() if leaves is None else leaves
    branches = []
    for leaf in leaves if len(leaves) > 1 else []:
        prices = _prices(problem, leaf)
        branches.append(Branch(leaf.open, leaf.closed, prices, bound(problem, prices, leaf.open, leaf.closed)))
    prices = _prices(problem, root)
    top = max((branch.bound for branch in branches), default=None)
    return Certificate(prices, tuple(branches), bound(problem, prices) if top is None else top)


def bound(problem: Problem, prices: Prices, opened: tuple[int, ...] = (), closed: tuple[int, ...] = ()) -> int:
    """No plan with these open and closed block routes is worth more, in milli-points; exact for any prices.

    Prices are integers in 1/1024 milli-points, shapes as in `Prices`. Each unit takes its best option less the
    price of its places, or stays. Source: the format `safeconduct-placement-1`.
    """
    most = max(int(np.abs(each).max(initial=0)) for each in (prices.quota, prices.med_quota, prices.reserved))
    most = max([most, *map(abs, prices.floors.values())])
    worth = max(int(problem.value.max(initial=0)), -int(problem.value.min(initial=0))) * problem.units
    wide = 4 * most * int(problem.size.sum()) + SCALE * (worth + int(problem.ties[:, 2].sum())) >= 2**61
    kind = object if wide else np.int64  # Python's integers where 64 bits might not do
    pairs = find_pairs(problem)
    split, bonus = prices.tie_split[pairs.tie], problem.ties[pairs.tie, 2].astype(kind)
    tied = np.concatenate([pairs.left, pairs.right])
    more = np.concatenate([bonus * split, bonus * (SCALE - split)])
    total = _places_worth(problem, prices, opened, closed)
    for first in range(0, problem.units, UNITS_AT_ONCE):
        units = np.arange(first, min(first + UNITS_AT_ONCE, problem.units))
        start, end = int(problem.indptr[units[0]]), int(problem.indptr[units[-1] + 1])
        net = _net(problem, prices, units, kind)
        here = (tied >= start) & (tied < end)
        np.add.at(net, tied[here] - start, more[here])
        net[np.isin(problem.route[start:end], closed)] = -1
        total += int(unit_best(problem.indptr[units[0] : units[-1] + 2] - start, net).sum())
    return (total - sum(prices.floors[group] * least for group, least in problem.floors.items())) // SCALE


def _net(problem: Problem, prices: Prices, units: Ints, kind: Any) -> Any:
    """What the options of units in a row are worth less the price of their places, without bonuses, 1/SCALE milli-points."""
    options = slice(int(problem.indptr[units[0]]), int(problem.indptr[units[-1] + 1]))
    of = np.repeat(units, np.diff(problem.indptr[units[0] : units[-1] + 2]))
    size, route = problem.size[of].astype(kind), problem.route[options]
    net = SCALE * problem.value[options].astype(kind) - size * prices.quota.astype(kind)[route]
    net -= problem.medical[of].astype(kind) * prices.med_quota.astype(kind)[route]
    net -= np.where(problem.link[options] == 0, size * prices.reserved.astype(kind)[route], 0)
    for each, price in prices.floors.items():
        net += np.where(problem.group[of] == each, size * price, 0)
    return net


def _places_worth(problem: Problem, prices: Prices, opened: tuple[int, ...], closed: tuple[int, ...]) -> int:
    total = 0
    for r in range(problem.routes):
        if r in closed:
            continue
        q, places = int(prices.quota[r]), int(problem.quota[r])
        total += q * (int(problem.min_fill[r]) if q < 0 and r in opened else places)
        total += int(prices.med_quota[r]) * int(problem.med_quota[r])
        total += int(prices.reserved[r]) * (places - int(problem.reserved[r]))
    return total


def _prices(problem: Problem, node: Node) -> Prices:
    """Duals as integers that the format allows: never negative, save the quota price of an open route."""
    routes = problem.routes
    dual = np.rint(np.clip(node.row_dual * SCALE, -(2.0**52), 2.0**52)).astype(np.int64)
    quota = dual[:routes].copy()
    held = np.isin(np.arange(routes), node.open)
    quota[~held] = np.maximum(0, quota[~held])
    medical, reserved = np.maximum(0, dual[routes : 2 * routes]), np.maximum(0, dual[2 * routes : 3 * routes])
    quota[(problem.quota == NO_LIMIT) & (quota > 0)] = 0
    medical[problem.med_quota == NO_LIMIT] = 0
    reserved[problem.quota == NO_LIMIT] = 0
    for each in (quota, medical, reserved):
        each[list(node.closed)] = 0
    floors = {group: max(0, -int(dual[3 * routes + at])) for at, group in enumerate(problem.floors)}
    bonus = problem.ties[:, 2]
    split = np.clip(np.rint(SCALE * node.joint_dual / np.maximum(1, bonus)), 0, SCALE).astype(np.int64)
    return Prices(quota, medical, reserved, floors, split)
