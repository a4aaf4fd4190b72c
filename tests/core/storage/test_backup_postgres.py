"""A site on PostgreSQL is saved to the same sealed file, and comes back in an empty database. Run with DB=postgres."""

import os
import threading
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db.migrations.executor import MigrationExecutor
from psycopg.conninfo import make_conninfo

from safeconduct.core.storage.backup import backup, restore
from safeconduct.core.storage.backup.faults import DatabaseInUse, RestoreNotProven
from safeconduct.core.storage.backup.temporary import connected
from safeconduct.core.storage.errors import WrongPassphrase
from safeconduct.core.storage.site import SiteFolder

from .conftest import NOON, PASSPHRASE, PLANTED

pytestmark = [
    pytest.mark.storage,
    pytest.mark.skipif(os.environ.get("DB") != "postgres", reason="run with DB=postgres"),
]
TROUBLESOME = f"{PLANTED}\tback\\slash\nline \u200c پ \\N \\."


@pytest.fixture
def server(tmp_path, monkeypatch, django_db_blocker):
    """Two empty databases, named by the services `before` and `after`."""
    entry = settings.DATABASES["default"]
    about = {"host": entry["HOST"], "user": entry["USER"], "port": entry.get("PORT"), "password": entry.get("PASSWORD")}
    about = {name: value for name, value in about.items() if value}
    names = {service: f"{service}_{os.getpid()}" for service in ("before", "after")}
    with psycopg.connect(make_conninfo(dbname="postgres", **about), autocommit=True) as connection:
        for name in names.values():
            connection.execute(f"CREATE DATABASE {name}")
        lines = "\n".join(f"{name}={value}" for name, value in about.items())
        services = "\n".join(f"[{service}]\ndbname={name}\n{lines}\n" for service, name in names.items())
        (tmp_path / "services").write_text(services)
        monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
        with django_db_blocker.unblock():
            yield
        for name in names.values():
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def sql(service: str):
    with psycopg.connect(f"service={service}", autocommit=True) as connection:
        yield connection.execute


@pytest.fixture
def full(server, make_site) -> SiteFolder:
    """A migrated site with a chain of audit entries and an account whose name holds every troublesome sign."""
    site = make_site(service="before")
    site.unlock(PASSPHRASE)
    with connected(site.databases()["default"]) as connection:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    with sql("before") as execute:
        execute("INSERT INTO auth_group (name) SELECT 'group ' || n FROM generate_series(1, 2000) n")
        execute("DELETE FROM auth_group WHERE id > 1900")
        execute("INSERT INTO django_content_type (app_label, model) VALUES ('planted', %s)", [TROUBLESOME])
        for number in range(1, 4):
            add_entry(execute, number)
    (site.files / "ab").mkdir(mode=0o700)
    (site.files / "ab" / "cd").write_bytes(b"sealed already")
    return site


def add_entry(execute, number: int) -> None:
    execute(
        "INSERT INTO audit_auditentry VALUES (%s, now(), 'a', 'b', 'done', '', '{}', %s, %s)",
        [number, f"{number - 1}", f"{number}"],
    )


def everything(service: str) -> dict[str, list]:
    with sql(service) as execute:
        names = [n for (n,) in execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()]
        return {name: sorted(map(repr, execute(f'SELECT * FROM "{name}"').fetchall())) for name in names}


def test_every_row_comes_back_and_the_next_number_is_a_new_one(full, tmp_path):
    receipt = backup(full, tmp_path / "b.tar", at=NOON)
    assert PLANTED.encode() not in receipt.path.read_bytes()
    restored = restore(receipt.path, tmp_path / "again", PASSPHRASE, service="after")
    assert everything("before") == everything("after")
    assert restored.tables["auth_group"] == 1900
    assert (tmp_path / "again" / "files" / "ab" / "cd").read_bytes() == b"sealed already"
    assert SiteFolder(tmp_path / "again").about.service == "after"
    assert not (tmp_path / "again" / "database.sqlite3").exists()
    with sql("after") as execute:
        assert execute("INSERT INTO auth_group (name) VALUES ('new') RETURNING id").fetchone() == (2001,)
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            execute("DELETE FROM audit_auditentry")


def test_a_database_that_holds_tables_is_left_as_it_is(full, tmp_path):
    receipt = backup(full, tmp_path / "b.tar", at=NOON)
    with pytest.raises(DatabaseInUse):
        restore(receipt.path, tmp_path / "again", PASSPHRASE, service="before")
    assert not (tmp_path / "again").exists()


def test_a_restore_that_fails_its_check_leaves_the_database_empty(full, tmp_path):
    receipt = backup(full, tmp_path / "b.tar", at=NOON)
    with pytest.raises(RestoreNotProven, match="entry 3 is missing"):
        restore(receipt.path, tmp_path / "a", PASSPHRASE, service="after", verify=lambda *_: ["entry 3 is missing"])
    with pytest.raises(WrongPassphrase):
        restore(receipt.path, tmp_path / "a", PASSPHRASE + b"x", service="after")
    assert everything("after") == {} and not (tmp_path / "a").exists()


def test_a_copy_taken_while_another_writes_is_of_one_moment(full, tmp_path):
    """Each transaction adds an entry and a group of the same number: no copy may hold one without the other."""
    stop, written = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        with psycopg.connect("service=before") as connection:
            number = 10_000
            while not stop.is_set():
                number += 1
                add_entry(connection.execute, number)
                connection.execute("INSERT INTO auth_group (id, name) VALUES (%s, %s)", [number, str(number)])
                connection.commit()
                written.release()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.acquire(timeout=60)
        receipt = backup(full, tmp_path / "b.tar", at=NOON)
    finally:
        stop.set()
        writer.join()
    restore(receipt.path, tmp_path / "again", PASSPHRASE, service="after")
    with sql("after") as execute:
        entries = execute("SELECT number FROM audit_auditentry WHERE number > 10000 ORDER BY 1").fetchall()
        groups = execute("SELECT id FROM auth_group WHERE id > 10000 ORDER BY 1").fetchall()
    assert entries == groups != []
