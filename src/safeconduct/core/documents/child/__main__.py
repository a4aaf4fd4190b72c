"""python -m safeconduct.core.documents.child: limits as one JSON line and then the file on stdin; pages on stdout.

Each page is a JSON line {"width", "height", "bytes"} followed by that many bytes of JPEG; a text one of {"text", "bytes"}
with UTF-8; at last {"kind": …, "pages": n}, or {"fault": code, "numbers": {…}}.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress

from safeconduct.core.documents.child.draw import Refused, drawn
from safeconduct.core.documents.limits import Limits


def main() -> int:
    source, out = sys.stdin.buffer, sys.stdout.buffer
    limits = Limits(**json.loads(source.readline()))
    _confine(limits)
    pages = 0
    try:
        kind, rest = drawn(source.read(), limits)
        for page in rest:
            out.write(json.dumps(page.about).encode() + b"\n" + page.content)
            pages += 1
        said = {"kind": kind, "pages": pages}
    except Refused as refused:
        said = {"fault": refused.code, "numbers": refused.numbers}
    except MemoryError:
        said = {"fault": "documents.too_much", "numbers": {}}
    except Exception:  # whatever a decoder finds in a hostile file; its text may quote the file
        said = {"fault": "documents.damaged", "numbers": {}}
    out.write(json.dumps(said).encode() + b"\n")
    out.flush()
    return 0


def _confine(limits: Limits) -> None:
    """Memory and time are bounded and no file is written. Not every system knows every limit."""
    bounds = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for bound, value in bounds.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(bound, (value, value))


if __name__ == "__main__":
    sys.exit(main())
