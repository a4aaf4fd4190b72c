"""After a change: how many people would be told something else, by a new plan and by repair at a loss.

    python benchmarks/placement_repair.py [--row camp] [--seeds 5] [--json]

A camp of 3,100 people and 12 routes, or another row of `placement_scale.py`; 5 % of the families withdraw and one route shrinks
by a fifth. Changed are families that had a place, did not withdraw, and have another or none now. Losses are of the best value
that is left.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace

import numpy as np
from placement_scale import ROWS, made

from safeconduct.engines.placement import Limit, Problem, repair, solve

LOSSES = (0.0, 0.01, 0.05, 0.1)  # percent


def changed(problem: Problem, seed: int) -> Problem:
    """The same problem after 5 % of the units withdrew and a route, another for each seed, lost a fifth of its places."""
    chance = np.random.default_rng(seed)
    gone = chance.random(problem.units) < 0.05
    kept = np.flatnonzero(~gone[problem.unit])
    quota = problem.quota.copy()
    route = seed % problem.routes
    quota[route] = int(quota[route] * 0.8)
    count = np.where(gone, 0, np.diff(problem.indptr))
    return replace(
        problem, quota=quota, reserved=np.minimum(problem.reserved, quota),
        indptr=np.concatenate([[0], np.cumsum(count)]).astype(np.int64),
        route=problem.route[kept], value=problem.value[kept], link=problem.link[kept], rank=problem.rank[kept],
    )  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Repair beside a new plan.")
    parser.add_argument("--row", default=ROWS[0].name, choices=[row.name for row in ROWS])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60.0, help="for each repair")
    parser.add_argument("--json", action="store_true", help="print one object a line")
    asked = parser.parse_args()
    problem = made(next(row for row in ROWS if row.name == asked.row))
    before = solve(problem).assign
    assert before is not None
    if not asked.json:
        print(f"{'seed':>4}{'new plan changes':>18}" + "".join(f"{f'loss {loss} %':>14}" for loss in LOSSES) + f"{'seconds':>9}")
    for seed in range(asked.seeds):
        after = changed(problem, seed)
        began = time.monotonic()
        new = solve(after)
        assert new.assign is not None and new.value is not None
        there = np.diff(after.indptr) > 0
        plain = int(((before >= 0) & there & (new.assign != before)).sum())
        losses = [int(new.value * loss / 100) for loss in LOSSES]
        kept = [
            *repair(after, np.where(there, before, -1), losses=losses, limit=Limit(asked.seconds * len(LOSSES), time.monotonic))
        ]
        seconds = time.monotonic() - began
        marks = ["" if each.proven else "*" for each in kept]
        row = {"seed": seed, "new plan": plain} | {
            f"loss {loss} %": len(each.changed) for loss, each in zip(LOSSES, kept, strict=True)
        }
        if asked.json:
            print(json.dumps(row | {"seconds": round(seconds, 1)}))
            continue
        counts = "".join(f"{len(each.changed):>13}{mark or ' '}" for each, mark in zip(kept, marks, strict=True))
        print(f"{seed:>4}{plain:>18}{counts}{seconds:>9.1f}", flush=True)
    if not asked.json:
        print("* the fewest that were found in time")


if __name__ == "__main__":
    main()
