"""Bonuses of ties, shared out between the two options that earn them, so that every unit's choice is independent.

Any share gives a valid bound; the best one, at given prices, is found joint by joint: the dual is convex in a share with at most
two corners, and every share between them is best. A joint is a pair of options, which is tight, or a whole tie with all its pairs,
which is what a certificate can hold. Source: Guignard and Kim (1987), Lagrangean decomposition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .model import Pairs
from .newton import dual_prices
from .passes import Floats, Rows, compiled
from .problem import SCALE, Ints, Problem

ROUNDS = 5  # of prices and shares in turn
SWEEPS = 3  # over the joints, at the same prices
STILL = 1e-4  # all shares together: they move no more


@dataclass(frozen=True)
class Joints:
    """Pairs whose bonus is shared alike: those of joint j are `first[j]` … `first[j + 1] - 1` of `pairs`."""

    pairs: Pairs
    first: Ints

    @classmethod
    def each_pair(cls, pairs: Pairs) -> Joints:
        """Every pair by itself."""
        return cls(pairs, np.arange(len(pairs.tie) + 1))

    @classmethod
    def each_tie(cls, pairs: Pairs, ties: int) -> Joints:
        """All pairs of a tie together."""
        return cls(pairs, np.searchsorted(pairs.tie, np.arange(ties + 1)))

    def halves(self) -> Ints:
        """Half of each bonus to either side, in 1/SCALE."""
        return np.full(len(self.first) - 1, SCALE // 2, dtype=np.int64)

    def shared(self, problem: Problem, share: Ints) -> Problem:
        """The problem with its values in 1/SCALE milli-points and `share` of SCALE of each bonus at the first side of a joint."""
        value = SCALE * problem.value
        bonus, own = problem.ties[self.pairs.tie, 2], np.repeat(share, np.diff(self.first))
        np.add.at(value, self.pairs.left, bonus * own)
        np.add.at(value, self.pairs.right, bonus * (SCALE - own))
        return replace(problem, value=value)

    def priced(self, problem: Problem, rows: Rows, near: Floats | None, share: Ints) -> tuple[Floats, Ints]:
        """Prices (D,) in 1/SCALE milli-points and shares of SCALE, moved in turn until they stay."""
        parts, prices = share / SCALE, near
        for _ in range(ROUNDS):
            told = self.shared(problem, _whole(parts))
            prices = dual_prices(told, rows, prices)
            worth, spread, moved = told.value.astype(np.float64), rows.spread(prices), 0.0
            for _ in range(SWEEPS):
                moved += _move(
                    self.first, self.pairs.left, self.pairs.right, problem.ties[self.pairs.tie, 2] * float(SCALE),
                    problem.ties[self.pairs.tie, :2], parts, worth, problem.indptr, problem.route, problem.link, problem.size,
                    problem.medical, rows.floor, problem.routes, spread,
                )  # fmt: skip
            if moved < STILL:
                break
        assert prices is not None
        return prices, _whole(parts)


def _whole(parts: Floats) -> Ints:
    return np.clip(np.rint(parts * SCALE), 0, SCALE).astype(np.int64)


@compiled
def _move(first, left, right, bonus, ends, parts, worth, indptr, route, link, size, medical, floor, routes, price):  # type: ignore[no-untyped-def]
    moved = 0.0
    beside, common = np.zeros(2), np.zeros(2)
    for j in range(len(parts)):
        if first[j] == first[j + 1] or bonus[first[j]] == 0:
            continue
        more = bonus[first[j]]
        for side in range(2):
            unit = ends[first[j], side]
            own = parts[j] if side == 0 else 1 - parts[j]
            s, m = size[unit], medical[unit]
            base = s * price[floor[unit]] if floor[unit] >= 0 else 0.0
            beside[side], common[side] = 0.0, -1e300
            k = first[j]
            for o in range(indptr[unit], indptr[unit + 1]):
                r = route[o]
                net = worth[o] + base - s * (price[r] - price[3 * routes + r]) - m * price[routes + r]
                if link[o] == 0:
                    net -= s * price[2 * routes + r]
                at = -1
                if k < first[j + 1]:
                    at = left[k] if side == 0 else right[k]
                if at == o:
                    common[side] = max(common[side], net - more * own)
                    k += 1
                else:
                    beside[side] = max(beside[side], net)
        corner, turn = (beside[0] - common[0]) / more, 1 - (beside[1] - common[1]) / more
        best = (min(max(min(corner, turn), 0.0), 1.0) + min(max(max(corner, turn), 0.0), 1.0)) / 2
        if best != parts[j]:
            moved += abs(best - parts[j])
            for k in range(first[j], first[j + 1]):
                worth[left[k]] += more * (best - parts[j])
                worth[right[k]] -= more * (best - parts[j])
            parts[j] = best
    return moved
