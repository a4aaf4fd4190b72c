from __future__ import annotations

import pytest

from safeconduct.core.reads import book
from safeconduct.core.storage import keys
from safeconduct.core.storage.keys import Key


@pytest.fixture
def log(tmp_path, settings):
    """An empty log of reads of this test's own; its path."""
    folder = tmp_path / "site"
    folder.mkdir()
    keys.hold(folder, Key.fresh())
    path = folder / "reads.sqlite3"
    book.create(path, keys.key_of(folder))
    settings.READS_LOG = str(path)
    yield path
    book.close_all()
    keys.lock(folder)


@pytest.fixture
def by_hand(log):
    """The log as somebody who holds file and key would change it: without its triggers."""

    def change(*statements: str) -> None:
        connection = book.open_sealed(log, keys.key_of(log.parent), purpose=book.PURPOSE, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.close()

    return change
