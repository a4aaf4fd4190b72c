"""The database under the tests: a sealed file in a folder of this run, or PostgreSQL with DB=postgres."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from safeconduct.core.storage.keys import Key, hold


def reads_log() -> str:
    """A log of reads for this run, empty, with a key of its own."""
    from safeconduct.core.reads.book import create

    folder = Path(tempfile.mkdtemp(prefix="safeconduct-reads-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    key = Key.fresh()
    hold(folder, key)
    create(folder / "reads.sqlite3", key)
    return str(folder / "reads.sqlite3")


def databases() -> dict[str, dict[str, Any]]:
    """What Django's DATABASES is for this run."""
    if os.environ.get("DB") == "postgres":
        from safeconduct.core.storage.postgres import database_for_tests

        return {"default": database_for_tests()}
    folder = Path(tempfile.mkdtemp(prefix="safeconduct-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    hold(folder, Key.fresh())
    entry = {"ENGINE": "safeconduct.core.storage.sqlcipher", "NAME": str(folder / "database.sqlite3")}
    return {"default": {**entry, "TEST": {"NAME": str(folder / "test.sqlite3")}}}
