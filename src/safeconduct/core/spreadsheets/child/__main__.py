"""python -m safeconduct.core.spreadsheets.child: requests as JSON lines on stdin, answers on stdout.

First {"fd": 3, "limits": {…}} with the open file inherited; then {"head": sheet} for its first rows and merged ranges,
and at last {"rows": [[sheet, after row], …]} for all rows.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from contextlib import suppress
from itertools import islice
from typing import Any

from safeconduct.core.spreadsheets.child.sniff import open_source
from safeconduct.core.spreadsheets.child.wire import Broken, Source, say
from safeconduct.core.spreadsheets.limits import Limits

HEAD = 20


def main() -> int:
    request = json.loads(sys.stdin.readline())
    limits = Limits(**request["limits"])
    _confine(limits)
    out = sys.stdout
    try:
        with os.fdopen(request["fd"], "rb") as file:
            source = open_source(file, limits)
            say(out, {"titles": source.titles, **source.about})
            out.flush()
            for line in sys.stdin:
                _answer(json.loads(line), source, limits)
                out.flush()
    except Broken as broken:
        say(out, {"fault": broken.code, "numbers": broken.numbers})
    except MemoryError:
        say(out, {"fault": "sheets.too_much_memory", "numbers": {}})
    out.flush()
    return 0


def _confine(limits: Limits) -> None:
    """Memory and time are bounded, no file is written and no process started. Not every system knows every limit."""
    bounds = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for bound, value in bounds.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(bound, (value, value))


def _answer(request: dict[str, Any], source: Source, limits: Limits) -> None:
    if "head" in request:
        sheet = request["head"]
        head = list(islice(source.rows(sheet), HEAD))
        say(sys.stdout, {"head": head, "merges": source.merges(sheet) if head else []})
        return
    given = 0
    for sheet, after in request["rows"]:
        say(sys.stdout, {"sheet": sheet})
        headers = 0
        for row in source.rows(sheet):
            if row[0] <= after:
                headers = source.width
                continue
            if headers and len(row[1]) > headers:
                row[2][headers] = "beyond"
            given += 1
            if given > limits.rows:
                raise Broken("sheets.too_many_rows", limit=limits.rows)
            say(sys.stdout, row if row[2] else row[:2])
    say(sys.stdout, {"end": given})


if __name__ == "__main__":
    sys.exit(main())
