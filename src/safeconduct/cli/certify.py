"""`safeconduct certify`: a plan against its problem, from the two files alone, with code that shares nothing with the engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from safeconduct.cli.problems import Unusable, read_object, read_problem, refused

if TYPE_CHECKING:
    from safeconduct.engines.placement import PlanFault

HOLDS, DOES_NOT = 0, 1
MOST_LINES = 50  # faults that are written out without --json


def app_certify(app: typer.Typer) -> None:
    """Add the command `certify` to a typer application."""

    @app.command("certify")
    def command(
        problem: Annotated[Path, typer.Argument(help="The problem, JSON or gzipped JSON (safeconduct-placement-1).")],
        plan: Annotated[Path, typer.Argument(help="The plan, JSON or gzipped JSON (safeconduct-plan-1).")],
        as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    ) -> None:
        """Check a plan of anybody's making: every hard rule, its exact value, and the bound that its prices prove.

        Exit status: 0 the plan holds; 1 it does not, and every fault is named; 2 a file can't be used.
        """
        raise typer.Exit(certify(problem, plan, as_json))


def certify(problem: Path, plan: Path, as_json: bool) -> int:
    """Read both files, check the one against the other, and say what was found. Returns the exit status of the command."""
    from safeconduct.engines.placement import check

    for path in (problem, plan):
        try:
            if path is problem:
                asked = read_problem(path)
            else:
                told = read_object(path)
        except Unusable as refusal:
            return refused(path, refusal, as_json)
        except MemoryError:
            return refused(path, Unusable("The file is too large for this machine's memory.", "Use a larger machine."), as_json)
    faults = check(asked, told)
    if as_json:
        print(json.dumps(_verdict(told, faults)))
    else:
        print("\n".join(_refuted(faults) if faults else _confirmed(told)))
    return DOES_NOT if faults else HOLDS


def _verdict(plan: Any, faults: list[PlanFault]) -> dict[str, Any]:
    known = plan if isinstance(plan, Mapping) else {}
    return {
        "holds": not faults,
        "faults": [
            {"code": each.code, "where": each.where, "has": each.has, "needs": each.needs, "says": each.says} for each in faults
        ],
        "proven": not faults and known["status"] != "infeasible" and known["certificate"]["bound"] == known["value"],
    } | {key: known.get(key) for key in ("problem", "status", "value", "bound", "bound_by")}


def _refuted(faults: list[PlanFault]) -> list[str]:
    lines = [f"The plan does not hold: {len(faults):,} fault{'' if len(faults) == 1 else 's'}."]
    lines += [each.says for each in faults[:MOST_LINES]]
    return lines + ([f"… and {len(faults) - MOST_LINES:,} more; --json names every one."] if len(faults) > MOST_LINES else [])


def _confirmed(plan: Mapping[str, Any]) -> list[str]:
    if plan["status"] == "infeasible":
        return [
            "The plan is well formed: it says that the floors can't be met, and names by how much.",
            "That no plan meets them is the solver's word; it cannot be recomputed from prices.",
        ]
    proven, value = plan["certificate"]["bound"], plan["value"]
    lines = [
        f"{plan['problem']}: the plan holds.",
        "rules   every family on a route of its own choice, and every limit kept",
        f"value   {value:,}, recomputed",
        f"bound   {proven:,}, recomputed from the prices: no plan is worth more",
        f"gap     {proven - value:,} ({100 * (proven - value) / max(1, abs(proven)):.4f} %)",
    ]
    if plan["bound_by"] == "solver":
        lines.append(f"A solver claims the bound {plan['bound']:,}; that is its word and cannot be recomputed.")
    lines += [f"level {each['level']}: value {each['value']:,}, recomputed" for each in plan.get("stages") or []]
    return lines
