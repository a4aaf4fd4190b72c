"""The parent's end: hands a file to a process of its own, and takes pages or a fault."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import safeconduct

from .faults import FAULTS, CannotBeKept
from .limits import Limits

_CHILD = "safeconduct.core.documents.child"


@dataclass(frozen=True)
class Page:
    """One page as it is shown: a JPEG of so many dots, or (width 0) a text in UTF-8."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Drawn:
    """What a file is (jpeg, png, webp, tiff, heif, pdf, text), and its pages."""

    kind: str
    pages: tuple[Page, ...]


def draw(content: bytes, *, limits: Limits | None = None) -> Drawn:
    """Draw a file anew, page by page, in a process with limits on memory and time. Nothing touches the disk.

    Raises CannotBeKept: the file is too large, of an unknown kind, damaged, or needs more than a paper needs.
    """
    limits = limits or Limits()
    if len(content) > limits.file_bytes:
        raise CannotBeKept("documents.too_large", limit=limits.file_bytes // 1_000_000)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", _CHILD],
            input=json.dumps(asdict(limits)).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            check=False,
            env={"PYTHONPATH": str(Path(safeconduct.__path__[0]).parent), "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        raise CannotBeKept("documents.too_much") from None
    return _understood(done.stdout)


def _understood(told: bytes) -> Drawn:
    """The pages in what the child said; whatever it left unsaid is a fault: a limit ended it, or the file broke it."""
    pages: list[Page] = []
    place = 0
    while place < len(told):
        end = told.find(b"\n", place)
        try:
            about = json.loads(told[place:end]) if end >= 0 else None
        except ValueError:
            about = None
        if not isinstance(about, dict):
            break
        if "fault" in about:
            code = about["fault"] if about["fault"] in FAULTS else "documents.damaged"
            raise CannotBeKept(code, **about["numbers"])
        if "kind" in about:
            if about["pages"] == len(pages) > 0:
                return Drawn(about["kind"], tuple(pages))
            break
        place = end + 1 + about["bytes"]
        pages.append(Page(told[end + 1 : place], about.get("width", 0), about.get("height", 0)))
    raise CannotBeKept("documents.too_much")
