"""The hash chain of the log of reads, as that of `core.audit.chain`: each entry over its fields and the digest before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

START = "0" * 64


def digest_of(*entry: int | str) -> str:
    """SHA-256, hex, over the canonical JSON of an entry: every column but the digest, in the order of the table."""
    body = list(entry)
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def digest_of_people(rows: Iterable[tuple[bytes, str]]) -> str:
    """SHA-256, hex, over (person, levels) in the order of the persons' bytes."""
    found = hashlib.sha256()
    for person, levels in rows:
        found.update(person + levels.encode() + b"\n")
    return found.hexdigest()
