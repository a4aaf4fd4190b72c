"""The chain's last number and digest, kept outside the database, so that a chain cut at its end is seen."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from django.conf import settings

_writing = threading.Lock()


def _path() -> Path | None:
    place = getattr(settings, "AUDIT_ANCHOR", None)
    return Path(place) if place else None


def wanted() -> bool:
    """Whether this site keeps an anchor."""
    return _path() is not None


def write(number: int, digest: str) -> None:
    """Keep the newest number; an older one never replaces it."""
    path = _path()
    if path is None:
        return
    with _writing:
        kept = read()
        if kept is not None and kept[0] >= number:
            return
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            stream.write(json.dumps({"number": number, "digest": digest}))
        os.replace(temporary, path)


def read() -> tuple[int, str] | None:
    """Number and digest last kept, or None where nothing is kept that can be read."""
    path = _path()
    try:
        kept = json.loads(path.read_text()) if path is not None else {}
        return int(kept["number"]), str(kept["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
