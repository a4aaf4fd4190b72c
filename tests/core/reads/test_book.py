"""The log itself: append-only, numbered and linked inside one lock, sealed, and there before anybody goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from safeconduct.core.reads import book, faults, verification
from safeconduct.core.storage import keys
from safeconduct.core.storage.errors import DamagedDatabase, NotSealed, SiteLocked, StorageFault, WrongPassphrase
from safeconduct.core.storage.keys import Key
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
MINA, REZA = UUID(int=1), UUID(int=2)


def read(*people, actor="page:3", page="person", levels=("identity",), at=NOON):
    return book.append(at=at, actor=actor, roles=["registrar"], page=page, seen={each: set(levels) for each in people})


def test_entries_are_numbered_and_tell_who_read_whom_and_what(log):
    assert [read(MINA, REZA, page="people"), read(MINA, levels=("needs", "identity"))] == [1, 2]
    assert book.ask("SELECT number, actor, roles, page, people FROM entries") == [
        (1, "page:3", "registrar", "people", 2), (2, "page:3", "registrar", "person", 1),
    ]  # fmt: skip
    assert book.ask("SELECT entry, levels FROM seen WHERE person = ?", [MINA.bytes]) == [(1, "identity"), (2, "identity needs")]
    assert verification.verify() == (2, [])


@trials(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seen=st.dictionaries(st.uuids(), st.sets(st.sampled_from(["identity", "needs", "case"]), min_size=1), min_size=1))
def test_whatever_is_appended_verifies_and_is_found_by_person(log, seen):
    number = book.append(at=NOON, actor="job:1", roles=[], page="x", seen=seen)
    told = {
        UUID(bytes=bytes(p)): set(said.split()) for p, said in book.ask("SELECT person, levels FROM seen WHERE entry = ?", [number])
    }
    assert told == seen and verification.verify()[1] == []


@pytest.mark.parametrize("statement", [
    "UPDATE entries SET actor = 'page:4' WHERE number = 1", "DELETE FROM entries WHERE number = 2", "DELETE FROM seen",
    "UPDATE seen SET levels = ''", "INSERT INTO seen VALUES (1, x'00', 'identity')",
    "INSERT INTO entries SELECT 9, at, actor, roles, page, 1, 0, 0, seen, previous, digest FROM entries WHERE number = 1",
    "INSERT OR REPLACE INTO entries SELECT 1, at, 'x', roles, page, 1, 0, 0, seen, previous, digest FROM entries WHERE number = 2",
])  # fmt: skip
def test_nothing_is_changed_taken_away_or_added_between(log, statement):
    read(MINA)
    read(REZA)
    with pytest.raises(book.dbapi2.Error, match=r"log of reads|older entry"):
        book._connection().execute(statement)
    assert verification.verify() == (2, [])


_WRITER = """
import sys
from pathlib import Path
from django.conf import settings
path = Path(sys.argv[1])
settings.configure(READS_LOG=str(path))
from datetime import datetime, UTC
from uuid import uuid4
from safeconduct.core.reads import book
from safeconduct.core.storage import keys
keys.hold(path.parent, keys.Key(bytes.fromhex(sys.stdin.readline())))
for n in range(int(sys.argv[2])):
    seen = {uuid4(): {"identity"} for _ in range(5)}
    number = book.append(at=datetime.now(UTC), actor="page:1", roles=["registrar"], page="people", seen=seen)
    print(number, flush=True)
"""


def writer(log, times):
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(log), str(times)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdin.write(keys.key_of(log.parent).secret().hex() + "\n")
    process.stdin.flush()
    return process


def test_eight_processes_at_once_break_no_link(log):
    writers = [writer(log, 25) for _ in range(8)]
    told = sorted(int(n) for each in writers for n in each.communicate(timeout=120)[0].split())
    assert told == list(range(1, 201))
    assert verification.verify() == (200, [])


def test_whoever_is_killed_loses_nothing_that_was_acknowledged(log):
    for after in (3, 7, 11):
        process = writer(log, 10_000)
        acknowledged = [int(process.stdout.readline()) for _ in range(after)]
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        held = {number for (number,) in book.ask("SELECT number FROM entries")}
        assert set(acknowledged) <= held
        count, breaks = verification.verify()
        assert breaks == [] and count == len(held)


def test_the_file_shows_nothing_to_whoever_has_no_key(log):
    read(uuid4(), page="a_page_that_nobody_else_has")
    content = b"".join(path.read_bytes() for path in log.parent.iterdir())
    assert b"a_page_that" not in content and b"SQLite format" not in content
    assert (log.stat().st_mode & 0o077, log.with_name(log.name + "-wal").stat().st_mode & 0o077) == (0, 0)


def test_a_key_of_another_site_and_another_purpose_open_nothing(log):
    with pytest.raises(WrongPassphrase):
        book.open_sealed(log, Key.fresh(), purpose=book.PURPOSE)
    with pytest.raises(WrongPassphrase):
        book.open_sealed(log, Key(keys.key_of(log.parent).secret()))  # the database's key


@pytest.mark.parametrize(("harm", "fault"), [
    (lambda path: path.unlink(), faults.ReadsMissing),
    (lambda path: path.write_bytes(b""), DamagedDatabase),
    (lambda path: path.write_bytes(os.urandom(8192)), DamagedDatabase),
    (lambda path: path.with_name("old").write_bytes(path.read_bytes()) and path.unlink(), faults.ReadsMissing),
])  # fmt: skip
def test_a_lost_or_damaged_log_is_not_written_to(log, harm, fault):
    read(MINA)
    book.close_all()
    for beside in log.parent.glob("reads.sqlite3-*"):
        beside.unlink()
    harm(log)
    keys.key_of(log.parent).proven = True
    with pytest.raises(fault):
        read(MINA)


def test_a_log_taken_away_under_an_open_connection_is_missed_at_once(log):
    read(MINA)
    log.rename(log.with_name("elsewhere"))
    with pytest.raises(faults.ReadsMissing):
        read(MINA)


def test_a_full_disk_refuses_and_leaves_the_chain_whole(log):
    read(MINA)
    (pages,) = book.ask("PRAGMA page_count")[0]
    book.ask(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(faults.ReadsUnusable, match="full"):
        read(*(uuid4() for _ in range(5000)))
    book.ask("PRAGMA max_page_count = 1000000")
    assert (read(REZA), verification.verify()) == (2, (2, []))


def test_a_sealed_site_writes_nothing(log):
    key = Key(keys.key_of(log.parent).secret())
    keys.lock(log.parent)
    with pytest.raises(SiteLocked):
        read(MINA)
    keys.hold(log.parent, key)
    assert read(MINA) == 1


def test_a_log_is_never_made_over_another(log):
    read(MINA)
    with pytest.raises(faults.ReadsThere):
        book.create(log, keys.key_of(log.parent))
    assert book.head()[0] == 1 and {path.name for path in log.parent.iterdir() if path.name.startswith(".")} == set()


def test_a_plain_file_in_its_place_is_refused(log, tmp_path):
    import sqlite3

    book.close_all()
    log.unlink()
    for beside in log.parent.glob("reads.sqlite3-*"):
        beside.unlink()
    with sqlite3.connect(log) as plain:
        plain.execute("CREATE TABLE entries (number)")
    plain.close()
    with pytest.raises(NotSealed):
        read(MINA)
    assert issubclass(NotSealed, StorageFault)
