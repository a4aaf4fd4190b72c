"""A backup is one sealed, proven file, taken while people work; what is not exactly that file is refused by name."""

import io
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from safeconduct.core.storage import keys
from safeconduct.core.storage.backup import backup, check_sums, restore
from safeconduct.core.storage.backup.faults import (
    ArchiveChanged,
    ArchiveDamaged,
    ArchiveRefused,
    BackupNotProven,
    BackupNotWritten,
    NoRoom,
    NotABackup,
    RestoreNotProven,
)
from safeconduct.core.storage.errors import FolderInUse, SiteLocked, StorageFault, WeakPassphrase, WrongPassphrase
from safeconduct.core.storage.sealed import open_sealed
from safeconduct.core.storage.site import SiteFolder

from .conftest import NOON, PASSPHRASE, PLANTED

pytestmark = pytest.mark.storage

OTHER = b"harbour lantern mosaic twenty-two"


@pytest.fixture
def full(site: SiteFolder) -> SiteFolder:
    """A site with two tables, a trigger that keeps one append-only, an anchor and a file."""
    with closing(open_sealed(site.database, keys.key_of(site.path))) as connection:
        connection.executescript(
            """
            CREATE TABLE person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL);
            CREATE TABLE entry (number INTEGER PRIMARY KEY, person INTEGER REFERENCES person (id));
            CREATE INDEX person_name ON person (name);
            CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END;
            PRAGMA user_version = 7;
            """
        )
        connection.executemany("INSERT INTO person (name) VALUES (?)", [(f"{PLANTED} {i}",) for i in range(300)])
        connection.executemany("INSERT INTO entry VALUES (?, ?)", [(i, i) for i in range(1, 201)])
        connection.execute("DELETE FROM person WHERE id > 250")
        connection.commit()
    site.anchor.write_text('{"number": 200}')
    (site.files / "ab").mkdir(mode=0o700)
    (site.files / "ab" / ("ab" * 32)).write_bytes(b"sealed already")
    (site.files / ".being-written").write_bytes(b"half")
    return site


@pytest.fixture
def archive(full: SiteFolder, tmp_path: Path) -> Path:
    return backup(full, tmp_path / "backup.tar", at=NOON).path


def rows(site: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(open_sealed(site / "database.sqlite3", keys.key_of(site))) as connection:
        return list(connection.execute(sql))


def test_a_backup_comes_back_as_the_same_site(full, archive, tmp_path):
    receipt = restore(archive, tmp_path / "again", PASSPHRASE)
    assert receipt.tables == {"entry": 200, "person": 250}
    assert (receipt.made, receipt.files, receipt.rows) == (NOON, 1, 450)
    keys.unlock(tmp_path / "again", PASSPHRASE)
    for sql in (
        "SELECT * FROM person ORDER BY id",
        "SELECT * FROM entry ORDER BY number",
        "SELECT * FROM sqlite_sequence",
        "PRAGMA user_version",
        "SELECT type, name, sql FROM sqlite_master ORDER BY name",
    ):
        assert rows(tmp_path / "again", sql) == rows(full.path, sql), sql
    assert (tmp_path / "again" / "files" / "ab" / ("ab" * 32)).read_bytes() == b"sealed already"
    assert not (tmp_path / "again" / "files" / ".being-written").exists()
    assert (tmp_path / "again" / "anchor.json").read_text() == '{"number": 200}'
    assert SiteFolder(tmp_path / "again").open_to_others() == []


def test_the_rules_that_the_database_keeps_are_restored_too(archive, tmp_path):
    restore(archive, tmp_path / "again", PASSPHRASE)
    keys.unlock(tmp_path / "again", PASSPHRASE)
    with pytest.raises(Exception, match="append only"):
        rows(tmp_path / "again", "DELETE FROM entry")


def test_no_name_and_no_table_stands_in_a_backup_and_nothing_is_left_beside_it(full, archive, tmp_path):
    content = archive.read_bytes()
    assert PLANTED.encode() not in content and b"person" not in content and b"SQLite" not in content
    assert archive.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar", "site"]


def test_what_was_erased_is_not_carried_along_under_the_key(full, tmp_path):
    big = "Y" * 3000
    with closing(open_sealed(full.database, keys.key_of(full.path))) as connection:
        connection.executemany("INSERT INTO person (name) VALUES (?)", [(big,)] * 500)
        connection.commit()
        connection.execute("DELETE FROM person WHERE name = ?", (big,))
        connection.commit()
    size = full.database.stat().st_size
    assert backup(full, tmp_path / "small.tar", at=NOON).bytes < size / 4


def test_any_copy_can_be_checked_without_a_key_by_us_and_by_common_tools(archive, tmp_path):
    assert set(check_sums(archive)) == {
        "site.toml", "database.sqlite3", "anchor.json", f"files/ab/{'ab' * 32}", "manifest.sealed",
    }  # fmt: skip
    subprocess.run(["tar", "-xf", archive, "-C", tmp_path], check=True)
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=tmp_path, check=True)


def test_a_backup_under_another_passphrase_opens_with_that_one_only(full, tmp_path):
    path = backup(full, tmp_path / "b.tar", at=NOON, passphrase=OTHER).path
    with pytest.raises(WrongPassphrase):
        restore(path, tmp_path / "no", PASSPHRASE)
    restore(path, tmp_path / "again", OTHER)
    assert SiteFolder(tmp_path / "again").about.seal.salt != full.about.seal.salt
    with pytest.raises(WrongPassphrase):
        keys.unlock(tmp_path / "again", PASSPHRASE)
    with pytest.raises(WeakPassphrase):
        backup(full, tmp_path / "weak.tar", at=NOON, passphrase=b"short")


def test_a_wrong_passphrase_restores_nothing(archive, tmp_path):
    with pytest.raises(WrongPassphrase):
        restore(archive, tmp_path / "again", b"no")
    assert not (tmp_path / "again").exists()


def test_a_sealed_site_is_not_backed_up_and_no_file_is_overwritten(full, archive, tmp_path):
    with pytest.raises(BackupNotWritten, match="there already"):
        backup(full, archive, at=NOON)
    with pytest.raises(BackupNotWritten, match="folder that it saves"):
        backup(full, full.path / "files" / "b.tar", at=NOON)
    with pytest.raises(BackupNotWritten, match="No such file"):
        backup(full, tmp_path / "absent" / "b.tar", at=NOON)
    keys.lock(full.path)
    with pytest.raises(SiteLocked):
        backup(full, tmp_path / "c.tar", at=NOON)


def test_a_folder_in_use_is_not_restored_over(archive, full, tmp_path):
    with pytest.raises(FolderInUse):
        restore(archive, full.path, PASSPHRASE)


def test_a_disk_without_room_is_told_before_anything_is_unpacked(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(NoRoom):
        restore(archive, tmp_path / "again", PASSPHRASE)
    assert not (tmp_path / "again").exists()


def test_a_copy_taken_while_two_writers_work_is_of_one_moment(full, tmp_path):
    """Each writer adds a person and then an entry about him in one transaction: no copy may hold half of it."""
    stop, failed, written = threading.Event(), list[Exception](), threading.Semaphore(0)

    def work(first: int) -> None:
        try:
            with closing(open_sealed(full.database, keys.key_of(full.path), isolation_level=None)) as connection:
                number = first
                while not stop.is_set():
                    connection.execute("BEGIN IMMEDIATE")
                    connection.execute("INSERT INTO person (id, name) VALUES (?, ?)", (number, "x" * 500))
                    connection.execute("INSERT INTO entry VALUES (?, ?)", (number, number))
                    connection.execute("COMMIT")
                    number += 1
                    written.release()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in (1_000_000, 2_000_000)]
    for thread in threads:
        thread.start()
    taken = []
    try:
        for number in range(4):
            while written.acquire(blocking=False):
                pass
            assert written.acquire(timeout=60), failed  # the writers are at work now
            taken.append(backup(full, tmp_path / f"{number}.tar", at=NOON))
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failed == []
    assert [receipt.rows for receipt in taken] == sorted({receipt.rows for receipt in taken})
    for number, receipt in enumerate(taken):
        restore(receipt.path, tmp_path / f"r{number}", PASSPHRASE)
        keys.unlock(tmp_path / f"r{number}", PASSPHRASE)
        # 300 persons less 50 that are gone, and 200 entries, were there before the writers began.
        assert receipt.tables["person"] - 250 == receipt.tables["entry"] - 200
        lonely = "SELECT count(*) FROM entry WHERE number > 999999 AND person NOT IN (SELECT id FROM person)"
        assert rows(tmp_path / f"r{number}", lonely) == [(0,)]


def test_a_file_whose_copy_fails_the_check_is_not_kept(full, tmp_path, monkeypatch, django_db_blocker):
    with django_db_blocker.unblock(), pytest.raises(BackupNotProven, match="entry 7 does not follow"):
        backup(full, tmp_path / "b.tar", at=NOON, verify=lambda *_: ["entry 7 does not follow"])
    monkeypatch.setattr(
        "safeconduct.core.storage.backup.snapshot.rows_by_table",
        lambda _, seen=[]: seen.append(1) or {"person": len(seen)},
    )
    with pytest.raises(BackupNotProven, match="table person: 2 instead of 1"):
        backup(full, tmp_path / "b.tar", at=NOON)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_callers_check_sees_the_copy_through_django(full, tmp_path, django_db_blocker):
    seen = []

    def verify(connection, folder) -> list[str]:
        assert connections[connection.alias] is connection
        with connection.cursor() as cursor:
            seen.append(cursor.execute("SELECT count(*) FROM entry").fetchone()[0])
        return []

    with django_db_blocker.unblock():
        path = backup(full, tmp_path / "b.tar", at=NOON, verify=verify).path
        restore(path, tmp_path / "again", PASSPHRASE, verify=verify)
        with pytest.raises(RestoreNotProven, match="broken"):
            restore(path, tmp_path / "third", PASSPHRASE, verify=lambda *_: ["broken"])
    assert seen == [200, 200]
    assert not (tmp_path / "third").exists()
    assert keys.is_unlocked(full.path)
    assert sorted(path.name for path in (tmp_path / "again").iterdir()) == [
        "anchor.json", "database.sqlite3", "files", "incoming", "running", "site.toml",
    ]  # fmt: skip


def test_a_restored_demonstration_opens_by_itself_again(make_site, tmp_path):
    from safeconduct.core.storage.passphrase import obtain

    site = make_site(kind="demonstration")
    secret = obtain(site)
    keys.unlock(site.path, secret)
    restore(backup(site, tmp_path / "d.tar", at=NOON).path, tmp_path / "again", secret)
    assert obtain(SiteFolder(tmp_path / "again")) == secret


# --- hostile and damaged archives ---


def refused(archive: Path, tmp_path: Path) -> StorageFault:
    with pytest.raises(StorageFault) as fault:
        restore(archive, tmp_path / "again", PASSPHRASE)
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".again*"))
    return fault.value


def test_one_flipped_byte_anywhere_is_refused(archive, tmp_path):
    content = archive.read_bytes()
    # Every byte of the first headers and contents, then a sample that touches every block to the end.
    places = [*range(0, 1600), *range(1600, len(content), 211), *range(len(content) - 3000, len(content), 7)]
    broken = tmp_path / "broken.tar"
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 0x01
        broken.write_bytes(changed)
        with pytest.raises((ArchiveDamaged, ArchiveRefused, NotABackup)):
            check_sums(broken)
    assert isinstance(refused(broken, tmp_path), ArchiveDamaged)


def test_a_truncated_or_lengthened_archive_is_refused(archive, tmp_path):
    content = archive.read_bytes()
    broken = tmp_path / "broken.tar"
    for length in (
        *range(0, len(content), len(content) // 37),
        len(content) - 1,
        len(content) - 512,
        len(content) - 1024,
    ):
        broken.write_bytes(content[:length])
        assert isinstance(refused(broken, tmp_path), ArchiveDamaged | NotABackup)
    broken.write_bytes(content + b"\0" * 512)
    assert isinstance(refused(broken, tmp_path), ArchiveDamaged)


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def rebuilt(path: Path, content: dict[str, bytes], extra: Callable[[tarfile.TarFile], None] | None = None) -> Path:
    """An archive as an attacker would make it: all sums right, no key at hand."""
    import hashlib

    content = {name: data for name, data in content.items() if name != "SHA256SUMS"}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in content.items()).encode()
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        for name, data in {**content, "SHA256SUMS": sums}.items():
            if name == "SHA256SUMS" and extra:
                extra(tar)
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), 0o600
            tar.addfile(info, io.BytesIO(data))
    raw = path.read_bytes().rstrip(b"\0")
    path.write_bytes(raw + bytes(-len(raw) % 512) + bytes(1024))
    return path


def test_a_faithful_rebuild_is_accepted_so_that_the_refusals_below_mean_something(archive, tmp_path):
    restore(rebuilt(tmp_path / "same.tar", members(archive)), tmp_path / "again", PASSPHRASE)


@pytest.mark.parametrize("name", ["anchor.json", "database.sqlite3", "manifest.sealed", f"files/ab/{'ab' * 32}"])
def test_a_member_changed_with_its_sum_is_refused_for_want_of_the_key(archive, tmp_path, name):
    content = members(archive)
    content[name] = content[name][:-1] + bytes([content[name][-1] ^ 1])
    assert isinstance(refused(rebuilt(tmp_path / "b.tar", content), tmp_path), ArchiveChanged)


def test_a_member_left_out_added_or_swapped_for_one_of_an_earlier_backup_is_refused(full, archive, tmp_path):
    content = members(archive)
    without = {name: data for name, data in content.items() if name != "anchor.json"}
    assert isinstance(refused(rebuilt(tmp_path / "a.tar", without), tmp_path), ArchiveChanged)
    more = {**content, "files/new": b"planted"}
    assert isinstance(refused(rebuilt(tmp_path / "b.tar", more), tmp_path), ArchiveChanged)
    later = members(backup(full, tmp_path / "later.tar", at=NOON).path)
    mixed = {**later, "database.sqlite3": content["database.sqlite3"]}
    assert isinstance(refused(rebuilt(tmp_path / "c.tar", mixed), tmp_path), ArchiveChanged)


def test_costs_in_the_archive_cannot_ask_for_all_memory(archive, tmp_path):
    content = members(archive)
    content["site.toml"] = content["site.toml"].replace(b"memory_kib = 64", b"memory_kib = 999999999")
    assert isinstance(refused(rebuilt(tmp_path / "b.tar", content), tmp_path), ArchiveDamaged)


HOSTILE = {
    "a path that climbs": {"name": "files/../../escaped"},
    "an absolute path": {"name": "/tmp/escaped"},
    "a hidden name": {"name": "files/.hidden"},
    "a key for a real site": {"name": "key"},
    "a symbolic link": {"name": "files/link", "type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
    "a hard link": {"name": "files/link", "type": tarfile.LNKTYPE, "linkname": "site.toml"},
    "a device": {"name": "files/null", "type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 3},
    "a pipe": {"name": "files/pipe", "type": tarfile.FIFOTYPE},
    "a folder": {"name": "files", "type": tarfile.DIRTYPE},
    "a sparse file": {"name": "files/sparse", "type": tarfile.GNUTYPE_SPARSE},
    "a long name": {"name": "files/" + "x" * 300},
    "the same name twice": {"name": "anchor.json"},
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_no_backup_holds_is_refused_and_writes_nothing_outside(archive, tmp_path, case):
    def add(tar: tarfile.TarFile) -> None:
        info = tarfile.TarInfo(HOSTILE[case]["name"])
        info.mode = 0o600
        for name, value in HOSTILE[case].items():
            setattr(info, name, value)
        tar.addfile(info, io.BytesIO(b""))

    fault = refused(rebuilt(tmp_path / "b.tar", members(archive), add), tmp_path)
    assert isinstance(fault, ArchiveRefused)
    assert not (tmp_path / "escaped").exists() and not Path("/tmp/escaped").exists()


def test_extended_headers_are_refused(archive, tmp_path):
    with tarfile.open(tmp_path / "b.tar", "w", format=tarfile.PAX_FORMAT) as tar:
        for name, data in members(archive).items():
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.pax_headers = len(data), 0o600, {"comment": "x"}
            tar.addfile(info, io.BytesIO(data))
    assert isinstance(refused(tmp_path / "b.tar", tmp_path), ArchiveRefused)


def test_a_bomb_of_a_header_that_claims_terabytes_is_refused_at_once(archive, tmp_path):
    content = archive.read_bytes()
    info = tarfile.TarInfo("site.toml")
    info.size, info.mode = 1 << 45, 0o600
    (tmp_path / "b.tar").write_bytes(info.tobuf(tarfile.GNU_FORMAT) + content[512:])
    assert isinstance(refused(tmp_path / "b.tar", tmp_path), ArchiveRefused)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + b"x" * 2000, b"\0" * 5000, b"SQLite format 3\0" * 200])
def test_what_is_no_backup_is_called_so(tmp_path, content):
    (tmp_path / "b.tar").write_bytes(content)
    assert isinstance(refused(tmp_path / "b.tar", tmp_path), NotABackup)


def test_a_missing_archive_is_called_so(tmp_path):
    assert isinstance(refused(tmp_path / "absent.tar", tmp_path), NotABackup)


def test_an_archive_of_another_key_is_a_wrong_passphrase(archive, make_site, tmp_path):
    other = make_site("other", passphrase=OTHER)
    content = members(archive)
    content["site.toml"] = (other.path / "site.toml").read_bytes()
    with pytest.raises(ArchiveChanged):
        restore(rebuilt(tmp_path / "b.tar", content), tmp_path / "again", OTHER)


def test_each_fault_says_what_happened_and_what_to_do():
    from safeconduct.core.storage.backup import faults

    for fault in vars(faults).values():
        if isinstance(fault, type) and issubclass(fault, StorageFault) and fault is not StorageFault:
            assert fault.code.startswith("storage.") and fault.says.endswith((".", "%(faults)s", "%(reason)s")) and fault.mend
