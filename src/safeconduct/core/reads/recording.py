"""Write down who read whom: for a page, a command, a job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from safeconduct.core import clock
from safeconduct.core.access.actors import Actor
from safeconduct.core.reads import book, watching
from safeconduct.core.reads.faults import ReadsNotWritten
from safeconduct.core.storage.errors import StorageFault


def write(by: Actor, page: str, found: watching.Collected) -> None:
    """Append what was collected. Raises ReadsNotWritten."""
    if not found:
        return
    try:
        book.append(at=clock.now(), actor=by.mark, roles=by.roles, page=page, seen=found)
    except StorageFault as fault:
        raise ReadsNotWritten(reason=fault.sentence()) from fault


@contextmanager
def recording(by: Actor, page: str) -> Iterator[None]:
    """Outside of a page (a command, a job): whoever is read inside stands in the log when it ends. Raises ReadsNotWritten.

    What was read is handed on after it, never inside: a command prints and writes its file afterwards.
    """
    with watching.collecting() as found:
        yield
    write(by, page, found)
