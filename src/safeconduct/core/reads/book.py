"""The log of reads: a sealed SQLite file of its own beside the site's database, also where that is PostgreSQL.

Readers never wait for it: a page that only reads takes no lock of the register. Several processes append at the same time;
number and digest are drawn inside the file's only write lock, and what was appended survives a power cut before `append`
returns. Triggers refuse every change and deletion.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation.trans_null import gettext_noop
from sqlcipher3 import dbapi2

from safeconduct.core.reads.digests import START, digest_of, digest_of_people
from safeconduct.core.reads.faults import ReadsMissing, ReadsThere, ReadsUnusable
from safeconduct.core.reads.levels import OUTSIDE, REFUSED
from safeconduct.core.storage.errors import Because, DatabaseMissing, StorageFault
from safeconduct.core.storage.keys import Key, key_of
from safeconduct.core.storage.sealed import READS_PURPOSE as PURPOSE
from safeconduct.core.storage.sealed import fault_of, open_sealed
from safeconduct.core.storage.site import READS
from safeconduct.core.storage.sitefile import sync_folder

FORMAT = 1
_TABLES = """
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    roles TEXT NOT NULL,
    page TEXT NOT NULL,
    people INTEGER NOT NULL,
    outside INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    seen TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX by_actor ON entries (actor, at, people, outside, refused);
CREATE TABLE seen (
    entry INTEGER NOT NULL REFERENCES entries (number),
    person BLOB NOT NULL,
    levels TEXT NOT NULL,
    PRIMARY KEY (entry, person)
) WITHOUT ROWID;
CREATE INDEX by_person ON seen (person, entry);
CREATE TABLE began (number INTEGER NOT NULL, digest TEXT NOT NULL);
"""
_KEEPING = {
    "entries_stand": "BEFORE UPDATE ON entries BEGIN SELECT raise(ABORT, 'the log of reads is append-only'); END",
    "seen_stands": "BEFORE UPDATE ON seen BEGIN SELECT raise(ABORT, 'the log of reads is append-only'); END",
    "entries_stay": "BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'the log of reads is append-only'); END",
    "seen_stays": "BEFORE DELETE ON seen BEGIN SELECT raise(ABORT, 'the log of reads is append-only'); END",
    "numbers_go_on": "BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries) AND "
    "NEW.number <> (SELECT max(number) + 1 FROM entries) "
    "BEGIN SELECT raise(ABORT, 'the log of reads goes on at its end'); END",
    "nobody_is_added_later": "BEFORE INSERT ON seen WHEN NEW.entry < (SELECT max(number) FROM entries) "
    "BEGIN SELECT raise(ABORT, 'nobody is added to an older entry'); END",
}
_held = threading.local()
_every: set[dbapi2.Connection] = set()
_guard = threading.Lock()


def place() -> Path:
    """Where this site's log lies. Raises ReadsMissing where the settings name none."""
    named = settings.READS_LOG
    if not named:
        raise ReadsMissing(file=READS)
    return Path(named)


def create(path: Path, key: Key, *, after: tuple[int, str] | None = None) -> None:
    """Make an empty log, whole or not at all. Raises ReadsThere where one is.

    `after`: number and digest of the last entry that is known of a lost log; the new one goes on there.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(open_sealed(partial, key, create=True, purpose=PURPOSE, isolation_level=None)) as connection:
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            for name, what in _KEEPING.items():
                connection.execute(f"CREATE TRIGGER {name} {what}")
            if after is not None:
                connection.execute("INSERT INTO began VALUES (?, ?)", after)
        os.link(partial, path)  # not renamed: an older log would be replaced without a word
    except FileExistsError:
        raise ReadsThere(file=path) from None
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(path.parent)


def append(*, at: datetime, actor: str, roles: Collection[str], page: str, seen: Mapping[UUID, Collection[str]]) -> int:
    """Write down that somebody read these people, durably; the entry's number.

    `actor`: page:12, job:12, shell:3. `page`: the name of a route or a command, never an address. `seen`: person → levels.
    Raises ReadsMissing, ReadsUnusable, SiteLocked, and what storage says of a damaged file.
    """
    rows = sorted((person.bytes, " ".join(sorted(levels))) for person, levels in seen.items())
    people = digest_of_people(rows)
    outside, refused = (sum(code in levels for levels in seen.values()) for code in (OUTSIDE, REFUSED))
    with _told():
        connection = _connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            last = connection.execute("SELECT number, digest FROM entries ORDER BY number DESC LIMIT 1").fetchone()
            number, previous = (last[0] + 1, last[1]) if last else _begin(connection)
            told = (number, when(at), actor, ",".join(sorted(roles)), page, len(rows), outside, refused, people, previous)
            connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*told, digest_of(*told)))
            connection.executemany("INSERT INTO seen VALUES (?, ?, ?)", ((number, *row) for row in rows))
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return number


def _begin(connection: dbapi2.Connection) -> tuple[int, str]:
    """Number and previous digest of the first entry: of a log begun anew, where the lost one ended."""
    began = connection.execute("SELECT number, digest FROM began").fetchone()
    return (began[0] + 1, began[1]) if began else (1, START)


def cut_before(first: int) -> int:
    """Take every entry before a number away; how many went. The caller has written it into the audit chain before."""
    with _told():
        connection = _connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            for name in ("entries_stay", "seen_stays"):
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("DELETE FROM seen WHERE entry < ?", (first,))
            gone = connection.execute("DELETE FROM entries WHERE number < ?", (first,)).rowcount
            for name in ("entries_stay", "seen_stays"):
                connection.execute(f"CREATE TRIGGER {name} {_KEEPING[name]}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return int(gone)


def ask(sql: str, values: Collection[Any] = ()) -> list[Any]:
    """Rows of a question to the log. Raises as `append` does."""
    with _told():
        return list(_connection().execute(sql, tuple(values)))


def head() -> tuple[int, str] | None:
    """Number and digest of the newest entry; None of an empty log."""
    found = ask("SELECT number, digest FROM entries ORDER BY number DESC LIMIT 1")
    return tuple(found[0]) if found else None


def when(at: datetime) -> str:
    """A moment as the log writes it: UTC, to the microsecond, sorted as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def close_all() -> None:
    """Close this process's connections: before the key is forgotten, or the folder changes its name."""
    with _guard:
        for connection in _every:
            connection.close()
        _every.clear()
    _held.__dict__.clear()


def _connection() -> dbapi2.Connection:
    path = place()
    key = key_of(path.parent)
    try:
        found = path.stat()
    except OSError:
        raise ReadsMissing(file=path) from None
    # A file that somebody took away or replaced goes on living for whoever has it open: the log would be written to nowhere.
    now = (path, found.st_ino, found.st_dev, id(key), os.getpid())
    if getattr(_held, "of", None) != now or _held.connection not in _every:
        connection = open_sealed(path, key, purpose=PURPOSE, isolation_level=None)
        with _guard:
            _every.discard(getattr(_held, "connection", None))
            _every.add(connection)
        _held.of, _held.connection = now, connection
    return _held.connection


@contextmanager
def _told() -> Iterator[None]:
    """Every error of the library as a fault with a sentence."""
    try:
        yield
    except DatabaseMissing as fault:
        raise ReadsMissing(**fault.numbers) from None
    except StorageFault:
        raise
    except dbapi2.Error as error:
        path = place()
        raise fault_of(error, path) or ReadsUnusable(file=path, reason=_why(error)) from None


def _why(error: dbapi2.Error) -> Any:
    if "disk is full" in str(error):
        return Because(gettext_noop("the disk is full"))
    if "locked" in str(error):
        return Because(gettext_noop("another program holds it"))
    return str(error)


def _forget() -> None:
    """In a forked child: neither use nor close what belongs to the parent."""
    _leaked.extend(_every)
    _every.clear()
    _held.__dict__.clear()


_leaked: list[dbapi2.Connection] = []
os.register_at_fork(after_in_child=_forget)
