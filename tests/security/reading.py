"""Whom the log of reads of a served site names, as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

from safeconduct.core.storage.api import SiteFolder
from safeconduct.core.storage.keys import key_of
from safeconduct.core.storage.sealed import READS_PURPOSE, open_sealed

_SINCE = "SELECT entry, person, levels FROM seen WHERE entry > ?"


@contextmanager
def reads_of(site: Path) -> Iterator[Callable[[], Mapping[UUID, frozenset[str]]]]:
    """Gives a question: everybody who was read since it was asked last, with the levels."""
    folder = SiteFolder(site)
    folder.unlock((site / "key").read_bytes())
    with closing(open_sealed(folder.reads, key_of(site), read_only=True, purpose=READS_PURPOSE)) as log:
        last = [log.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()[0]]

        def since() -> Mapping[UUID, frozenset[str]]:
            found: dict[UUID, frozenset[str]] = {}
            for entry, person, levels in log.execute(_SINCE, last[:]).fetchall():
                last[0] = max(last[0], entry)
                found[UUID(bytes=bytes(person))] = frozenset(levels.split())
            return found

        yield since
    folder.lock()
