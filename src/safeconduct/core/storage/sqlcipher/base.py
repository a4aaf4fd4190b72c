"""The database wrapper that Django loads: Django's own for SQLite, with another library and a key below it.

The key comes from the keyring (`core.storage.keys`), never from settings: the file named by NAME lies in the folder of
its site, and that folder's key must be held. The file must exist; only `storage.site` and the tests create one.
"""

import datetime
import decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from ..keys import key_of
from ..sealed import open_sealed
from .client import DatabaseClient
from .creation import DatabaseCreation
from .cursor import SealedCursor
from .features import DatabaseFeatures
from .operations import DatabaseOperations


def _teach_types() -> None:
    """The adapters and converters that Django gives to the standard library's module, for this one."""
    dbapi2.register_converter("bool", b"1".__eq__)
    for name, parse in (("date", parse_date), ("time", parse_time)):
        dbapi2.register_converter(name, base.decoder(parse))
    for name in ("datetime", "timestamp"):
        dbapi2.register_converter(name, base.decoder(parse_datetime))
    dbapi2.register_adapter(decimal.Decimal, str)
    dbapi2.register_adapter(datetime.date, base.adapt_date)
    dbapi2.register_adapter(datetime.datetime, base.adapt_datetime)


_teach_types()


class DatabaseWrapper(base.DatabaseWrapper):
    display_name = "SQLite, sealed by SQLCipher"
    Database = dbapi2
    client_class = DatabaseClient
    creation_class = DatabaseCreation
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """As for SQLite; a transaction is IMMEDIATE by default, so that writers queue and none fails."""
        parameters: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        if self.is_in_memory_db():
            raise ImproperlyConfigured("a sealed database is a file: name one")
        if not set(parameters) <= {"database", "detect_types", "check_same_thread", "uri", "timeout"}:
            raise ImproperlyConfigured("OPTIONS of a sealed database are transaction_mode, timeout and init_command")
        return parameters

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> dbapi2.Connection:
        path = Path(conn_params["database"])
        options = {name: conn_params[name] for name in ("detect_types", "timeout") if name in conn_params}
        connection = open_sealed(path, key_of(path.parent), **options)
        register_functions(connection)
        for command in filter(None, map(str.strip, self.init_commands)):
            connection.execute(command)
        return connection

    def create_cursor(self, name: str | None = None) -> SealedCursor:
        return self.connection.cursor(factory=SealedCursor)
