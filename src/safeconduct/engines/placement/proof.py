"""The bound that a certificate proves, recomputed in whole numbers by the format's formula.

Shares no code with the search or the prices. Source: the format `safeconduct-placement-1`, "The bound, exactly";
weak duality as in Geoffrion (1974).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .claims import PlanFault, all_whole, whole
from .problem import NO_LIMIT, Problem

MOST_COVER_STEPS = 200_000
UNITS_AT_ONCE = 20_000
PRICE_KEYS = ("quota", "med_quota", "reserved", "floors", "tie_split")


def price_faults(problem: Problem, certificate: Any) -> Iterator[PlanFault]:
    """Faults of the prices themselves, at the top and in each branch."""
    if not isinstance(certificate, Mapping) or not whole(certificate.get("scale")) or certificate["scale"] < 1:
        yield PlanFault("wrong_shape", "certificate", "", "an object with a scale of at least 1")
        return
    branches = certificate.get("branches", [])
    if not isinstance(branches, list) or not all(isinstance(each, Mapping) for each in branches):
        yield PlanFault("wrong_shape", "certificate.branches", "", "a list of objects")
        return
    yield from _faults_of(problem, certificate, "certificate", [])
    chosen = []
    for at, branch in enumerate(branches):
        opened, closed = branch.get("open", []), branch.get("closed", [])
        where = f"certificate.branches[{at}]"
        if not (all_whole(opened) and all_whole(closed)) or set(opened) & set(closed):
            yield PlanFault("wrong_shape", where, "", "two lists of different routes, open and closed")
            return
        for r in [*opened, *closed]:
            if not 0 <= r < problem.routes or problem.min_fill[r] == 0:
                yield PlanFault("branch_of_no_block", where, r)
                return
        chosen.append((frozenset(opened), frozenset(closed)))
        yield from _faults_of(problem, _merged(certificate, branch), where, opened)
    if chosen and not _covers(chosen):
        yield PlanFault("branches_incomplete", "certificate.branches")


def _faults_of(problem: Problem, prices: Mapping[str, Any], where: str, opened: list[int]) -> Iterator[PlanFault]:
    groups = {str(group) for group in problem.floors}
    sizes = {"quota": problem.routes, "med_quota": problem.routes, "reserved": problem.routes}
    sizes["tie_split"] = len(problem.ties)
    for key, length in sizes.items():
        if not all_whole(prices.get(key), length):
            yield PlanFault("wrong_shape", f"{where}.{key}", "", f"{length} whole numbers")
            return
    floors = prices.get("floors")
    if not isinstance(floors, Mapping) or set(floors) != groups or not all(map(whole, floors.values())):
        yield PlanFault("wrong_shape", f"{where}.floors", "", "one whole number for each group with a floor")
        return
    for key in ("quota", "med_quota", "reserved"):
        for r, price in enumerate(prices[key]):
            if price < 0 and not (key == "quota" and r in opened):
                yield PlanFault("negative_price", f"{where}.{key}[{r}]", price)
    for r, price in enumerate(prices["med_quota"]):
        if price and problem.med_quota[r] == NO_LIMIT:
            yield PlanFault("price_without_limit", f"{where}.med_quota[{r}]", price)
    for group, price in floors.items():
        if price < 0:
            yield PlanFault("negative_price", f"{where}.floors[{group}]", price)
    for at, split in enumerate(prices["tie_split"]):
        if not 0 <= split <= prices["scale"]:
            yield PlanFault("tie_split_out_of_range", f"{where}.tie_split[{at}]", split, prices["scale"])


def _covers(branches: list[tuple[frozenset[int], frozenset[int]]]) -> bool:
    """Whether every choice of open and closed routes agrees with some branch."""
    todo, steps = [branches], 0
    while todo:
        left = todo.pop()
        steps += len(left) + 1
        if steps > MOST_COVER_STEPS or not left:
            return False
        undecided = [opened | closed for opened, closed in left]
        if not all(undecided):
            continue
        # every branch still decides something: split on the route that most of them decide
        counts: dict[int, int] = {}
        for routes in undecided:
            for r in routes:
                counts[r] = counts.get(r, 0) + 1
        r = max(counts, key=lambda route: counts[route])
        todo.append([(opened - {r}, closed) for opened, closed in left if r not in closed])
        todo.append([(opened, closed - {r}) for opened, closed in left if r not in opened])
    return True


def recompute(problem: Problem, certificate: Mapping[str, Any]) -> int:
    """The bound that a well-formed certificate proves, in milli-points, by the format's formula.

    `certificate` is the format's object: prices in 1/scale milli-points, lists of length R and T.
    Source: the format `safeconduct-placement-1`, "The bound, exactly".
    """
    branches = certificate.get("branches") or [{}]
    return max(_branch_bound(problem, _merged(certificate, branch), branch.get("closed", [])) for branch in branches)


def _merged(certificate: Mapping[str, Any], branch: Mapping[str, Any]) -> dict[str, Any]:
    """The prices of a branch: its own where it has them, else those of the certificate; the scale is one for all."""
    own = {key: branch[key] for key in PRICE_KEYS if key in branch}
    return {key: certificate.get(key) for key in ("scale", *PRICE_KEYS)} | own


def _branch_bound(problem: Problem, prices: Mapping[str, Any], closed: list[int]) -> int:
    scale = prices["scale"]
    q, m, rho = prices["quota"], prices["med_quota"], prices["reserved"]
    floors = {int(group): price for group, price in prices["floors"].items()}
    extra = _tie_shares(problem, prices["tie_split"], scale)
    at, more = np.array([*extra], dtype=np.int64), np.array([*extra.values()], dtype=object)
    kind = object if _wide(problem, prices, more) else np.int64
    told = [np.array(each, dtype=kind) for each in (q, m, rho)]
    shut = np.zeros(problem.routes, dtype=bool)
    shut[closed] = True
    total = 0
    for start in range(0, problem.units, UNITS_AT_ONCE):
        end = min(start + UNITS_AT_ONCE, problem.units)
        subsidy = np.array([floors.get(group, 0) for group in problem.group[start:end].tolist()], dtype=kind)
        first, last = int(problem.indptr[start]), int(problem.indptr[end])
        mine = (first <= at) & (at < last)
        net = scale * problem.value[first:last].astype(kind)
        np.add.at(net, at[mine] - first, more[mine].astype(kind))
        counts, route, free = problem.indptr[start : end + 1] - first, problem.route[first:last], problem.link[first:last] == 0
        size, cases = problem.size[start:end].astype(kind), problem.medical[start:end].astype(kind)
        of = np.repeat(np.arange(end - start), np.diff(counts))
        net += size[of] * (subsidy[of] - told[0][route] - told[2][route] * free) - cases[of] * told[1][route]
        open_ = ~shut[route]
        some = np.concatenate([[0], np.cumsum(open_)])[counts]
        held = np.flatnonzero(np.diff(some))
        if len(held):
            total += int(np.maximum(np.maximum.reduceat(net[open_], some[held]), 0).sum())
    for r in range(problem.routes):
        if r not in closed:
            quota = int(problem.quota[r])
            # only an open route may have a negative price: it then has to take its minimum fill
            total += q[r] * (int(problem.min_fill[r]) if q[r] < 0 else quota)
            total += m[r] * int(problem.med_quota[r]) + rho[r] * (quota - int(problem.reserved[r]))
    total -= sum(floors[g] * least for g, least in problem.floors.items())
    return int(total // scale)


def _wide(problem: Problem, prices: Mapping[str, Any], more: Any) -> bool:
    """Whether a sum could leave 64 bits, so that Python's own integers are needed."""
    most = max([0, *map(abs, (*prices["quota"], *prices["med_quota"], *prices["reserved"], *prices["floors"].values()))])
    worth = max(int(problem.value.max(initial=0)), -int(problem.value.min(initial=0)))
    heaviest = prices["scale"] * worth + int(sum(more)) + 4 * int(problem.size.max(initial=0)) * most
    return bool(heaviest * max(1, problem.units) >= 2**62)


def _tie_shares(problem: Problem, split: list[int], scale: int) -> dict[int, int]:
    """What each option gains from its ties, in 1/scale milli-points."""
    extra: dict[int, int] = {}
    indptr, route = problem.indptr, problem.route
    for (one, other, bonus), t in zip(problem.ties.tolist(), split, strict=True):
        mine = {r: int(indptr[one]) + at for at, r in enumerate(route[indptr[one] : indptr[one + 1]].tolist())}
        for at, r in enumerate(route[indptr[other] : indptr[other + 1]].tolist(), int(indptr[other])):
            if r in mine:
                extra[mine[r]] = extra.get(mine[r], 0) + bonus * t
                extra[at] = extra.get(at, 0) + bonus * (scale - t)
    return extra
