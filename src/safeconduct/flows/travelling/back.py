"""Bringing a copy back: it is proven, its log of reads and its records come home, and then nothing is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.core.access.api import Actor
from safeconduct.core.reads import book
from safeconduct.core.storage import presence
from safeconduct.core.storage.api import SiteFolder, connected, destroy
from safeconduct.core.storage.keys import key_of
from safeconduct.core.storage.sealed import integrity_faults, open_sealed
from safeconduct.flows.keeping import faults_of_copy
from safeconduct.register.api import Brought, Outcomes, Travel, bring_back, read_copy, refuse_foreign, travel_refusals


@dataclass(frozen=True)
class _Read:
    """An entry of the copy's log of reads."""

    at: datetime
    actor: str
    roles: tuple[str, ...]
    page: str
    seen: dict[UUID, list[str]]


def travel_of(copy: SiteFolder) -> Travel:
    """The travel of a copy, before it is opened. Raises UnknownCopy, LostCopy, CopyInUse."""
    travel = Travel.objects.filter(pk=copy.about.travel).first() if copy.is_travelling else None
    if travel is None:
        raise travel_refusals.UnknownCopy()
    if travel.lost_at is not None:
        raise travel_refusals.LostCopy(day=travel_refusals.day_of(travel.lost_at))
    if presence.others(copy.path):
        raise travel_refusals.CopyInUse()
    return travel


def back(copy: SiteFolder, *, by: Actor, passphrase: bytes, at: datetime) -> Outcomes | None:
    """Write what a copy brings into the register and destroy it; None where that was done before and only destroying was left.

    Everything is written in one transaction: where the machine stops, running it again goes on. Raises what `travel_of` and
    `bring_back` refuse, WrongPassphrase, OtherVersion, BrokenCopy, BackBefore.
    """
    travel = travel_of(copy)
    brought, reads = _opened(copy, travel, passphrase)
    out = None
    if travel.back_at is None:
        _write_reads(travel, reads, at)
        out = bring_back(by=by, travel=travel, brought=brought, at=at)
    elif travel.acts != brought.last_act:
        raise travel_refusals.BackBefore()
    destroy(copy)
    return out


def _opened(copy: SiteFolder, travel: Travel, passphrase: bytes) -> tuple[Brought, list[_Read]]:
    with _unlocked(copy, passphrase), connected(copy.databases()["default"]) as connection:
        refuse_foreign(travel, connection.alias)
        faults = _damage(copy) or faults_of_copy(connection, copy.path)
        if faults:
            raise travel_refusals.BrokenCopy(faults="; ".join(faults[:5]))
        return read_copy(connection.alias), list(_reads_of(copy))


def _damage(copy: SiteFolder) -> list[str]:
    """Pages of the database that fail the check of their seal, wherever they lie."""
    with closing(open_sealed(copy.database, key_of(copy.path))) as connection:
        return integrity_faults(connection)


@contextmanager
def _unlocked(copy: SiteFolder, passphrase: bytes) -> Iterator[None]:
    copy.unlock(passphrase)
    try:
        yield
    finally:
        copy.lock()


def _reads_of(copy: SiteFolder) -> Iterator[_Read]:
    with closing(open_sealed(copy.reads, key_of(copy.path), purpose=book.PURPOSE)) as connection:
        people: dict[int, dict[UUID, list[str]]] = {}
        for entry, person, levels in connection.execute("SELECT entry, person, levels FROM seen"):
            people.setdefault(entry, {})[UUID(bytes=person)] = levels.split()
        for number, *told in connection.execute("SELECT number, at, actor, roles, page FROM entries ORDER BY number"):
            at, actor, roles, page = told
            yield _Read(datetime.fromisoformat(at), actor, tuple(filter(None, roles.split(","))), page, people.get(number, {}))


def _write_reads(travel: Travel, reads: list[_Read], at: datetime) -> None:
    """Before anything else, so that what was read on the copy is known whatever follows; each entry once, however often."""
    actor = f"copy:{travel.account_id}"
    there = {
        page for (page,) in book.ask("SELECT page FROM entries WHERE actor = ? AND at >= ?", [actor, book.when(travel.taken_at)])
    }
    for number, read in enumerate(reads, 1):
        page = f"{read.page} ({travel.pk.hex[:8]} {number})"
        if page not in there and read.seen:
            moment = min(max(read.at, travel.taken_at), max(at, travel.taken_at))
            book.append(at=moment, actor=actor, roles=read.roles, page=page, seen=read.seen)
