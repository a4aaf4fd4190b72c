"""What the seal costs: the same work on the same library, without a key and with one, and a whole backup.

Run: python benchmarks/storage.py [PEOPLE]. Needs no network; takes about half a minute with 100,000 people.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from safeconduct.core.storage.backup import backup, restore
from safeconduct.core.storage.keys import key_of
from safeconduct.core.storage.sealed import open_sealed
from safeconduct.core.storage.site import SiteFolder

PASSPHRASE = b"orchard violin gravel seventeen"
COMMITS = 500
Connect = Callable[[], Any]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(connect: Connect, people: int) -> dict[str, float]:
    """Seconds for each kind of work."""
    chance = random.Random(2013)
    rows = [(f"given {chance.random()}", f"family {chance.random()}", "x" * 400) for _ in range(people)]
    taken: dict[str, float] = {"open, 200 times": seconds(lambda: [connect().close() for _ in range(200)])}
    with closing(connect()) as connection:
        connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, given TEXT, family TEXT, told TEXT)")
        connection.execute("CREATE INDEX person_family ON person (family)")

        def load() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO person (given, family, told) VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")

        taken[f"write {people} people in one transaction"] = seconds(load)
    with closing(connect()) as connection:  # a connection of its own: nothing is cached
        families = [row[1] for row in chance.sample(rows, min(5000, people))]
        find = "SELECT told FROM person WHERE family = ?"
        taken["find 5,000 people by an index"] = seconds(
            lambda: [connection.execute(find, (family,)).fetchone() for family in families]
        )
        scan = "SELECT count(*) FROM person WHERE given LIKE '%99%'"
        taken["read through all people"] = seconds(lambda: connection.execute(scan).fetchone())
    taken[f"{COMMITS} commits, through to the disk, one writer"] = seconds(lambda: commit(connect, COMMITS))
    taken[f"{COMMITS} commits, through to the disk, two writers"] = seconds(lambda: two_writers(connect))
    return taken


def commit(connect: Connect, times: int) -> None:
    with closing(connect()) as connection:
        for _ in range(times):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO person (given) VALUES ('one more')")
            connection.execute("COMMIT")


def two_writers(connect: Connect) -> None:
    writers = [threading.Thread(target=commit, args=(connect, COMMITS // 2)) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def plain(path: Path) -> Connect:
    """The same library and settings, without a key."""

    def connect() -> Any:
        connection = dbapi2.connect(str(path), timeout=20, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchone()
        return connection

    return connect


def main(people: int) -> None:
    now = datetime(2013, 12, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = SiteFolder.create(folder / "site", name="Bench", kind="real", created=now, passphrase=PASSPHRASE)
        print(f"Storage of {people:,} people: what the seal costs")
        print(f"unlock with the passphrase, once a process: {seconds(lambda: site.unlock(PASSPHRASE)):.2f} s\n")
        without = measure(plain(folder / "plain.sqlite3"), people)
        sealed = measure(lambda: open_sealed(site.database, key_of(site.path), isolation_level=None), people)
        print(f"{'':52}{'plain':>9}{'sealed':>9}{'ratio':>7}")
        for work, taken in sealed.items():
            print(f"{work:52}{without[work]:8.3f}s{taken:8.3f}s{taken / without[work]:7.2f}")
        size = site.database.stat().st_size / 1e6
        made = seconds(lambda: backup(site, folder / "backup.tar", at=now))
        back = seconds(lambda: restore(folder / "backup.tar", folder / "again", PASSPHRASE))
        print(f"\nbackup of {size:.0f} MB, written and proven: {made:.2f} s; restored and proven: {back:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
