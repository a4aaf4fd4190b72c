"""Large problems: prices by Newton steps, a plan among the contested, and a proof where few options are left that could be better.

Sources: Land and Doig (1960) for branching over block routes; Nemhauser and Wolsey (1988), II.5.2, for fixing by reduced costs; the
parts in `newton` and `finish`.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .finish import Whole, settle
from .highs import Limit
from .model import Pairs, build, find_pairs, stages
from .newton import as_integers, dual_prices
from .passes import AtPrices, Floats, Rows, most_worth
from .prices import Branch, Certificate, Prices, bound
from .problem import SCALE, Ints, Problem
from .relaxation import OUT_OF_REACH, Reach
from .search import best
from .ties import Joints

PROVABLE = 60_000  # options among which a proof is tried
MOST_LEAVES = 64  # choices of open and closed block routes
CLOSE_ENOUGH = {0: 1e-6, 1_000_000: 4e-5}  # options → share of the bound: a plan so close ends the search among block routes


@dataclass(frozen=True)
class Priced:
    """Options `chosen`, their exact `value`, and a `bound`, milli-points: the certificate's, or a solver's where that is lower."""

    chosen: Ints
    value: int
    bound: int
    certificate: Certificate


@dataclass(frozen=True)
class Leaf:
    """One choice of block routes of a `problem` with its tied `pairs`: what it is worth `at` prices, and `top`, its bound in
    1/SCALE milli-points."""

    opened: tuple[int, ...]
    closed: tuple[int, ...]
    problem: Problem
    pairs: Pairs
    at: AtPrices
    top: int


def can_be_priced(problem: Problem) -> bool:
    """Whether prices are a way: with sums that 64 bits hold."""
    widest = max(problem.units, 4 * int(problem.size.max(initial=0)))  # of what a sum, and the price of a closed route, may come to
    return SCALE * most_worth(problem) * widest < 2**60


def by_prices(problem: Problem, *, limit: Limit | None = None, prove: bool = True) -> Priced | None:
    """The best plan that prices lead to, with its bound; None where none was found. `prove`: search for a better one, too.

    Source: as in the module's own words.
    """
    leaves, whole = _branched(problem, limit)
    if whole is None:
        return None
    certificate = _certificate(problem, leaves)
    if prove and whole.value < whole.bound:
        whole = _proven(problem, leaves, whole, limit)
    return Priced(whole.chosen, whole.value, min(whole.bound, certificate.bound), certificate)


def prices_alone(problem: Problem) -> Certificate:
    """A certificate for a problem without levels, no plan: one set of prices, no block route decided.

    Source: as in the module's own words.
    """
    return _certificate(problem, [_leaf(problem, (), (), None)])


def _branched(problem: Problem, limit: Limit | None) -> tuple[list[Leaf], Whole | None]:
    """Leaves that together cover every choice of block routes, and the best plan of those that were settled; the bound is over all.

    The highest leaf is split until no block route that is still undecided is used by too few.
    """
    queue: list[tuple[int, int, Leaf]] = []
    made = 0

    def push(leaf: Leaf) -> None:
        nonlocal made
        made += 1
        heapq.heappush(queue, (-leaf.top, made, leaf))

    push(_leaf(problem, (), (), None))
    best_plan: Whole | None = None

    def settled(leaf: Leaf) -> int | None:
        """Keep the leaf's plan where it is the best so far; a block route that it uses too little, if any."""
        nonlocal best_plan
        found = settle(leaf.problem, leaf.pairs, leaf.at, limit=limit)
        route = None if found is None else _unfilled(leaf, found.chosen)
        if found is not None and route is None and (best_plan is None or found.value > best_plan.value):
            best_plan = Whole(found.chosen, found.value, 0)
        return route

    close = next(share for least, share in sorted(CLOSE_ENOUGH.items(), reverse=True) if problem.options >= least)
    while True:
        leaf = queue[0][2]
        if best_plan is not None and leaf.top - SCALE * best_plan.value <= close * leaf.top:
            break
        route = _unfilled(leaf, leaf.at.margins().option)
        if route is None:
            route = settled(leaf)
        elif made == 1:
            settled(_leaf(problem, *_as_used(leaf), leaf))
        if route is None or len(queue) >= MOST_LEAVES:
            break
        heapq.heappop(queue)
        enough = -math.inf if best_plan is None else best_plan.value / (1 - close)
        for opened, closed in ((leaf.opened, (*leaf.closed, route)), ((*leaf.opened, route), leaf.closed)):
            push(_leaf(problem, opened, closed, leaf, enough))
    leaves = [each for _, _, each in sorted(queue, key=lambda each: each[:2])]
    most = max(leaf.top for leaf in leaves) // SCALE
    return leaves, None if best_plan is None else replace(best_plan, bound=most)


def _as_used(leaf: Leaf) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Block routes that half of their minimum fill or more would take at these prices are opened, the others closed."""
    taken = _taken(leaf, leaf.at.margins().option)
    blocks = np.flatnonzero(leaf.problem.min_fill > 0)
    used = 2 * taken[blocks] >= leaf.problem.min_fill[blocks]
    return tuple(blocks[used].tolist()), tuple(blocks[~used].tolist())


def _leaf(
    problem: Problem, opened: tuple[int, ...], closed: tuple[int, ...], parent: Leaf | None, enough: float = -math.inf
) -> Leaf:
    """`enough`: a bound, milli-points, at which nobody will look at the leaf again."""
    rows, pairs = Rows.of(problem, opened, closed), find_pairs(problem) if parent is None else parent.pairs
    near = None if parent is None else _carried(parent, rows, closed)
    joints = Joints.each_pair(pairs)
    share = joints.halves()
    if len(share):
        prices, share = joints.priced(problem, rows, near, share)
        at = AtPrices(joints.shared(problem, share), rows, as_integers(prices, 1), scale=1)
    else:
        prices = dual_prices(problem, rows, None if near is None else near / SCALE, enough=enough)
        at = AtPrices(problem, rows, as_integers(prices, SCALE))
    return Leaf(opened, closed, problem, pairs, at, at.top(at.margins()))


def _carried(parent: Leaf, rows: Rows, closed: tuple[int, ...]) -> Floats:
    """The parent's prices where a limit still stands, in 1/SCALE milli-points; none on a closed route."""
    spread = parent.at.rows.spread(parent.at.prices).astype(np.float64)
    spread[list(closed)] = 0.0
    stands = np.flatnonzero(rows.place >= 0)
    out = np.zeros(len(rows.capacity))
    out[rows.place[stands]] = spread[stands]
    return out


def _unfilled(leaf: Leaf, chosen: Ints) -> int | None:
    """The undecided block route whose load is furthest from both nobody and its minimum fill; `chosen` are options, -1 for none."""
    taken = _taken(leaf, chosen)
    gap = np.minimum(taken, leaf.problem.min_fill - taken)
    gap[list(leaf.opened)] = 0
    return int(np.argmax(gap)) if (gap > 0).any() else None


def _taken(leaf: Leaf, chosen: Ints) -> Floats:
    """Persons on each route (R,); `chosen` are options, -1 for none."""
    problem, chosen = leaf.problem, chosen[chosen >= 0]
    unit = np.searchsorted(problem.indptr, chosen, side="right") - 1
    return np.bincount(problem.route[chosen], problem.size[unit], minlength=problem.routes).astype(np.float64)


def _certificate(problem: Problem, leaves: Sequence[Leaf]) -> Certificate:
    """What anybody can recompute. A tie has one share there for all its pairs, so that its bound may lie above the leaves' own."""
    told = [_as_prices(leaf) for leaf in leaves]
    if len(leaves) == 1:
        return Certificate(told[0], (), bound(problem, told[0]))
    branches = [
        Branch(leaf.opened, leaf.closed, prices, bound(problem, prices, leaf.opened, leaf.closed))
        for leaf, prices in zip(leaves, told, strict=True)
    ]
    plain = replace(told[0], quota=np.maximum(0, told[0].quota))
    return Certificate(plain, tuple(branches), max(branch.bound for branch in branches))


def _as_prices(leaf: Leaf) -> Prices:
    """As the format writes them: a held-open route has one price, which may be a subsidy."""
    routes, prices, rows = leaf.problem.routes, leaf.at.prices, leaf.at.rows
    joints = Joints.each_tie(leaf.pairs, len(leaf.problem.ties))
    share = joints.halves()
    if len(leaf.pairs.tie):
        near, share = joints.priced(leaf.problem, rows, prices.astype(np.float64), share)
        prices = as_integers(near, 1)
    spread = rows.spread(prices)
    parts = [spread[at * routes : (at + 1) * routes].copy() for at in range(4)]
    for part in parts:
        part[list(leaf.closed)] = 0
    floors = {group: int(price) for group, price in zip(leaf.problem.floors, spread[4 * routes :], strict=True)}
    return Prices(parts[0] - parts[3], parts[1], parts[2], floors, share)


def _proven(problem: Problem, leaves: Sequence[Leaf], whole: Whole, limit: Limit | None) -> Whole:
    """The best plan, searched for among the options that a better one could use; the same as it is where those are many."""
    options = whole.chosen
    for leaf in leaves:
        room = leaf.top - SCALE * (whole.value + 1)
        if room >= 0:
            units = np.arange(problem.units)
            least = np.full(problem.units, room)
            near = leaf.at.within(units, leaf.at.margins().best, least)
            options = np.union1d(options, near)
        if len(options) > PROVABLE:
            return whole
    few = problem.only(options)
    pairs = find_pairs(few)
    model = build(few, pairs, stages(few, pairs)[0])
    reaches = [_reach(leaf, few, options) for leaf in leaves]
    reach = Reach(
        max(each.top for each in reaches),
        np.maximum.reduce([each.option for each in reaches]),
        np.maximum.reduce([each.stay for each in reaches]),
    )
    start = np.searchsorted(options, whole.chosen)
    proven = best(model, reach, limit, start, start)
    return Whole(options[proven.chosen], proven.value, min(whole.bound, proven.bound))


def _reach(leaf: Leaf, few: Problem, options: Ints) -> Reach:
    """What a plan can be worth at a leaf if it uses each of the `options` of a smaller problem, or leaves a unit without."""
    rows, routes, route = leaf.at.rows, few.routes, few.route
    spread = rows.spread(leaf.at.prices)
    there = ~np.isin(route, leaf.closed)
    worth = np.zeros(few.options, dtype=np.int64)
    worth[there] = leaf.at.scale * leaf.at.problem.value[options[there]]
    worth -= few.persons * (spread[route] - spread[3 * routes + route]) + few.medical_cases * spread[routes + route]
    worth -= few.persons * (1 - few.link) * spread[2 * routes + route]
    worth += np.where(rows.floor >= 0, few.size * spread[rows.floor], 0)[few.unit]
    best_of = leaf.at.margins().best
    option = leaf.top - (best_of[few.unit] - worth)
    return Reach(leaf.top, np.where(there, option, OUT_OF_REACH), leaf.top - best_of)
