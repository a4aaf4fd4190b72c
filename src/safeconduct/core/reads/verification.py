"""Prove the log of reads: that its chain holds, that it names whom it named, and that it is the one the audit chain anchored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from safeconduct.core.audit.chain import Break
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.reads import book
from safeconduct.core.reads.anchoring import ANCHORED, SUBJECT
from safeconduct.core.reads.digests import START, digest_of, digest_of_people
from safeconduct.core.storage.errors import StorageFault
from safeconduct.core.storage.keys import key_of
from safeconduct.core.storage.sealed import integrity_faults, open_sealed


@dataclass(frozen=True)
class Marks:
    """What the audit chain says of the log of reads: that there is one, digests by number, and where it may begin."""

    known: bool
    anchors: dict[int, str]
    starts: frozenset[tuple[int, str]]


def marks(alias: str = "default") -> Marks:
    """The marks that a database's audit chain holds; the chain itself is verified apart."""
    anchors: dict[int, str] = {}
    starts = {(1, START)}
    known = False
    for act, text in AuditEntry.objects.using(alias).filter(subject=SUBJECT).order_by("number").values_list("act", "facts"):
        known, facts = True, json.loads(text)
        if act == ANCHORED:
            anchors[facts["number"]] = facts["digest"]
        elif "first" in facts:
            starts.add((facts["first"], facts["previous"]))
    return Marks(known, anchors, frozenset(starts))


def verify(alias: str = "default", path: Path | None = None) -> tuple[int, list[Break]]:
    """Number of entries read, and each break by its number.

    edited: an entry or its people differ from its digest, or from the anchor; missing: a number is not there; relinked: the
    entry does not follow the one before; truncated: the audit chain knows later entries; unmarked: the log begins where
    no entry of the audit chain says that it may; damaged: the file's own seal or structure is broken.
    `path`: a copy, with its key held for its folder. Raises StorageFault where the log is missing or does not open.
    """
    told = marks(alias)  # first, or an entry written while this reads would look cut off
    found = path or book.place()
    if not found.exists() and path is None and not told.known:
        return 0, []
    with closing(open_sealed(found, key_of(found.parent), read_only=True, purpose=book.PURPOSE)) as log:
        try:
            count, breaks = _read(log, told)
        except book.dbapi2.DatabaseError:
            return 0, [Break(0, "damaged")]
        return count, breaks or [Break(0, "damaged")] * bool(integrity_faults(log))


def _read(log: Any, told: Marks) -> tuple[int, list[Break]]:
    breaks: list[Break] = []
    log.execute("BEGIN")  # one moment, while others go on writing
    people = _people(log)
    waiting = next(people, None)
    count, expected, previous = 0, None, ""
    for *entry, digest in log.execute("SELECT * FROM entries ORDER BY number"):
        number, size, seen, before = entry[0], entry[5], entry[-2], entry[-1]
        count += 1
        if expected is None and (number, before) not in told.starts:
            breaks.append(Break(number, "unmarked"))
        elif expected is not None and number != expected:
            breaks.append(Break(expected, "missing"))
        elif expected is not None and before != previous:
            breaks.append(Break(number, "relinked"))
        while waiting is not None and waiting[0] < number:  # people of an entry that is not there
            breaks.append(Break(waiting[0], "missing"))
            waiting = next(people, None)
        rows: list[tuple[bytes, str]] = []
        if waiting is not None and waiting[0] == number:
            rows, waiting = waiting[1], next(people, None)
        whole = len(rows) == size and digest_of_people(rows) == seen
        same = digest == digest_of(*entry)
        if not (whole and same and told.anchors.get(number, digest) == digest):
            breaks.append(Break(number, "edited"))
        expected, previous = number + 1, digest
    for entry, _rows in [waiting, *people] if waiting else ():
        breaks.append(Break(entry, "missing"))
    last = (expected or 1) - 1
    if told.anchors and max(told.anchors) > last:
        breaks.append(Break(last + 1, "truncated"))
    return count, list(dict.fromkeys(breaks))


def _people(log: Any) -> Iterator[tuple[int, list[tuple[bytes, str]]]]:
    rows = log.execute("SELECT entry, person, levels FROM seen ORDER BY entry, person")
    for entry, group in groupby(rows, key=lambda row: row[0]):
        yield entry, [(bytes(person), levels) for _entry, person, levels in group]


def faults_of_copy(copy: Any, folder: Path) -> list[str]:
    """What is wrong with the log of reads in a copy of the site: `copy` an open database, `folder` where its files lie."""
    path = folder / book.READS
    if not path.exists():
        return ["the log of reads is missing"] if marks(copy.alias).known else []
    try:
        return [f"entry {found.number} of the log of reads: {found.code}" for found in verify(copy.alias, path)[1]]
    except StorageFault as fault:
        return [str(fault)]
