"""Open a sealed SQLite file: SQLCipher with a raw key, and a clear sentence when it does not open."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

from .errors import DamagedDatabase, DatabaseMissing, DatabaseUnreadable, NotSealed, StorageFault, WrongPassphrase
from .keys import Key

BUSY_SECONDS = 20.0
PAGE_BYTES = 4096
DATABASE_PURPOSE, READS_PURPOSE = "database", "reads"

# One statement a line: what it is for.
_CONNECTION_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # an acknowledged commit survives a power cut, also with a write-ahead log
    "PRAGMA secure_delete = ON",  # what is erased is overwritten, for whoever has the passphrase later
    "PRAGMA temp_store = MEMORY",  # temporary tables would lie on disk unsealed
    "PRAGMA cache_size = -32000",  # at most 32 MB: a page opened anew costs four times one at hand
    "PRAGMA legacy_alter_table = OFF",
)


def open_sealed(
    path: Path,
    key: Key,
    *,
    create: bool = False,
    read_only: bool = False,
    purpose: str = DATABASE_PURPOSE,
    **connect_options: Any,
) -> dbapi2.Connection:
    """Open (or, only if asked, create) the sealed database at `path` with a site's key.

    `purpose`: for what its own key is derived; each file of a site has one.
    Raises DatabaseMissing, NotSealed, WrongPassphrase, DamagedDatabase, DatabaseUnreadable.
    """
    if not create:
        _look_at(path)
    mode = "rwc" if create else "ro" if read_only else "rw"
    options = {"timeout": BUSY_SECONDS, "check_same_thread": False, **connect_options, "uri": True}
    try:
        connection = dbapi2.connect(f"file:{quote(str(path))}?mode={mode}", **options)
        connection.set_busy_handler(_patience(options["timeout"]))
    except dbapi2.Error as error:
        raise DatabaseUnreadable(file=path, reason=error) from None
    try:
        _unseal(connection, path, key, purpose, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _patience(seconds: float) -> Callable[[int], bool]:
    """How to wait for another writer: ask again every millisecond or two, until the time is over.

    SQLite's own waiting grows to a tenth of a second a step, so that one busy writer starves the others.
    """
    until = 0.0

    def wait(attempt: int) -> bool:
        nonlocal until
        if attempt == 0:
            until = monotonic() + seconds
        sleep(uniform(0.0005, 0.002))
        return monotonic() < until

    return wait


def _look_at(path: Path) -> None:
    # By its status only: to open and close the file here would drop the locks that this process holds on it
    # (sqlite.org/howtocorrupt.html, 2.2).
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise DatabaseMissing(file=path) from None
    except OSError as error:
        raise DatabaseUnreadable(file=path, reason=error.strerror) from None
    if size < PAGE_BYTES:
        # An empty file would open as a new, empty database and hide that the records are gone.
        raise DamagedDatabase(file=path)


def _is_plain(path: Path) -> bool:
    """Whether the file opens without any key."""
    with closing(dbapi2.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA cipher_log_level = NONE")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError:
            return False
    return True


def _unseal(connection: dbapi2.Connection, path: Path, key: Key, purpose: str, *, read_only: bool) -> None:
    # The library would write its own complaints to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Not by a PRAGMA: a key that is no statement reaches no trace, log or error.
    # The x'…' form is a raw key: nothing is derived a second time.
    connection.set_key(f"x'{key.for_purpose(purpose).hex()}'")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        for statement in _CONNECTION_SETTINGS:
            connection.execute(statement)
    except dbapi2.DatabaseError as error:
        raise fault_of(error, path, key) or DatabaseUnreadable(file=path, reason=error) from None


def fault_of(error: Exception, path: Path, key: Key | None = None) -> StorageFault | None:
    """The fault that an error of the database library stands for, if it is about the file as a whole."""
    text = str(error)
    if "file is not a database" in text:
        if _is_plain(path):
            return NotSealed(file=path)
        return DamagedDatabase(file=path) if key is None or key.proven else WrongPassphrase()
    if "disk image is malformed" in text:
        return DamagedDatabase(file=path)
    return None


def integrity_faults(connection: Any) -> list[str]:
    """What is wrong with an open sealed database: every page's seal, structure, and references. Empty when sound."""

    def ask(sql: str) -> list[str]:
        return [" ".join(map(str, row)) for row in connection.execute(sql)]

    try:
        faults = ask("PRAGMA cipher_integrity_check")
        faults += [line for line in ask("PRAGMA integrity_check") if line != "ok"]
        return faults + [f"broken reference: {line}" for line in ask("PRAGMA foreign_key_check")]
    except dbapi2.DatabaseError as error:
        return [str(error)]
