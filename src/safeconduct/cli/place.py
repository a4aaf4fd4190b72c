"""`safeconduct place`: the placement engine on a file, without a database."""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from safeconduct.engines.placement import Fault, Problem

MOST_BYTES = 256 * 2**20  # of JSON, unpacked: about sixteen million options
PLACED, UNUSABLE, FAILED, INFEASIBLE = 0, 2, 1, 4
GZIP = b"\x1f\x8b"


class Unusable(Exception):
    """The file can't be used: `where` in it, what is wrong, how to mend it, and the engine's faults if any."""

    def __init__(self, says: str, mend: str, *, where: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(says)
        self.says, self.mend, self.where, self.faults = says, mend, where, faults


def app_place(app: typer.Typer) -> None:
    """Add the command `place` to a typer application."""

    @app.command("place")
    def command(
        problem: Annotated[Path, typer.Argument(help="The problem, JSON or gzipped JSON (safeconduct-placement-1).")],
        out: Annotated[Path, typer.Option("--out", help="Where the plan is written (safeconduct-plan-1).")],
        seconds: Annotated[
            float | None, typer.Option(min=0.0, help="Stop improving after so many seconds; the bound stays honest.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    ) -> None:
        """Compute the best plan for a placement problem, prove it and check it independently.

        Exit status: 0 a checked plan was written; 2 the file can't be used; 4 the floors can't be met (the plan file
        then holds the smallest relaxation); 1 the solver failed or its plan did not pass the check (nothing is written).
        """
        raise typer.Exit(place(problem, out, seconds, as_json))


def place(problem: Path, out: Path, seconds: float | None, as_json: bool) -> int:
    """Read a problem, solve it, check the plan with independent code, write it, and say how it went.

    Returns the exit status of the command. Nothing is written unless the check found no fault.
    """
    from safeconduct.engines.placement import Limit, SearchFailed, check, solve

    try:
        asked = read_problem(problem)
        _writable(out, problem)
        started = time.monotonic()
        plan = solve(asked, limit=None if seconds is None else Limit(seconds, time.monotonic))
        written = plan.to_mapping(round(time.monotonic() - started, 3))
        faults = check(asked, json.loads(json.dumps(written)))
        if faults:
            return _failed("The plan did not pass the check. " + " ".join(fault.says for fault in faults[:5]), as_json)
        write_atomically(out, json.dumps(written))
    except Unusable as refusal:
        return _refused(problem, refusal, as_json)
    except SearchFailed as failure:
        return _failed(f"The search failed: {failure}.", as_json)
    except MemoryError:
        return _refused(problem, Unusable("The problem is too large for this machine's memory.", "Split it."), as_json)
    _tell(asked, written, out, as_json)
    return INFEASIBLE if plan.status == "infeasible" else PLACED


def read_problem(path: Path) -> Problem:
    """A problem from JSON or gzipped JSON, or `Unusable` with place and mend."""
    from safeconduct.engines.placement import Problem, ProblemFaults

    raw = _unpacked(path)
    try:
        mapping = json.loads(raw, object_pairs_hook=_no_key_twice)
    except UnicodeDecodeError as wrong:
        raise Unusable("The file is not text in UTF-8.", "Save it as UTF-8.", where=f"byte {wrong.start}") from None
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}, column {wrong.colno}"
        raise Unusable(f"The file is no JSON: {wrong.msg}.", "Correct the file at that place.", where=where) from None
    except RecursionError:
        raise Unusable("The JSON is nested too deeply.", "Write one flat object with the keys of the format.") from None
    except ValueError:
        raise Unusable("A number has thousands of digits.", "Use whole numbers up to 2147483647.") from None
    try:
        return Problem.from_mapping(mapping)
    except ProblemFaults as wrong:
        first = wrong.faults[0]
        raise Unusable(first.says, first.mend, where=first.where, faults=wrong.faults) from None


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1)
        raise Unusable("A key stands in the file twice.", "Keep one of them.", where=repr(twice[:60]))
    return found


def _unpacked(path: Path) -> bytes:
    """The file's bytes, unpacked if gzipped, never more than the cap whatever the file claims."""
    try:
        with path.open("rb") as file:
            packed = file.read(len(GZIP)) == GZIP
            file.seek(0)
            raw = (gzip.GzipFile(fileobj=file) if packed else file).read(MOST_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Unusable("The gzip file is damaged or cut short.", "Copy it again from its source.") from None
    except OSError as wrong:
        raise Unusable(f"The file can't be read: {wrong.strerror}.", "Check the path and its permissions.") from None
    if len(raw) > MOST_BYTES:
        size = f"{MOST_BYTES // 2**20} MB"
        raise Unusable(f"The file holds more than {size} of JSON.", "Split the problem; no camp needs that much.")
    return raw


def _writable(out: Path, problem: Path) -> None:
    """Say so before minutes of work, not after them."""
    if out.exists() and problem.exists() and out.samefile(problem):
        raise Unusable("The plan would replace the problem.", "Choose another --out.", where=str(out))
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise Unusable("The plan can't be written there.", "Choose a file in an existing folder.", where=str(out))


def write_atomically(out: Path, text: str) -> None:
    """Write a whole file or nothing: into a neighbour first, then renamed over it."""
    name = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=out.absolute().parent, prefix=f".{out.name}.", delete=False
        ) as file:
            name = file.name
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(out)
    except OSError as wrong:
        if name:
            Path(name).unlink(missing_ok=True)
        raise Unusable(f"The plan can't be written: {wrong.strerror}.", "Choose another --out.", where=str(out)) from None


def _tell(problem: Problem, plan: Mapping[str, Any], out: Path, as_json: bool) -> None:
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


def _refused(path: Path, refusal: Unusable, as_json: bool) -> int:
    faults = [
        {"code": each.code, "field": each.field, "position": each.position, "value": each.value, "says": each.says,
         "mend": each.mend, "count": each.count}
        for each in refusal.faults
    ]  # fmt: skip
    if as_json:
        told = {"status": "unusable", "file": str(path), "where": refusal.where, "says": refusal.says}
        print(json.dumps(told | {"mend": refusal.mend, "faults": faults}))
    lines = [_fault_line(path, each.where, each.says, each.mend, each.count) for each in refusal.faults]
    for line in lines or [_fault_line(path, refusal.where, refusal.says, refusal.mend, 1)]:
        print(line, file=sys.stderr)
    return UNUSABLE


def _fault_line(path: Path, where: str, says: str, mend: str, count: int) -> str:
    place = f"{path}: {where}: " if where else f"{path}: "
    more = f" ({count - 1:,} more like it.)" if count > 1 else ""
    return f"{place}{says}{more} {mend}"


def _failed(says: str, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"status": "failed", "says": says}))
    print(f"{says} Nothing was written.", file=sys.stderr)
    return FAILED
