"""A site on PostgreSQL in the same archive: every table, as of one moment, in a sealed SQLite file.

Tables travel in PostgreSQL's own COPY text, in pieces of about a megabyte, so that neither side ever holds a table in
memory. SQLCipher seals and authenticates each page: no cipher of our own.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import keys
from ..keys import Key
from ..sealed import integrity_faults, open_sealed
from .faults import ArchiveTooNew, DatabaseInUse
from .snapshot import differences
from .temporary import Verify, connected

if TYPE_CHECKING:
    from .opened import Opened

_PIECE = 1 << 20
_TABLES = """
    SELECT c.oid, c.relname FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname
"""
_COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = %s AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_SEQUENCES = """
    SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY sequencename
"""
_CONTAINER = (
    "CREATE TABLE tables (name TEXT PRIMARY KEY, columns TEXT NOT NULL, rows INTEGER NOT NULL, sha256 TEXT NOT NULL)",
    "CREATE TABLE pieces (name TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, number))",
    "CREATE TABLE sequences (name TEXT PRIMARY KEY, last INTEGER)",
    "CREATE TABLE migrations (app TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (app, name))",
)


def copy_database(settings: dict[str, Any], key: Key, target: Path) -> dict[str, int]:
    """Copy all tables of the current schema in one REPEATABLE READ snapshot; rows by table come back."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with connected(settings) as connection, closing(open_sealed(target, key, create=True)) as container:
        for statement in _CONTAINER:
            container.execute(statement)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(_TABLES)
            tables = {name: _copy_table(cursor, container, oid, name) for oid, name in cursor.fetchall()}
            cursor.execute(_SEQUENCES)
            container.executemany("INSERT INTO sequences VALUES (?, ?)", cursor.fetchall())
            cursor.execute("SELECT app, name FROM django_migrations")
            container.executemany("INSERT INTO migrations VALUES (?, ?)", set(cursor.fetchall()))
            cursor.execute("COMMIT")
        container.commit()
    return tables


def _copy_table(cursor: Any, container: Any, oid: int, name: str) -> int:
    cursor.execute(_COLUMNS, [oid])
    columns = [column for (column,) in cursor.fetchall()]
    digest, rows, number, piece = hashlib.sha256(), 0, 0, bytearray()

    def keep() -> None:
        container.execute("INSERT INTO pieces VALUES (?, ?, ?)", (name, number, bytes(piece)))

    with cursor.copy(f"COPY {_quoted(name)} ({_listed(columns)}) TO STDOUT") as stream:
        for data in stream:
            digest.update(data)
            rows += bytes(data).count(b"\n")  # COPY text: one line a row, line ends inside a value are escaped
            piece += data
            if len(piece) >= _PIECE:
                keep()
                number, piece = number + 1, bytearray()
    if piece:
        keep()
    cursor.execute(f"SELECT count(*) FROM {_quoted(name)}")
    if cursor.fetchone()[0] != rows:
        raise OSError("a table was not copied whole")
    container.execute("INSERT INTO tables VALUES (?, ?, ?, ?)", (name, json.dumps(columns), rows, digest.hexdigest()))
    return rows


def faults_of_copy(path: Path, key: Key, tables: dict[str, int]) -> list[str]:
    """What is wrong with a copy: its seal, its structure, and each table's lines against their number and sum."""
    with closing(open_sealed(path, key, read_only=True)) as container:
        if faults := integrity_faults(container):
            return faults
        found: dict[str, int] = {}
        for name, rows, sha256 in container.execute("SELECT name, rows, sha256 FROM tables").fetchall():
            digest, lines = hashlib.sha256(), 0
            for data in _pieces(container, name):
                digest.update(data)
                lines += data.count(b"\n")
            found[name] = lines
            if digest.hexdigest() != sha256 or lines != rows:
                faults.append(f"table {name} has another sum")
        return faults + differences(tables, found)


def load_database(path: Path, opened: "Opened", settings: dict[str, Any], verify: Verify | None) -> list[str]:
    """Fill an empty database: migrate to where the site stood, then load all tables. All of it or nothing.

    Returns what is wrong; then nothing was changed. Raises DatabaseInUse, ArchiveTooNew.
    """
    from django.db import transaction

    with connected(settings) as connection, closing(open_sealed(path, opened.key, read_only=True)) as container:
        if tables := connection.introspection.table_names():
            raise DatabaseInUse(service=settings["OPTIONS"]["service"], tables=len(tables))
        with transaction.atomic(using=connection.alias):
            _migrate(connection, container, opened.path)
            with connection.cursor() as cursor:
                found = _load_tables(cursor, container)
            faults = differences(opened.manifest.tables, found)
            faults = faults or (_verified(connection, path.parent, opened, verify) if verify else [])
            if faults:
                transaction.set_rollback(True, using=connection.alias)
        return faults


def _verified(connection: Any, folder: Path, opened: "Opened", verify: Verify) -> list[str]:
    keys.hold(folder, Key(opened.key.secret(), proven=True))
    try:
        return verify(connection, folder)
    finally:
        keys.lock(folder)


def _migrate(connection: Any, container: Any, archive: Path) -> None:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    stood = {(app, name) for app, name in container.execute("SELECT app, name FROM migrations")}
    if not stood <= executor.loader.graph.nodes.keys():
        raise ArchiveTooNew(file=archive)
    whole = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    # Django takes each target as a place to stop at and would go back for earlier ones: the steps are given instead.
    executor.migrate([], plan=[step for step in whole if (step[0].app_label, step[0].name) in stood])


def _load_tables(cursor: Any, container: Any) -> dict[str, int]:
    cursor.execute(_TABLES)
    present = [name for _, name in cursor.fetchall()]
    # Migrations may have written rows of their own, and triggers would refuse both their removal and the loading.
    for name in present:
        cursor.execute(f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER")
    cursor.execute(f"TRUNCATE {_listed(present)}")
    for name, columns in container.execute("SELECT name, columns FROM tables").fetchall():
        if name in present:
            with cursor.copy(f"COPY {_quoted(name)} ({_listed(json.loads(columns))}) FROM STDIN") as stream:
                for data in _pieces(container, name):
                    stream.write(data)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a reference to nowhere is told here
    for name in present:
        cursor.execute(f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER")
    cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")
    sequences = {name for (name,) in cursor.fetchall()}
    for name, last in container.execute("SELECT name, last FROM sequences").fetchall():
        if name in sequences and last is not None:
            cursor.execute("SELECT setval(%s::regclass, %s)", [_quoted(name), last])
    return {name: _count(cursor, name) for name in present}


def _count(cursor: Any, name: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {_quoted(name)}")
    return int(cursor.fetchone()[0])


def _pieces(container: Any, name: str) -> Iterator[bytes]:
    for (data,) in container.execute("SELECT data FROM pieces WHERE name = ? ORDER BY number", (name,)):
        yield bytes(data)


def _listed(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
