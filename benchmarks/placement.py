"""Placement against its peers: one problem, one run, the same optimum or not, seconds each.

    python benchmarks/placement.py                      a camp of 3,100 persons and 12 routes, made from a seed
    python benchmarks/placement.py --problem FILE       any file of the format safeconduct-placement-1

Peers: PuLP with its bundled CBC, and HiGHS on the whole model in one go. Seconds are wall seconds from the
problem in memory to the plan, model building included (it is part of the work in each); processor seconds beside
them. Every peer's plan is checked by the same independent code as ours.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safeconduct.cli.problems import Unusable, read_problem
from safeconduct.engines.placement import NO_LIMIT, Problem, check, solve

SIZES, SHARES = np.arange(1, 8), np.array([0.74, 0.10, 0.06, 0.05, 0.03, 0.015, 0.005])


@dataclass(frozen=True)
class Run:
    """One method's answer: its assignment (or None), what it says of it, and the seconds it took."""

    name: str
    assign: NDArray[np.int64] | None
    says: str
    wall: float
    cpu: float


def camp(seed: int, persons: int = 3100, routes: int = 12) -> Problem:
    """A synthetic camp: families of 1 to 7, 8 % medical cases, a third of the pairs possible, places for 70 %."""
    rng = np.random.default_rng(seed)
    size: list[int] = []
    while sum(size) < persons:
        size.append(min(int(rng.choice(SIZES, p=SHARES)), persons - sum(size)))
    units = len(size)
    medical = [int(rng.binomial(each, 0.08)) for each in size]
    share = rng.dirichlet(np.full(routes, 0.9))
    quota = np.maximum(8, np.rint(share * 0.7 * persons)).astype(int)
    limited = rng.random(routes) < 0.6
    med_quota = np.where(limited, np.maximum(1, np.rint(quota * 0.04)), NO_LIMIT).astype(int)
    reserved = np.where(rng.random(routes) < 0.35, np.rint(quota * 0.12), 0).astype(int)
    block = int(rng.integers(routes))
    min_fill = [int(quota[block] * 0.8) if route == block else 0 for route in range(routes)]
    odds, urgency = rng.uniform(0.3, 0.95, routes), rng.choice([1.0, 1.5, 2.0], units, p=[0.8, 0.15, 0.05])
    indptr, route, value, link, rank = [0], [], [], [], []
    for unit in range(units):
        mine = np.flatnonzero(rng.random(routes) < 0.33)
        order = rng.permutation(len(mine)) + 1
        for place, at in zip(order, mine, strict=True):
            linked = bool(rng.random() < 0.11)
            worth = odds[at] * urgency[unit] * rng.uniform(0.7, 1.3) * (1 - 0.06 * (place - 1)) * (1.2 if linked else 1)
            route.append(int(at))
            rank.append(int(place))
            link.append(int(linked))
            value.append(int(1000 * size[unit] * max(0.05, worth)))
        indptr.append(len(route))
    return Problem.from_mapping(
        {
            "format": "safeconduct-placement-1", "name": f"camp-{seed}", "size": size, "medical": medical,
            "group": [-1] * units, "quota": quota.tolist(), "med_quota": med_quota.tolist(),
            "reserved": reserved.tolist(), "min_fill": min_fill, "indptr": indptr, "route": route, "value": value,
            "link": link, "rank": rank, "ties": [], "floors": {},
        }
    )  # fmt: skip


def timed(name: str, method: Callable[[Problem, float], tuple[NDArray[np.int64] | None, str]]) -> Callable[..., Run]:
    """Measure one method on one problem."""

    def run(problem: Problem, seconds: float) -> Run:
        wall, cpu = time.perf_counter(), time.process_time() + _children()
        assign, says = method(problem, seconds)
        return Run(name, assign, says, time.perf_counter() - wall, time.process_time() + _children() - cpu)

    return run


def _children() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # CBC runs as a child process
    return used.ru_utime + used.ru_stime


def _pairs(problem: Problem) -> list[tuple[int, int, int]]:
    """Tied options on one route: (option, option, bonus)."""
    found = []
    for one, other, bonus in problem.ties.tolist():
        mine = {int(problem.route[at]): at for at in range(problem.indptr[one], problem.indptr[one + 1])}
        for at in range(problem.indptr[other], problem.indptr[other + 1]):
            if int(problem.route[at]) in mine:
                found.append((mine[int(problem.route[at])], at, bonus))
    return found


def _limits(problem: Problem) -> list[tuple[NDArray[np.int64], int]]:
    """Rows as (weight of each option, at most)."""
    rows = []
    for route in range(problem.routes):
        here = problem.route == route
        quota, medical = int(problem.quota[route]), int(problem.med_quota[route])
        rows.append((np.where(here, problem.persons, 0), quota))
        rows.append((np.where(here, problem.medical_cases, 0), medical))
        if problem.reserved[route]:
            unlinked = np.where(here & (problem.link == 0), problem.persons, 0)
            rows.append((unlinked, quota - int(problem.reserved[route])))
    group = problem.group[problem.unit]
    rows += [(-np.where(group == each, problem.persons, 0), -least) for each, least in problem.floors.items()]
    return [row for row in rows if row[1] != NO_LIMIT]


def ours(problem: Problem, _seconds: float) -> tuple[NDArray[np.int64] | None, str]:
    """Safeconduct: prices, fixing, exact search."""
    plan = solve(problem)
    return plan.assign, plan.status


def pulp_cbc(problem: Problem, seconds: float) -> tuple[NDArray[np.int64] | None, str]:
    """PuLP with the CBC that it brings along, as its manual shows it."""
    import pulp

    model = pulp.LpProblem("placement", pulp.LpMaximize)
    x = [pulp.LpVariable(f"x{at}", cat="Binary") for at in range(problem.options)]
    pairs = _pairs(problem)
    both = [pulp.LpVariable(f"p{at}", 0, 1) for at in range(len(pairs))]
    bonuses = [(both[at], bonus) for at, (_, _, bonus) in enumerate(pairs)]
    model += pulp.LpAffineExpression([*zip(x, problem.value.tolist(), strict=True), *bonuses])
    for unit in range(problem.units):
        first, last = int(problem.indptr[unit]), int(problem.indptr[unit + 1])
        if last > first:
            model += pulp.lpSum(x[first:last]) <= 1
    for weight, most in _limits(problem):
        used = np.flatnonzero(weight)
        model += pulp.LpAffineExpression([(x[at], int(weight[at])) for at in used]) <= most
    for at, (left, right, _) in enumerate(pairs):
        model += both[at] <= x[left]
        model += both[at] <= x[right]
    for route in np.flatnonzero(problem.min_fill):
        opened = pulp.LpVariable(f"y{route}", cat="Binary")
        here = np.flatnonzero(problem.route == route)
        load = pulp.LpAffineExpression([(x[at], int(problem.persons[at])) for at in here])
        model += load <= int(min(problem.quota[route], problem.persons[here].sum())) * opened
        model += load >= int(problem.min_fill[route]) * opened
    model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1, gapRel=0, gapAbs=0.999, timeLimit=seconds))
    chosen = [at for at, each in enumerate(x) if (each.value() or 0) > 0.5]
    return _assign(problem, chosen), pulp.LpStatus[model.status].lower()


def highs_whole(problem: Problem, seconds: float) -> tuple[NDArray[np.int64] | None, str]:
    """HiGHS on the whole model through SciPy's arrays, one thread, gap 0."""
    import highspy
    from scipy import sparse

    pairs, blocks = _pairs(problem), np.flatnonzero(problem.min_fill)
    options, many = problem.options, len(pairs)
    one = sparse.csr_matrix((np.ones(options), (problem.unit, np.arange(options))), shape=(problem.units, options))
    limits = _limits(problem)
    route_rows = sparse.csr_matrix(np.array([weight for weight, _ in limits]).reshape(len(limits), options))
    sides = [
        sparse.csr_matrix((-np.ones(many), (np.arange(many), [pair[side] for pair in pairs])), shape=(many, options))
        for side in (0, 1)
    ]
    load = sparse.csr_matrix(
        np.array([np.where(problem.route == r, problem.persons, 0) for r in blocks]).reshape(len(blocks), options)
    )
    cap = np.minimum(problem.quota[blocks], np.asarray(load.sum(axis=1)).ravel())
    same = sparse.identity(many)
    opened = [sparse.diags(-each.astype(float), shape=(len(blocks),) * 2) for each in (cap, problem.min_fill[blocks])]
    rows = sparse.bmat(
        [
            [one, None, None], [route_rows, sparse.csr_matrix((len(limits), many)), None],
            [sides[0], same, None], [sides[1], same, None], [load, None, opened[0]], [-load, None, -opened[1]],
        ],
        format="csr",
    )  # fmt: skip
    most = np.array([each for _, each in limits], dtype=float)
    upper = np.concatenate([np.ones(problem.units), most, np.zeros(2 * many + 2 * len(blocks))])
    columns = options + many + len(blocks)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, rows.shape[0]
    gain = np.array([*problem.value.tolist(), *(bonus for _, _, bonus in pairs), *[0] * len(blocks)], dtype=float)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = -gain, np.zeros(columns), np.ones(columns)
    lp.row_lower_, lp.row_upper_ = np.full(rows.shape[0], -highspy.kHighsInf), upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data.astype(float)
    kind = highspy.HighsVarType
    lp.integrality_ = [kind.kInteger] * options + [kind.kContinuous] * many + [kind.kInteger] * len(blocks)
    highs = highspy.Highs.__new__(highspy.Highs)
    super(highspy.Highs, highs).__init__()  # its own constructor writes a banner to standard output
    settings: dict[str, bool | float | str] = {
        "output_flag": False,
        "parallel": "off",
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.999,
        "time_limit": seconds,
    }
    for name, value in settings.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    highs.run()
    x = np.array(highs.getSolution().col_value)
    chosen = np.flatnonzero(x[:options] > 0.5).tolist() if len(x) else []
    return _assign(problem, chosen), highs.modelStatusToString(highs.getModelStatus()).lower()


def _assign(problem: Problem, chosen: list[int]) -> NDArray[np.int64]:
    assign = np.full(problem.units, -1, dtype=np.int64)
    assign[problem.unit[chosen]] = problem.route[chosen]
    return assign


def worth(problem: Problem, assign: NDArray[np.int64]) -> int:
    """Value and tie bonuses of an assignment."""
    earned = sum(bonus for one, other, bonus in problem.ties.tolist() if assign[one] == assign[other] >= 0)
    return int(problem.value[problem.chosen(assign)].sum()) + earned


def report(problem: Problem, runs: list[Run]) -> dict[str, Any]:
    """Values, verdicts of the independent check, seconds and ratios, side by side."""
    plan = solve(problem).to_mapping()
    base = runs[0]
    lines: list[dict[str, Any]] = []
    for run in runs:
        value = None if run.assign is None else worth(problem, run.assign)
        claim = {} if run.assign is None else plan | {"status": "feasible", "assign": run.assign.tolist(), "value": value}
        lines.append(
            {
                "method": run.name, "says": run.says, "value": value, "allowed": bool(claim) and not check(problem, claim),
                "wall_seconds": round(run.wall, 3), "cpu_seconds": round(run.cpu, 3),
                "times_ours": round(run.wall / base.wall, 1),
            }
        )  # fmt: skip
    same = len({line["value"] for line in lines if "optimal" in line["says"]}) == 1
    facts = {"problem": problem.name, "persons": int(problem.size.sum()), "units": problem.units}
    facts |= {"routes": problem.routes, "options": problem.options}
    return facts | {"bound": plan["bound"], "bound_by": plan["bound_by"], "same_optimum": same, "runs": lines}


def show(told: dict[str, Any]) -> None:
    """The report as a table for people."""
    print("Placement against PuLP with CBC and against HiGHS on the whole model")
    sizes = f"{told['persons']:,} persons in {told['units']:,} units, {told['routes']} routes, {told['options']:,} options"
    print(f"{told['problem']}: {sizes}")
    print(f"{'method':<14}{'value':>12}  {'says':<12}{'allowed':<9}{'seconds':>9}{'cpu s':>9}{'x ours':>8}")
    for run in told["runs"]:
        value = "-" if run["value"] is None else f"{run['value']:,}"
        tail = f"{run['wall_seconds']:>9.3f}{run['cpu_seconds']:>9.3f}{run['times_ours']:>8.1f}"
        print(f"{run['method']:<14}{value:>12}  {run['says'][:11]:<12}{'yes' if run['allowed'] else 'NO':<9}{tail}")
    print(f"same optimum: {'yes' if told['same_optimum'] else 'NO'}    bound {told['bound']:,} by {told['bound_by']}")


def main() -> int:
    """Run all methods on one problem; exit status 1 where an optimum differs or a plan breaks a rule."""
    parser = argparse.ArgumentParser(description="Placement: ours, PuLP with CBC and HiGHS on the whole model.")
    parser.add_argument("--problem", type=Path, help="a file of the format safeconduct-placement-1")
    parser.add_argument("--seed", type=int, default=3100, help="of the camp that is made where no file is given")
    parser.add_argument("--seconds", type=float, default=600.0, help="limit for each peer")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    asked = parser.parse_args()
    try:
        problem = camp(asked.seed) if asked.problem is None else read_problem(asked.problem)
    except Unusable as refusal:
        parser.error(f"{asked.problem}: {refusal.where} {refusal.says} {refusal.mend}")
    if problem.level is not None:
        parser.error("The peers have no urgency levels; compare on a file without them.")
    if solve(problem).status == "infeasible":  # also loads every library before the clock runs
        parser.error("The floors of this problem can't be met; there is no plan to compare.")
    methods = {"safeconduct": ours, "PuLP+CBC": pulp_cbc, "HiGHS whole": highs_whole}
    told = report(problem, [timed(name, method)(problem, asked.seconds) for name, method in methods.items()])
    if asked.json:
        print(json.dumps(told))
    else:
        show(told)
    return int(not (told["same_optimum"] and all(run["allowed"] for run in told["runs"])))


if __name__ == "__main__":
    raise SystemExit(main())
