"""A writer is killed at any moment: the database opens, is sound, and holds all that was acknowledged."""

import contextlib
import os
import random
import select
import signal
import subprocess
import sys

import pytest

from safeconduct.core.storage import keys
from safeconduct.core.storage.handover import handing_over
from safeconduct.core.storage.sealed import integrity_faults, open_sealed

pytestmark = pytest.mark.storage

# Each transaction writes two rows that belong together, and says its number only after the commit.
WRITER = """
import sys
from pathlib import Path
from safeconduct.core.storage.handover import receive
from safeconduct.core.storage.keys import key_of
from safeconduct.core.storage.sealed import open_sealed
folder, number = Path(sys.argv[1]), int(sys.argv[2])
receive(folder)
connection = open_sealed(folder / "database.sqlite3", key_of(folder), isolation_level=None)
while True:
    number += 1
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO person VALUES (?, ?)", (number, "x" * 3000))
    connection.execute("INSERT INTO entry VALUES (?)", (number,))
    connection.execute("COMMIT")
    print(number, flush=True)
"""


def test_ten_killed_writers_lose_nothing_that_was_acknowledged(site):
    with contextlib.closing(open_sealed(site.database, keys.key_of(site.path))) as connection:
        connection.execute("CREATE TABLE person (number INTEGER PRIMARY KEY, told TEXT)")
        connection.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY REFERENCES person)")
    acknowledged, chance = 0, random.Random(2013)
    for _ in range(10):
        before = acknowledged
        acknowledged = killed_writer(site, acknowledged, after=chance.randint(1, 40))
        with contextlib.closing(open_sealed(site.database, keys.key_of(site.path))) as connection:
            assert integrity_faults(connection) == []
            people = [number for (number,) in connection.execute("SELECT number FROM person ORDER BY number")]
            entries = [number for (number,) in connection.execute("SELECT number FROM entry ORDER BY number")]
        assert before < acknowledged
        # One more than acknowledged may have been committed: killed between the commit and its word.
        assert people == entries == list(range(1, len(people) + 1))
        assert len(people) in (acknowledged, acknowledged + 1)
        acknowledged = len(people)


def killed_writer(site, acknowledged: int, after: int) -> int:
    """Let a writer work in a process of its own, kill it in mid-work, and say the last number that it acknowledged."""
    with handing_over(site.path) as handed:
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(site.path), str(acknowledged)],
            stdout=subprocess.PIPE,
            bufsize=0,
            **handed.for_subprocess(),
        )
    told = b""
    while told.count(b"\n") < after:
        ready, _, _ = select.select([writer.stdout], [], [], 60)
        assert ready, "the writer does not write"
        told += os.read(writer.stdout.fileno(), 65536)
        assert writer.poll() is None
    writer.send_signal(signal.SIGKILL)
    told += writer.communicate()[0]
    return int(told.splitlines()[-1] if told.endswith(b"\n") else told.splitlines()[-2])
