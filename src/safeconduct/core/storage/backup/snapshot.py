"""A consistent copy of the embedded database while others write to it, and the proof of such a copy."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..keys import Key
from ..sealed import DATABASE_PURPOSE, integrity_faults, open_sealed


def copy_database(settings: dict[str, Any], key: Key, target: Path, *, purpose: str = DATABASE_PURPOSE) -> dict[str, int]:
    """Write a sealed copy, as of one moment, to a new file; rows by table come back, counted at that same moment.

    `sqlcipher_export` inside one read transaction: writers go on, erased rows are not carried along.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(open_sealed(Path(settings["NAME"]), key, purpose=purpose, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")  # tables come in any order; references are checked afterwards
        raw = f"x'{key.for_purpose(purpose).hex()}'"
        connection.execute("ATTACH DATABASE ? AS copy KEY ?", (f"file:{quote(str(target))}?mode=rw", raw))
        connection.execute("BEGIN")
        try:
            tables = rows_by_table(connection)
            connection.execute("SELECT sqlcipher_export('copy')").fetchone()
            for name in ("user_version", "application_id"):
                (value,) = connection.execute(f"PRAGMA main.{name}").fetchone()
                connection.execute(f"PRAGMA copy.{name} = {int(value)}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE copy")
    return tables


def rows_by_table(connection: Any) -> dict[str, int]:
    """Rows by table of an open SQLite database."""
    listed = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    names = [name for (name,) in listed if not name.startswith("sqlite_")]
    return {name: connection.execute(f"SELECT count(*) FROM main.{_quoted(name)}").fetchone()[0] for name in names}


def faults_of_copy(path: Path, key: Key, tables: dict[str, int]) -> list[str]:
    """What is wrong with a copy: its seal, its structure, its references, its rows by table. Empty when it is sound."""
    with closing(open_sealed(path, key, read_only=True)) as connection:
        faults = integrity_faults(connection)
        return faults or differences(tables, rows_by_table(connection))


def differences(wanted: dict[str, int], found: dict[str, int]) -> list[str]:
    """A sentence for each table whose number of rows is not the one wanted."""
    names = sorted(wanted.keys() | found.keys())
    return [
        f"table {name}: {found.get(name, 'no table')} instead of {wanted.get(name, 'no table')}"
        for name in names
        if wanted.get(name) != found.get(name)
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
