"""A Django connection to a copy that is being proven, for checks that the caller brings along."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.utils import ConnectionHandler

from .. import keys
from ..keys import Key

ALIAS = "copy being proven"

# Given an open Django connection (its `alias` serves `.using(…)`) and the folder where the copy's files lie, for which the
# key is held, says what is wrong; an empty list when all is well.
Verify = Callable[[Any, Path], list[str]]


@contextmanager
def connected(settings: dict[str, Any]) -> Iterator[Any]:
    """A connection under an alias of its own, closed and forgotten afterwards."""
    connections.settings[ALIAS] = ConnectionHandler({"default": settings}).settings["default"]
    try:
        yield connections[ALIAS]
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


def verified(database: Path, key: Key, verify: Verify | None) -> list[str]:
    """What the caller's check says of a sealed copy."""
    if verify is None:
        return []
    keys.hold(database.parent, Key(key.secret(), proven=True))
    try:
        with connected({"ENGINE": "safeconduct.core.storage.sqlcipher", "NAME": str(database)}) as connection:
            return verify(connection, database.parent)
    finally:
        keys.lock(database.parent)
