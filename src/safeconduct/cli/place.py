"""`safeconduct place`: the placement engine on a file, without a database."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeconduct.cli.problems import Unusable, read_problem, refused, writable, write_atomically

if TYPE_CHECKING:
    from safeconduct.engines.placement import Problem

PLACED, FAILED, INFEASIBLE = 0, 1, 4
PATIENCE = 300.0  # seconds: most problems are proven long before


def app_place(app: typer.Typer) -> None:
    """Add the command `place` to a typer application."""

    @app.command("place")
    def command(
        problem: Annotated[Path, typer.Argument(help="The problem, JSON or gzipped JSON (safeconduct-placement-1).")],
        out: Annotated[Path, typer.Option("--out", help="Where the plan is written (safeconduct-plan-1).")],
        seconds: Annotated[
            float, typer.Option(min=0.0, help="Stop improving after so many seconds; the bound stays honest.")
        ] = PATIENCE,
        as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    ) -> None:
        """Compute the best plan for a placement problem, prove it and check it independently.

        Exit status: 0 a checked plan was written; 2 the file can't be used; 4 the floors can't be met (the plan file
        then holds the smallest relaxation); 1 the solver failed or its plan did not pass the check (nothing is written).
        """
        raise typer.Exit(place(problem, out, seconds, as_json))


def place(problem: Path, out: Path, seconds: float, as_json: bool) -> int:
    """Read a problem, solve it, check the plan with independent code, write it, and say how it went.

    Returns the exit status of the command. Nothing is written unless the check found no fault.
    """
    from safeconduct.engines.placement import Limit, SearchFailed, check, solve

    try:
        asked = read_problem(problem)
        writable(out, problem)
        started = time.monotonic()
        plan = solve(asked, limit=Limit(seconds, time.monotonic))
        written = plan.to_mapping(round(time.monotonic() - started, 3))
        faults = check(asked, json.loads(json.dumps(written)))
        if faults:
            return _failed("The plan did not pass the check. " + " ".join(fault.says for fault in faults[:5]), as_json)
        write_atomically(out, json.dumps(written))
    except Unusable as refusal:
        return refused(problem, refusal, as_json)
    except SearchFailed as failure:
        return _failed(f"The search failed: {failure}.", as_json)
    except MemoryError:
        return refused(problem, Unusable("The problem is too large for this machine's memory.", "Split it."), as_json)
    _tell(asked, written, out, as_json)
    return INFEASIBLE if plan.status == "infeasible" else PLACED


def _tell(problem: Problem, plan: Mapping[str, Any], out: Path, as_json: bool) -> None:
    from safeconduct.engines.placement import unreachable

    never = unreachable(problem)
    told = {key: plan[key] for key in ("problem", "status", "value", "bound", "bound_by", "seconds")}
    assign = plan["assign"] or []
    placed = sum(int(size) for size, route in zip(problem.size, assign, strict=False) if route >= 0)
    told |= {"persons": int(problem.size.sum()), "persons_placed": placed, "checked": True, "out": str(out)}
    if plan["status"] == "infeasible":
        told["relaxation"] = plan["relaxation"]
    else:
        told["gap"] = plan["bound"] - plan["value"]
        told["certificate_bound"] = plan["certificate"]["bound"]
        told |= {"stages": plan["stages"]} if "stages" in plan else {}
    told["routes_for_nobody"], told["units_without_room"] = never.routes.tolist(), len(never.units)
    print(json.dumps(told) if as_json else "\n".join(_sentences(told)))


def _sentences(told: Mapping[str, Any]) -> list[str]:
    if told["status"] == "infeasible":
        short = ", ".join(f"group {group} by {persons}" for group, persons in told["relaxation"].items())
        return [
            f"{told['problem']}: the floors can't be met together.",
            f"They are out of reach by at least {sum(told['relaxation'].values()):,} persons: {short}.",
            "Lower these floors, or ask for more places.",
            f"seconds {told['seconds']}    written to {told['out']}",
        ]
    lines = [
        f"{told['problem']}: {told['status']}, {told['persons_placed']:,} of {told['persons']:,} persons placed",
        *_never(told),
        f"value   {told['value']:,}",
        f"bound   {told['bound']:,} by {told['bound_by']} (prices alone prove {told['certificate_bound']:,})",
        f"gap     {told['gap']:,} ({100 * told['gap'] / max(1, abs(told['bound'])):.4f} %)",
    ]
    lines += [f"level {s['level']}: value {s['value']:,}, bound {s['bound']:,}" for s in told.get("stages", [])]
    return [
        *lines,
        f"seconds {told['seconds']}",
        "check   passed: rules, value and bound were recomputed from the file",
        f"written to {told['out']}",
    ]


def _never(told: Mapping[str, Any]) -> list[str]:
    """What the problem holds and no plan of it can use."""
    lines = []
    if told["routes_for_nobody"]:
        lines.append(f"note    nobody can go to route {', '.join(map(str, told['routes_for_nobody']))}: minimum fill above quota")
    if told["units_without_room"]:
        lines.append(f"note    {told['units_without_room']:,} units are too large for every route that they may take")
    return lines


def _failed(says: str, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"status": "failed", "says": says}))
    print(f"{says} Nothing was written.", file=sys.stderr)
    return FAILED
