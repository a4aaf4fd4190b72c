"""The cursor: Django's parameter style for SQLCipher's module, and a sentence when a page is damaged."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from itertools import tee
from typing import Any

from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from sqlcipher3 import dbapi2

from ..errors import DamagedDatabase


def _telling(method: Callable[..., Any]) -> Callable[..., Any]:
    """Say in words when the library meets a page whose seal or structure is broken."""

    @wraps(method)
    def told(self: "SealedCursor", *arguments: Any) -> Any:
        try:
            return method(self, *arguments)
        except dbapi2.DatabaseError as error:
            if "disk image is malformed" in str(error):
                raise DamagedDatabase(file="database.sqlite3") from None
            raise

    return told


class SealedCursor(dbapi2.Cursor):
    """Converts "format" and "pyformat" parameters as Django's SQLiteCursorWrapper does for the standard library."""

    convert_query = SQLiteCursorWrapper.convert_query

    @_telling
    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    @_telling
    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        peekable, param_list = tee(iter(param_list))
        first = next(peekable, None)
        names = list(first) if first and isinstance(first, Mapping) else None
        return super().executemany(self.convert_query(query, param_names=names), param_list)

    @_telling
    def fetchone(self) -> Any:
        return super().fetchone()

    @_telling
    def fetchmany(self, size: int = 1) -> Any:
        return super().fetchmany(size)

    @_telling
    def fetchall(self) -> Any:
        return super().fetchall()
