"""Placement problems and plans as files: JSON or gzipped JSON, each refusal with its place and mend."""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeconduct.engines.placement import Fault, Problem

MOST_BYTES = 2**30  # of JSON, unpacked: about sixty million options
UNUSABLE = 2
GZIP = b"\x1f\x8b"


class Unusable(Exception):
    """The file can't be used: `where` in it, what is wrong, how to mend it, and the engine's faults if any."""

    def __init__(self, says: str, mend: str, *, where: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(says)
        self.says, self.mend, self.where, self.faults = says, mend, where, faults


def read_problem(path: Path) -> Problem:
    """A problem from JSON or gzipped JSON, or `Unusable` with place and mend."""
    from safeconduct.engines.placement import Problem, ProblemFaults

    try:
        return Problem.from_mapping(read_object(path))
    except ProblemFaults as wrong:
        first = wrong.faults[0]
        raise Unusable(first.says, first.mend, where=first.where, faults=wrong.faults) from None


def read_object(path: Path) -> Any:
    """What a file of JSON or gzipped JSON holds, or `Unusable` with place and mend."""
    try:
        return json.loads(_unpacked(path), object_pairs_hook=_no_key_twice)
    except UnicodeDecodeError as wrong:
        raise Unusable("The file is not text in UTF-8.", "Save it as UTF-8.", where=f"byte {wrong.start}") from None
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}, column {wrong.colno}"
        raise Unusable(f"The file is no JSON: {wrong.msg}.", "Correct the file at that place.", where=where) from None
    except RecursionError:
        raise Unusable("The JSON is nested too deeply.", "Write one flat object with the keys of the format.") from None
    except ValueError:
        raise Unusable("A number has thousands of digits.", "Use whole numbers up to 2147483647.") from None


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
        raise Unusable(f"The file holds more than {size} of JSON.", "Split the problem, or ask the engine from Python.")
    return raw


def writable(out: Path, problem: Path) -> None:
    """Say so before minutes of work, not after them."""
    if out.exists() and problem.exists() and out.samefile(problem):
        raise Unusable("It would replace the problem.", "Choose another --out.", where=str(out))
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise Unusable("Nothing can be written there.", "Choose a file in an existing folder.", where=str(out))


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
        raise Unusable(f"It can't be written: {wrong.strerror}.", "Choose another --out.", where=str(out)) from None


def refused(path: Path, refusal: Unusable, as_json: bool) -> int:
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
