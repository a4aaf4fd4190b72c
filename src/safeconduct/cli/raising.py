"""`safeconduct raise-floors`: the same problem with floors that leave no group behind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from safeconduct.cli.problems import Unusable, read_problem, refused, writable, write_atomically

RAISED, FAILED, INFEASIBLE = 0, 1, 4


def app_raising(app: typer.Typer) -> None:
    """Add the command `raise-floors` to a typer application."""

    @app.command("raise-floors")
    def command(
        problem: Annotated[Path, typer.Argument(help="The problem, JSON or gzipped JSON (safeconduct-placement-1).")],
        out: Annotated[Path, typer.Option("--out", help="Where the problem with raised floors is written.")],
        as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    ) -> None:
        """Raise the floors until the group that is worst off cannot be lifted further; then `safeconduct place` the new problem.

        Every group of the problem counts. Exit status: 0 written; 2 the file can't be used; 4 the problem's own floors can't be
        met; 1 the solver failed.
        """
        raise typer.Exit(raise_floors(problem, out, as_json))


def raise_floors(problem: Path, out: Path, as_json: bool) -> int:
    """Read a problem, raise its floors, write it anew and say by how much. Returns the exit status of the command."""
    from safeconduct.engines.placement import SearchFailed, fairest_floors

    try:
        asked = read_problem(problem)
        writable(out, problem)
        found = fairest_floors(asked)
        if found is None:
            typer.echo(f"{asked.name}: its own floors can't be met; `safeconduct place` says by how much.", err=True)
            return INFEASIBLE
        write_atomically(out, json.dumps(replace(asked, floors=found.floors).to_mapping()))
    except Unusable as refusal:
        return refused(problem, refusal, as_json)
    except SearchFailed as failure:
        typer.echo(f"The search failed: {failure}. Nothing was written.", err=True)
        return FAILED
    if as_json:
        print(json.dumps({"problem": asked.name, "share": found.share, "floors": dict(found.floors), "out": str(out)}))
        return RAISED
    print(f"{asked.name}: every group can have places for at least {100 * found.share:.2f} % of its people, and no more than that.")
    for group, least in found.floors.items():
        print(f"group {group}: floor {asked.floors.get(group, 0):,} becomes {least:,}")
    print(f"written to {out}")
    return RAISED
