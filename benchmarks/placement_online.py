"""People and places that come over months: what each way of deciding reaches of what hindsight would have.

    python benchmarks/placement_online.py [--seeds 20] [--json]

400 families, 20 routes, batches of ten families; quotas for persons and medical cases. Once all places are there from the first day
and every family is decided when it comes; once they open over the season, and whoever has no place waits. Prices know one earlier
season of the same kind. Hindsight is the proven optimum (or its bound) of the whole season at once, with all of its places. The
interval is 95 % of the mean over seeds (Student).
"""

from __future__ import annotations

import argparse
import json
import statistics
from dataclasses import replace
from typing import Any

import numpy as np
from placement_scale import Row, made
from scipy import stats

from safeconduct.engines.placement import NO_LIMIT, Problem, solve
from safeconduct.engines.placement.online import Season, by_prices_of_the_future, first_come, greedy, part_of

BATCHES, FAMILIES, ROUTES = 40, 400, 20
WAYS = ("prices", "greedy", "first come")


def season(seed: int, *, arriving: bool) -> tuple[Season, Problem]:
    """A season of families, and an earlier one of the same kind; each route opens its places on three days when they arrive."""
    whole = made(Row(f"season {seed}", 1_500, ROUTES, 0.5, places=0.55), seed=1000 + seed)
    chance = np.random.default_rng(seed)
    now, before = (_some(whole, chance.choice(whole.units, FAMILIES, replace=False)) for _ in range(2))
    batch = np.arange(FAMILIES) * BATCHES // FAMILIES
    quota = np.maximum(4, np.rint(now.quota * now.size.sum() / whole.size.sum())).astype(np.int64)
    medical = np.where(now.med_quota == NO_LIMIT, NO_LIMIT, np.maximum(1, np.rint(quota * 0.06))).astype(np.int64)
    now, before = (_with(each, quota, medical) for each in (now, before))
    opened = np.tile(quota, (BATCHES, 1))
    if arriving:
        days = np.sort(chance.integers(0, BATCHES, (ROUTES, 3)), axis=1)
        share = (np.arange(BATCHES)[:, None, None] >= days[None]).mean(axis=2)
        opened = np.floor(quota * share + 1e-9).astype(np.int64)
        opened[-1] = quota
    return Season(now, batch, opened, waits=arriving), before


def _some(problem: Problem, units: Any) -> Problem:
    room = np.array(
        [problem.quota, np.where(problem.med_quota == NO_LIMIT, 2**40, problem.med_quota), np.full(problem.routes, 2**40)]
    )
    return part_of(problem, units, room)


def _with(problem: Problem, quota: Any, medical: Any) -> Problem:
    return replace(problem, quota=quota, med_quota=medical)


def ratios(seed: int, *, arriving: bool) -> dict[str, float]:
    """What each way reaches of the best in hindsight."""
    now, before = season(seed, arriving=arriving)
    problem = now.problem
    best = solve(problem)
    assert best.bound is not None
    ways = {"prices": by_prices_of_the_future(now, seed=seed, past=before), "greedy": greedy(now), "first come": first_come(now)}
    return {name: int(problem.value[problem.chosen(assign)].sum()) / best.bound for name, assign in ways.items()}


def told(values: list[float]) -> dict[str, float]:
    """Mean, its 95 % interval, the lowest and the highest, in percent."""
    mean, error = statistics.mean(values), statistics.stdev(values) / len(values) ** 0.5
    reach = float(stats.t.ppf(0.975, len(values) - 1)) * error
    return {key: round(100 * each, 1) for key, each in {
        "mean": mean, "from": mean - reach, "to": mean + reach, "lowest": min(values), "highest": max(values)}.items()}  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Placement over months, beside greedy, first come and hindsight.")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="print one object a line")
    asked = parser.parse_args()
    if not asked.json:
        print(f"{'places':<18}{'way':<14}{'mean %':>8}{'95 % interval':>18}{'lowest':>9}{'highest':>9}")
    for arriving in (False, True):
        found = [ratios(seed, arriving=arriving) for seed in range(asked.seeds)]
        for way in WAYS:
            row = told([each[way] for each in found])
            places = "opening over time" if arriving else "all open"
            if asked.json:
                print(json.dumps({"places": places, "way": way, "seeds": asked.seeds} | row))
                continue
            interval = f"{row['from']:.1f} to {row['to']:.1f}"
            print(f"{places:<18}{way:<14}{row['mean']:>8.1f}{interval:>18}{row['lowest']:>9.1f}{row['highest']:>9.1f}", flush=True)


if __name__ == "__main__":
    main()
