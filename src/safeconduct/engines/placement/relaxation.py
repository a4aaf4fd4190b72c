"""Linear relaxations, one a choice of open and closed block routes, and what their duals prove in integers.

Given prices of the rows, every unit's best choice is independent, so one pass bounds every plan; an option's
loss against its unit's best bounds every plan that uses it. Sources: Geoffrion (1974), Lagrangean relaxation for
integer programming; Land and Doig (1960) for branching; Nemhauser and Wolsey (1988), II.5.2, for reduced costs.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .highs import INFINITY, Floats, Programme, Solver
from .model import OPEN_ENDED, Model
from .problem import SCALE, Ints

MOST_LEAVES = 64  # beyond that the remaining block choices are left to the exact search
OUT_OF_REACH = -(2**61)


@dataclass(frozen=True)
class Node:
    """One relaxation: block routes `open` and `closed`, float duals of rows (m,) and joints (J,), loads (R,)."""

    open: tuple[int, ...]
    closed: tuple[int, ...]
    bound: float
    row_dual: Floats
    joint_dual: Floats
    load: Floats
    short: float


class Relaxation:
    """The linear programme over options and joints, warm between the choices of open and closed routes.

    A joint earns a bonus when both its sides are used. `joint` (N,) numbers the joint of each pair: one a pair is
    tightest; one a tie (its best common route counts once) gives the single split a tie that certificates hold.
    """

    def __init__(self, model: Model, joint: Ints, bonus: Ints) -> None:
        self.model, self.joint, self.bonus = model, joint, bonus
        problem = model.problem
        self.blocks = np.flatnonzero(problem.min_fill > 0)
        self.joints = len(bonus)
        self.first_row = problem.units
        self.lower, self.upper = np.zeros(0), np.zeros(0)
        self.solver = Solver(self._programme())

    def _programme(self) -> Programme:
        model, problem = self.model, self.model.problem
        options, units, routes = problem.options, problem.units, problem.routes
        one = sparse.csr_matrix((np.ones(options), (problem.unit, np.arange(options))), shape=(units, options))
        by_joint = sparse.csr_matrix(
            (np.ones(len(self.joint)), (np.arange(len(self.joint)), self.joint)), shape=(len(self.joint), self.joints)
        )
        rows = sparse.hstack([model.rows[:, :options], model.rows[:, options:] @ by_joint])
        elastic = [*self.blocks, *range(3 * routes, rows.shape[0])]  # so that no choice is infeasible, only dear
        ease = sparse.csr_matrix((np.ones(len(elastic)), (elastic, np.arange(len(elastic)))), shape=(rows.shape[0], len(elastic)))
        sides = [
            sparse.csr_matrix((-np.ones(len(self.joint)), (self.joint, side)), shape=(self.joints, options))
            for side in (model.pairs.left, model.pairs.right)
        ]
        matrix = sparse.bmat(
            [
                [one, None, None],
                [rows[:, :options], rows[:, options:], ease],
                [sides[0], sparse.identity(self.joints), None],
                [sides[1], sparse.identity(self.joints), None],
            ],
            format="csr",
        )
        self.lower = np.zeros(matrix.shape[1])
        self.upper = np.concatenate(
            [
                model.allowed.astype(float),
                np.ones(self.joints),
                np.zeros(len(self.blocks)),
                np.full(len(elastic) - len(self.blocks), INFINITY),
            ]
        )
        steep = 16.0 * max(1, int(np.abs(model.stage.gain).max(initial=0)), int(self.bonus.max(initial=0)))
        gain = np.concatenate([model.stage.gain, self.bonus, np.full(len(elastic), -steep)]).astype(float)
        row_lower = np.concatenate([np.full(units, -INFINITY), _ended(model.lower), np.full(2 * self.joints, -INFINITY)])
        row_upper = np.concatenate([np.ones(units), _ended(model.upper), np.zeros(2 * self.joints)])
        return Programme(gain, self.lower, self.upper, matrix, row_lower, row_upper)

    def node(self, opened: tuple[int, ...], closed: tuple[int, ...]) -> Node:
        """Solve the relaxation for one choice; `short` is what it lacks to keep floors and minimum fills."""
        problem, model = self.model.problem, self.model
        upper = self.upper.copy()
        upper[: problem.options][np.isin(problem.route, closed)] = 0.0
        eased = problem.options + self.joints
        upper[eased : eased + len(self.blocks)] = np.where(np.isin(self.blocks, opened), INFINITY, 0.0)
        self.solver.bound_columns(self.lower, upper)
        for route in self.blocks:
            least = float(problem.min_fill[route]) if route in opened else -INFINITY
            self.solver.bound_row(self.first_row + int(route), least, _ended(model.upper[route : route + 1])[0])
        out = self.solver.run()
        x = np.zeros(len(upper)) if out.x is None else out.x
        rows = len(model.lower)
        return Node(
            opened,
            closed,
            out.bound,
            out.row_dual[self.first_row : self.first_row + rows],
            out.row_dual[self.first_row + rows : self.first_row + rows + self.joints],
            np.bincount(problem.route, problem.persons * x[: problem.options], minlength=problem.routes).astype(float),
            float(x[eased:].sum()),
        )

    def tree(self, most_leaves: int = MOST_LEAVES) -> list[Node]:
        """Branch on block routes, best bound first, until the best leaf keeps every minimum fill by itself."""
        queue: list[tuple[float, int, Node]] = []
        made = 0

        def push(node: Node) -> None:
            nonlocal made
            made += 1
            heapq.heappush(queue, (-node.bound, made, node))

        push(self.node((), ()))
        while len(queue) < most_leaves:
            best = queue[0][2]
            route = self._unfilled(best)
            if route is None:
                break
            heapq.heappop(queue)
            push(self.node(best.open, (*best.closed, route)))
            push(self.node((*best.open, route), best.closed))
        return [node for _, _, node in sorted(queue, key=lambda each: each[:2])]

    def _unfilled(self, node: Node) -> int | None:
        """The undecided block route whose load is furthest from both nobody and its minimum fill."""
        least = self.model.problem.min_fill
        gap = {
            int(r): min(node.load[r], least[r] - node.load[r]) for r in self.blocks if r not in node.open and r not in node.closed
        }
        gap = {route: by for route, by in gap.items() if by > 1e-6}
        return max(gap, key=lambda route: gap[route]) if gap else None


@dataclass(frozen=True)
class Reach:
    """What any plan can be worth, in 1/1024 milli-points: `top` at all, `option` (P,) if it uses that option,
    `stay` (U,) if it leaves that unit without a place. Exact integers, valid whatever the solver said."""

    top: int
    option: Ints
    stay: Ints

    @property
    def least(self) -> int:
        """A threshold so low that nothing within reach is below it."""
        within = [each[each > OUT_OF_REACH // 2].min(initial=self.top) for each in (self.option, self.stay)]
        return min(map(int, within))


def reach(relaxation: Relaxation, leaves: list[Node]) -> Reach:
    """The best reach over all leaves, which together cover every choice of open and closed routes."""
    parts = [_leaf_reach(relaxation, leaf) for leaf in leaves]
    return Reach(
        max(part.top for part in parts),
        np.maximum.reduce([part.option for part in parts]),
        np.maximum.reduce([part.stay for part in parts]),
    )


def _leaf_reach(relaxation: Relaxation, leaf: Node) -> Reach:
    model, problem = relaxation.model, relaxation.model.problem
    price, least = _row_prices(model, leaf)
    charge = model.rows.T @ price
    net = SCALE * model.stage.gain - charge[: problem.options]
    earned = np.maximum(0, SCALE * relaxation.bonus[relaxation.joint] - charge[problem.options :])
    share = np.clip(np.rint(leaf.joint_dual[relaxation.joint] * SCALE), 0, earned).astype(np.int64)
    np.add.at(net, model.pairs.left, share)
    np.add.at(net, model.pairs.right, earned - share)
    net[~model.allowed | np.isin(problem.route, leaf.closed)] = OUT_OF_REACH
    best = unit_best(problem.indptr, net)
    top = int(best.sum()) + sum(
        int(each) * int(model.upper[at] if each > 0 else least[at]) for at, each in enumerate(price) if each
    )
    return Reach(top, np.maximum(OUT_OF_REACH, top - (best[problem.unit] - net)), top - best)


def _row_prices(model: Model, leaf: Node) -> tuple[Ints, Ints]:
    """Duals as integers, cleared wherever the row has no bound on the side that the price speaks of."""
    # sums over a row, and its own bounds, stay within 64 bits at these prices
    heft = [np.asarray(abs(model.rows).sum(axis=1)).ravel()]
    heft += [np.where(np.abs(each) == OPEN_ENDED, 0, np.abs(each)) for each in (model.lower, model.upper)]
    most = 2.0**60 / (len(model.lower) * np.maximum(1, np.maximum.reduce(heft)) + 1)
    price = np.rint(np.clip(leaf.row_dual * SCALE, -most, most)).astype(np.int64)
    least = model.lower.copy()
    least[list(leaf.open)] = model.problem.min_fill[list(leaf.open)]
    price[(price > 0) & (model.upper == OPEN_ENDED)] = 0
    price[(price < 0) & (least == -OPEN_ENDED)] = 0
    price[list(leaf.closed)] = 0
    return price, least


def unit_best(indptr: Ints, net: Ints) -> Ints:
    """Each unit's best net value, never below 0 (staying); units without options get 0."""
    best = np.zeros(len(indptr) - 1, dtype=net.dtype)
    some = np.flatnonzero(np.diff(indptr))
    if len(some):
        best[some] = np.maximum(0, np.maximum.reduceat(net, indptr[some]))
    return best


def _ended(bounds: Ints) -> Floats:
    out: NDArray[np.float64] = bounds.astype(np.float64)
    out[bounds == OPEN_ENDED] = INFINITY
    out[bounds == -OPEN_ENDED] = -INFINITY
    return out
