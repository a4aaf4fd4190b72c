"""The hash chain: each entry is numbered and hashed over the one before, inside one lock.

A number drawn before the lock forks the chain under two writers; here the lock comes first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from safeconduct.core.audit import anchor
from safeconduct.core.audit.models import AuditEntry, Outcome

START = "0" * 64
_LOCK = 0x5AFEC0  # any constant, the same in each process


def lock() -> None:
    """Take the chain's lock until the transaction ends.

    On SQLite the immediate transaction already holds the only write lock; on PostgreSQL an advisory lock does it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the audit chain is locked inside a transaction only")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def digest_of(number: int, at: datetime, actor: str, act: str, outcome: str, subject: str, facts: str, previous: str) -> str:
    """SHA-256, hex, over the canonical JSON of all fields and the digest before."""
    body = [
        number,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        actor,
        act,
        outcome,
        subject,
        facts,
        previous,
    ]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def append(
    *,
    at: datetime,
    actor: str,
    act: str,
    outcome: Outcome = Outcome.DONE,
    subject: str = "",
    facts: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry; the caller's transaction carries it."""
    lock()
    last = AuditEntry.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, START)
    text = json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    digest = digest_of(number, at, actor, act, outcome.value, subject, text, previous)
    entry = AuditEntry.objects.create(
        number=number,
        at=at,
        actor=actor,
        act=act,
        outcome=outcome,
        subject=subject,
        facts=text,
        previous=previous,
        digest=digest,
    )
    transaction.on_commit(lambda: _move_anchor(number, digest))
    return entry


def _move_anchor(number: int, digest: str) -> None:
    """Never past a mark that the chain no longer holds: a cut would be forgotten as soon as the chain grew again."""
    kept = anchor.read()
    if kept is None or AuditEntry.objects.filter(number=kept[0], digest=kept[1]).exists():
        anchor.write(number, digest)


@dataclass(frozen=True)
class Break:
    """One place where the chain does not hold, and what was seen there."""

    number: int
    code: str  # edited | missing | relinked | truncated | unanchored


def verify(alias: str = "default", *, anchored: bool = True) -> tuple[int, list[Break]]:
    """Number of entries read, and each break: an edit, a deletion, a reordering, a truncation, named by its number.

    `alias`: the database that is read. `anchored`: hold it also against the anchor outside the database.
    """
    kept = anchor.read() if anchored else None  # first, or an entry written while this reads would look cut off
    breaks: list[Break] = []
    count, expected, previous = 0, 1, START
    for entry in _entries(alias):
        count += 1
        if entry.number != expected:
            breaks.append(Break(expected, "missing"))
            expected = entry.number
        elif entry.previous != previous:
            breaks.append(Break(entry.number, "relinked"))
        if entry.digest != _digest(entry):
            breaks.append(Break(entry.number, "edited"))
        expected, previous = entry.number + 1, entry.digest
    if anchored and anchor.wanted() and kept is None and count:
        breaks.append(Break(expected - 1, "unanchored"))
    elif kept is not None:
        number, digest = kept
        if number >= expected:
            breaks.append(Break(expected, "truncated"))
        elif not AuditEntry.objects.using(alias).filter(number=number, digest=digest).exists():
            breaks.append(Break(number, "edited"))
    return count, breaks


def _digest(entry: AuditEntry) -> str:
    return digest_of(entry.number, entry.at, entry.actor, entry.act, entry.outcome, entry.subject, entry.facts, entry.previous)


def faults_of_copy(copy: Any, folder: Path) -> list[str]:
    """What is wrong with the chain in a copy (an open database connection): for backups and restores."""
    return [f"audit entry {found.number}: {found.code}" for found in verify(copy.alias, anchored=False)[1]]


def _entries(alias: str) -> Iterator[AuditEntry]:
    return AuditEntry.objects.using(alias).order_by("number").iterator(chunk_size=2000)
