"""Placement from a camp to a country: how far from the bound, in what time, with what memory, beside peers on the same problem.

    python benchmarks/placement_scale.py [--rows camp,scarce,...] [--seconds 600] [--json]

Problems are made from a seed: families of one to seven, 8 % medical cases, quotas for medical cases and for people with relatives
there, a tenth to a third of all pairs possible. Every method runs in a process of its own, so that memory is its own; compiled code
is compiled before. One bare pass is `margins` over all options at prices of 0, on one core: what reading the data once costs.
Peers where they can be tried: PuLP with CBC, HiGHS on the whole model, OR-Tools' CP-SAT, and OR-Tools' PDLP for the linear
relaxation alone. "not in time" is a peer that had no answer within the seconds given.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import Empty
from typing import Any

import numpy as np
from numpy.typing import NDArray
from placement import SHARES, SIZES, highs_whole, pulp_cbc, worth

from safeconduct.engines.placement import NO_LIMIT, Problem, solve
from safeconduct.engines.placement.passes import AtPrices, Rows


@dataclass(frozen=True)
class Row:
    """One problem of the table, and the peers that are tried on it."""

    name: str
    persons: int
    routes: int
    eligible: float
    places: float = 0.7
    blocks: int = 0
    ties: int = 0
    floors: int = 0
    levels: bool = False
    peers: tuple[str, ...] = ()


ROWS = (
    Row("camp", 3_100, 12, 0.3, peers=("PuLP+CBC", "HiGHS", "CP-SAT")),
    Row("camp with ties", 3_100, 12, 0.3, ties=180, floors=4, peers=("PuLP+CBC", "HiGHS")),
    Row("scarce", 6_000, 25, 0.25, places=0.25, peers=("PuLP+CBC", "HiGHS", "CP-SAT")),
    Row("thirty", 30_000, 50, 0.13, peers=("PuLP+CBC", "HiGHS", "CP-SAT")),
    Row("thirty with ties", 30_000, 50, 0.13, ties=1_744, floors=6),
    Row("thirty in levels", 30_000, 50, 0.13, levels=True),
    Row("country", 300_000, 200, 0.1, peers=("PDLP",)),
    Row("country in blocks", 300_000, 200, 0.1, places=1.1, blocks=16),
    Row("million", 1_000_000, 300, 0.1),
)


def made(row: Row, seed: int = 7) -> Problem:
    """The problem of a row, always the same."""
    chance = np.random.default_rng(seed)
    size = chance.choice(SIZES, row.persons, p=SHARES).astype(np.int64)
    size = size[: int(np.searchsorted(np.cumsum(size), row.persons)) + 1]
    units, routes = len(size), row.routes
    medical = chance.binomial(size, 0.08).astype(np.int64)
    quota = np.maximum(20, np.rint(chance.dirichlet(np.full(routes, 2.0)) * row.places * size.sum())).astype(np.int64)
    med_quota = np.where(chance.random(routes) < 0.6, np.maximum(2, np.rint(quota * 0.06)), NO_LIMIT).astype(np.int64)
    reserved = np.where(chance.random(routes) < 0.35, np.rint(quota * 0.12), 0).astype(np.int64)
    min_fill = np.zeros(routes, dtype=np.int64)
    block = chance.choice(routes, row.blocks, replace=False)
    min_fill[block] = np.rint(quota[block] * 0.8)
    odds, urgency = chance.uniform(0.3, 0.95, routes), chance.choice([1.0, 1.5, 2.0], units, p=[0.8, 0.15, 0.05])
    odds[block] *= 0.6  # so that few would go there by themselves, and the choice of open or closed matters
    parts = [_options(chance, row, odds, size[at : at + 20_000], urgency[at : at + 20_000]) for at in range(0, units, 20_000)]
    count, route, value, link, rank = (np.concatenate(each) for each in zip(*parts, strict=True))
    del parts
    one = chance.integers(0, units, row.ties)
    other = (one + 1 + chance.integers(0, units - 1, row.ties)) % units
    ties = np.stack([one, other, chance.integers(50, 400, row.ties)], axis=1).astype(np.int64)
    group = chance.integers(-1, row.floors, units).astype(np.int64) if row.floors else np.full(units, -1, dtype=np.int64)
    indptr = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    level = chance.choice([0, 1, 2], units, p=[0.8, 0.15, 0.05]).astype(np.int64) if row.levels else None
    problem = Problem(
        row.name, size, medical, group, quota, med_quota, reserved, min_fill, indptr, route, value, link, rank, ties, {}, level
    )
    return replace(problem, floors=_floors(problem, row.floors)) if row.floors else problem


def _options(
    chance: np.random.Generator, row: Row, odds: NDArray[np.float64], size: NDArray[np.int64], urgency: NDArray[np.float64]
) -> tuple[NDArray[Any], ...]:
    """Options of some units: how many each has, and of each its route, value, link and rank."""
    possible = [np.flatnonzero(chance.random(row.routes) < row.eligible) for _ in size]
    count = np.array([len(each) for each in possible])
    route, unit = np.concatenate(possible).astype(np.int32), np.repeat(np.arange(len(size)), count)
    rank = np.concatenate([chance.permutation(n) + 1 for n in count]).astype(np.int32)
    link = (chance.random(len(route)) < 0.11).astype(np.int8)
    each = odds[route] * urgency[unit] * chance.uniform(0.7, 1.3, len(route)) * np.maximum(0.3, 1 - 0.06 * (rank - 1))
    value = (1000 * size[unit] * np.maximum(0.05, each * np.where(link == 1, 1.2, 1.0))).astype(np.int64)
    return count, route, value, link, rank


def _floors(problem: Problem, groups: int) -> dict[int, int]:
    """Half of the groups want a few more persons placed than would be without floors, the others fewer."""
    plan = solve(replace(problem, ties=np.zeros((0, 3), dtype=np.int64)))
    assert plan.assign is not None
    placed = np.bincount(problem.group[plan.assign >= 0] + 1, problem.size[plan.assign >= 0], minlength=groups + 1)[1:]
    return {group: int(placed[group] * (1.02 if group % 2 else 0.9)) for group in range(groups)}


def ours(problem: Problem, seconds: float) -> dict[str, Any]:
    """Safeconduct, as `safeconduct place` asks it. With urgency levels, value and bound are the sums of those of each level."""
    plan = solve(problem)
    if plan.stages:
        value, bound = (sum(getattr(stage, key) for stage in plan.stages) for key in ("value", "bound"))
        return {"says": plan.status, "value": value, "bound": bound}
    return {"says": plan.status, "value": plan.value, "bound": plan.bound}


def one_pass(problem: Problem, seconds: float) -> dict[str, Any]:
    """One look at every option."""
    rows = Rows.of(problem)
    AtPrices(problem, rows, np.zeros(len(rows.capacity), dtype=np.int64)).margins()
    return {"says": "", "value": None, "bound": None}


def _peer(method: Callable[[Problem, float], tuple[NDArray[np.int64] | None, str]]) -> Callable[..., dict[str, Any]]:
    def run(problem: Problem, seconds: float) -> dict[str, Any]:
        assign, says = method(problem, seconds)
        return {"says": says, "value": None if assign is None else worth(problem, assign), "bound": None}

    return run


def cp_sat(problem: Problem, seconds: float) -> dict[str, Any]:
    """OR-Tools' CP-SAT on the whole model, one worker."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(problem.options)]
    for unit in range(problem.units):
        model.add_at_most_one(x[problem.indptr[unit] : problem.indptr[unit + 1]])
    limits = [(problem.persons, problem.quota), (problem.medical_cases, problem.med_quota)]
    limits += [(problem.persons * (1 - problem.link), np.where(problem.reserved > 0, problem.quota - problem.reserved, NO_LIMIT))]
    for weight, most in limits:
        for route in np.flatnonzero(most != NO_LIMIT):
            here = np.flatnonzero((problem.route == route) & (weight > 0))
            model.add(cp_model.LinearExpr.weighted_sum([x[at] for at in here], weight[here].tolist()) <= int(most[route]))
    model.maximize(cp_model.LinearExpr.weighted_sum(x, problem.value.tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 1
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return {
        "says": solver.status_name(status).lower(), "value": int(solver.objective_value) if found else None,
        "bound": int(solver.best_objective_bound),
    }  # fmt: skip


def pdlp(problem: Problem, seconds: float) -> dict[str, Any]:
    """OR-Tools' PDLP on the linear relaxation, tolerance 1e-4: no plan, a value to compare bounds with."""
    from ortools.pdlp import solve_log_pb2, solvers_pb2
    from ortools.pdlp.python import pdlp as engine
    from scipy import sparse

    at, routes = np.arange(problem.options), problem.routes
    one = sparse.csr_matrix((np.ones(len(at)), (problem.unit, at)), shape=(problem.units, len(at)))
    loads = [problem.persons, problem.medical_cases, problem.persons * (1 - problem.link)]
    rows = [sparse.csr_matrix((load.astype(float), (problem.route, at)), shape=(routes, len(at))) for load in loads]
    most = np.concatenate(
        [problem.quota, problem.med_quota, np.where(problem.reserved > 0, problem.quota - problem.reserved, NO_LIMIT)]
    )
    matrix = sparse.csc_matrix(sparse.vstack([one, *rows]))
    programme = engine.QuadraticProgram()
    programme.objective_vector = -problem.value.astype(float)
    programme.constraint_matrix = matrix
    programme.constraint_lower_bounds = np.full(matrix.shape[0], -np.inf)
    programme.constraint_upper_bounds = np.concatenate([np.ones(problem.units), np.where(most == NO_LIMIT, np.inf, most)])
    programme.variable_lower_bounds, programme.variable_upper_bounds = np.zeros(len(at)), np.ones(len(at))
    asked = solvers_pb2.PrimalDualHybridGradientParams()
    asked.termination_criteria.simple_optimality_criteria.eps_optimal_relative = 1e-4
    asked.termination_criteria.time_sec_limit = seconds
    told = engine.primal_dual_hybrid_gradient(programme, asked)
    says = solve_log_pb2.TerminationReason.Name(told.solve_log.termination_reason).removeprefix("TERMINATION_REASON_").lower()
    return {"says": f"LP only, {says}", "value": int(problem.value @ np.asarray(told.primal_solution)), "bound": None}


METHODS: dict[str, Callable[[Problem, float], dict[str, Any]]] = {
    "one pass": one_pass,
    "safeconduct": ours,
    "PuLP+CBC": _peer(pulp_cbc),
    "HiGHS": _peer(highs_whole),
    "CP-SAT": cp_sat,
    "PDLP": pdlp,
}
_HEAD = (
    f"{'problem':<22}{'options':>12}  {'method':<12}{'says':<22}{'value':>14}{'gap %':>10}{'wall s':>9}{'cpu s':>9}{'MB':>7}"
    f"{'x ours':>8}{'passes':>9}"
)


def _alone(name: str, row: Row, seconds: float, out: Any) -> None:
    """In a process of its own: make the problem, compile, measure."""
    problem = made(row)
    if name in ("one pass", "safeconduct"):
        METHODS[name](
            made(replace(row, persons=15_000, routes=8, eligible=0.9, blocks=0, ties=min(row.ties, 50), floors=0)), seconds
        )  # all compiled
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), _processor()
    told = METHODS[name](problem, seconds)
    told |= {"wall": time.perf_counter() - wall, "cpu": _processor() - cpu, "options": problem.options}
    out.put(told | {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "data_mb": before / 1024})


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # CBC runs as a child process
    return time.process_time() + used.ru_utime + used.ru_stime


def measured(name: str, row: Row, seconds: float) -> dict[str, Any] | None:
    """What one method says of one problem; None where it had no answer in time."""
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    process = context.Process(target=_alone, args=(name, row, seconds, out))
    process.start()
    told: dict[str, Any] | None = None
    until = time.perf_counter() + 2 * seconds + 120
    while told is None and process.is_alive() and time.perf_counter() < until:
        try:
            told = out.get(timeout=1)
        except Empty:
            continue
    process.kill()
    process.join()
    return told


def main() -> None:
    """Print the table, row by row."""
    parser = argparse.ArgumentParser(description="Placement from a camp to a country, beside its peers.")
    parser.add_argument("--rows", default=",".join(row.name for row in ROWS[:4]), help="names of rows, or 'all'")
    parser.add_argument("--seconds", type=float, default=600.0, help="limit for each peer")
    parser.add_argument("--json", action="store_true", help="print one object a line")
    asked = parser.parse_args()
    wanted = [row for row in ROWS if asked.rows == "all" or row.name in asked.rows.split(",")]
    if not asked.json:
        print(_HEAD)
    for row in wanted:
        _show(row, asked.seconds, as_json=asked.json)


def _show(row: Row, seconds: float, *, as_json: bool) -> None:
    base: dict[str, Any] = {}
    for name in ("one pass", "safeconduct", *row.peers):
        told = measured(name, row, seconds)
        if told is not None and name in ("one pass", "safeconduct"):
            base[name] = told
        if as_json:
            about = {"problem": row.name, "persons": row.persons, "routes": row.routes, "method": name}
            print(json.dumps(about | (told or {})), flush=True)
            continue
        if told is None:
            print(f"{row.name:<22}{'':>12}  {name:<12}not in time", flush=True)
            continue
        bound = told["bound"] or base.get("safeconduct", {}).get("bound")
        gap = "" if told["value"] is None or not bound else f"{100 * (bound - told['value']) / bound:.5f}"
        value = "" if told["value"] is None else f"{told['value']:,}"
        ratio = f"{told['cpu'] / base['safeconduct']['cpu']:.1f}" if "safeconduct" in base else ""
        passes = f"{told['cpu'] / base['one pass']['cpu']:,.0f}" if "one pass" in base else ""
        what = f"{row.name:<22}{told['options']:>12,}  {name:<12}{told['says'][:21]:<22}{value:>14}{gap:>10}"
        print(f"{what}{told['wall']:>9.2f}{told['cpu']:>9.2f}{told['mb']:>7.0f}{ratio:>8}{passes:>9}", flush=True)


if __name__ == "__main__":
    main()
