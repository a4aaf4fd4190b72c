"""Django works on the sealed database as on SQLite, and whoever has no key reads nothing of it."""

import datetime
import decimal
import re
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from itertools import count, takewhile
from pathlib import Path

import django.db.backends.sqlite3
import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connections, models, transaction
from django.db.models import Avg, Count, F, Max, StdDev, Sum, Variance
from django.db.models.functions import Cast, ExtractYear, Lower, TruncMonth
from django.test.utils import isolate_apps
from sqlcipher3 import dbapi2

from safeconduct.core.storage import keys
from safeconduct.core.storage.errors import (
    DamagedDatabase,
    DatabaseMissing,
    NotSealed,
    SiteLocked,
    WrongPassphrase,
)
from safeconduct.core.storage.keys import Key
from safeconduct.core.storage.sealed import integrity_faults, open_sealed

from .conftest import PLANTED, connected

pytestmark = pytest.mark.storage


@pytest.fixture
def rows(sealed):
    """A small table with a column of each kind, and five rows."""
    with isolate_apps("tests"):

        class Row(models.Model):
            name = models.CharField(max_length=60, unique=True)
            price = models.DecimalField(max_digits=20, decimal_places=6)
            born = models.DateField(null=True)
            seen = models.DateTimeField()
            at = models.TimeField()
            waited = models.DurationField()
            open = models.BooleanField()
            facts = models.JSONField(default=dict)
            picture = models.BinaryField()
            score = models.FloatField()
            count = models.PositiveIntegerField()

            class Meta:
                app_label = "tests"
                constraints = [models.CheckConstraint(condition=models.Q(count__lte=100), name="at_most_100")]

        with connections[sealed].schema_editor() as editor:
            editor.create_model(Row)
        Row.objects.using(sealed).bulk_create(
            Row(
                name=f"پ{i} {PLANTED}",
                price=decimal.Decimal("123456789.000001") + i,
                born=datetime.date(1980, 1 + i, 3) if i else None,
                seen=datetime.datetime(2013, 9, 1 + i, 21, 30, 0, 123456, tzinfo=datetime.UTC),
                at=datetime.time(1, 2, 3),
                waited=datetime.timedelta(days=i, microseconds=1),
                open=i % 2 == 0,
                facts={"block": f"B{i}", "list": [i, None, True], "deep": {"n": i}},
                picture=bytes(range(256)),
                score=float(i),
                count=i,
            )
            for i in range(5)
        )
        yield Row.objects.using(sealed)


def test_values_come_back_as_they_went_in(rows):
    row = rows.get(count=3)
    assert row.price == decimal.Decimal("123456792.000001")
    assert row.born == datetime.date(1980, 4, 3)
    assert row.seen == datetime.datetime(2013, 9, 4, 21, 30, 0, 123456, tzinfo=datetime.UTC)
    assert row.at == datetime.time(1, 2, 3)
    assert row.waited == datetime.timedelta(days=3, microseconds=1)
    assert row.open is False
    assert row.facts == {"block": "B3", "list": [3, None, True], "deep": {"n": 3}}
    assert bytes(row.picture) == bytes(range(256))


def test_lookups_by_pattern_json_and_script_work(rows):
    assert rows.filter(name__regex=r"^پ[23] ").count() == 2
    assert rows.filter(name__iregex=PLANTED.lower()).count() == 5
    assert rows.filter(name__icontains=PLANTED.upper()).count() == 5
    assert rows.filter(facts__block="B2").count() == 1
    assert rows.filter(facts__deep__n__gte=3).count() == 2
    assert rows.filter(facts__has_key="list").count() == 5


def test_arithmetic_with_dates_is_done_by_the_database(rows):
    later = rows.annotate(end=F("seen") + F("waited")).get(count=2).end
    assert later == datetime.datetime(2013, 9, 5, 21, 30, 0, 123457, tzinfo=datetime.UTC)
    since = datetime.timedelta(days=1)
    assert rows.filter(seen__gt=datetime.datetime(2013, 9, 3, 21, tzinfo=datetime.UTC) + since).count() == 2
    assert rows.filter(born__year=1980, born__month=4).count() == 1
    assert list(rows.exclude(born=None).dates("born", "year")) == [datetime.date(1980, 1, 1)]
    with_month = rows.annotate(m=TruncMonth("seen"), y=ExtractYear("born")).get(count=1)
    assert (with_month.m.month, with_month.y) == (9, 1980)


def test_aggregates_agree_with_arithmetic_by_hand(rows):
    got = rows.aggregate(s=Sum("score"), a=Avg("score"), m=Max("count"), d=StdDev("score"), v=Variance("score"), n=Count("*"))
    assert (got["s"], got["a"], got["m"], got["n"]) == (10, 2, 4, 5)
    assert got["v"] == pytest.approx(2.0) and got["d"] == pytest.approx(2**0.5)  # of 0 1 2 3 4
    assert rows.annotate(l=Lower("name"), t=Cast("count", models.CharField())).get(count=4).t == "4"


def test_what_the_database_forbids_reaches_django_as_its_own_errors(rows):
    for change in ({"count": 101}, {"count": -1}, {"name": rows.get(count=2).name}):
        with pytest.raises(IntegrityError), transaction.atomic(using=rows.db):
            rows.filter(count=1).update(**change)
    with pytest.raises(FieldError):
        rows.filter(nothing=1).count()
    assert rows.filter(count=1).count() == 1


def test_a_savepoint_rolls_back_alone(rows):
    with transaction.atomic(using=rows.db):
        rows.filter(count=1).update(score=11)
        with pytest.raises(RuntimeError), transaction.atomic(using=rows.db):
            rows.filter(count=2).update(score=12)
            raise RuntimeError
    assert (rows.get(count=1).score, rows.get(count=2).score) == (11, 2)


def test_named_parameters_and_percent_signs_work_in_plain_sql(rows):
    with connections[rows.db].cursor() as cursor:
        cursor.execute("SELECT %(a)s, '%%s', %(b)s", {"a": 1, "b": "x"})
        assert cursor.fetchone() == (1, "%s", "x")
        cursor.executemany("UPDATE tests_row SET score = %(s)s WHERE count = %(c)s", [{"s": 9, "c": 1}, {"s": 8, "c": 2}])
    assert rows.get(count=2).score == 8


def test_the_connection_is_set_as_promised(sealed):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "cipher_memory_security": "0",
    }
    with connections[sealed].cursor() as cursor:
        assert {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    assert connections[sealed].transaction_mode == "IMMEDIATE"


def test_two_threads_that_read_and_then_write_both_get_through(rows):
    alias, failed = rows.db, []

    def add() -> None:
        try:
            for _ in range(20):
                with transaction.atomic(using=alias):
                    row = rows.get(count=1)
                    rows.filter(count=1).update(score=row.score + 1)
        except Exception as error:
            failed.append(error)
        finally:
            connections[alias].close()

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert rows.get(count=1).score == 1 + 3 * 20


def test_who_waits_longer_than_allowed_for_another_writer_is_told_so(site):
    with closing(open_sealed(site.database, keys.key_of(site.path), isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with (
            closing(open_sealed(site.database, keys.key_of(site.path), timeout=0.05)) as waiting,
            pytest.raises(dbapi2.OperationalError, match="locked"),
        ):
            waiting.execute("BEGIN IMMEDIATE")


def test_a_busy_writer_starves_nobody(site):
    """Beside a writer who never pauses, another writes twenty times and is never told to give up."""
    with closing(open_sealed(site.database, keys.key_of(site.path))) as connection:
        connection.execute("CREATE TABLE t (who INTEGER)")
    failed, done = list[Exception](), threading.Event()

    def write(who: str, times: Iterable[int]) -> None:
        try:
            with closing(open_sealed(site.database, keys.key_of(site.path), isolation_level=None)) as connection:
                for _ in times:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.execute("INSERT INTO t VALUES (?)", (who,))
                    connection.execute("COMMIT")
        except Exception as error:
            failed.append(error)

    busy = threading.Thread(target=write, args=("busy", takewhile(lambda _: not done.is_set(), count())))
    busy.start()
    write("other", range(20))
    done.set()
    busy.join()
    assert failed == []


def test_no_name_stands_in_any_file_of_the_site(rows, site):
    rows.filter(count=1).update(name=f"changed {PLANTED}")
    names = [path.name for path in site.path.iterdir() if path.is_file()]
    assert {"database.sqlite3", "database.sqlite3-wal", "database.sqlite3-shm"} <= set(names)
    for path in filter(Path.is_file, site.path.rglob("*")):
        content = path.read_bytes()
        assert PLANTED.encode() not in content and b"tests_row" not in content and b"SQLite" not in content, path


def test_the_key_is_in_no_statement_that_a_trace_sees(site):
    seen: list[str] = []
    connection = open_sealed(site.database, keys.key_of(site.path))
    connection.set_trace_callback(seen.append)
    connection.execute("SELECT 1")
    assert not any(keys.key_of(site.path).for_purpose("database").hex() in line for line in seen)


def test_a_sealed_site_says_that_it_is_sealed(sealed, site):
    connections[sealed].close()
    keys.lock(site.path)
    with pytest.raises(SiteLocked, match="does not hold its key"):
        connections[sealed].cursor()


def test_another_key_is_a_wrong_passphrase(site, capfd):
    with pytest.raises(WrongPassphrase):
        open_sealed(site.database, Key.fresh())
    assert capfd.readouterr() == ("", "")


def test_a_plain_sqlite_file_is_named_as_such(site):
    site.database.unlink()
    plain = sqlite3.connect(site.database)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    with pytest.raises(NotSealed, match="anybody can read"):
        open_sealed(site.database, keys.key_of(site.path))


@pytest.mark.parametrize("at", [0, 20, 1000, 4095])
def test_a_damaged_first_page_is_damage_and_no_wrong_passphrase(site, at):
    content = bytearray(site.database.read_bytes())
    content[at] ^= 1
    site.database.write_bytes(content)
    with pytest.raises(DamagedDatabase, match="restore the latest backup"):
        open_sealed(site.database, keys.key_of(site.path))


def test_damage_further_in_is_told_when_it_is_read(rows, site):
    rows.filter(count=1).update(facts={"long": "x" * 40_000})
    connections[rows.db].close()
    content = bytearray(site.database.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 50] ^= 1
    site.database.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        list(rows.all())
    assert integrity_faults(open_sealed(site.database, keys.key_of(site.path)))


def test_a_missing_or_empty_database_is_never_taken_for_a_new_one(site):
    site.database.write_bytes(b"")
    with pytest.raises(DamagedDatabase):
        open_sealed(site.database, keys.key_of(site.path))
    site.database.unlink()
    with pytest.raises(DatabaseMissing):
        open_sealed(site.database, keys.key_of(site.path))
    assert not site.database.exists()


def test_a_folder_name_with_signs_of_an_address_opens(make_site, django_db_blocker):
    site = make_site(where="a b?mode=memory#x%20y پ")
    keys.hold(site.path, keys.Key.fresh())
    site.database.unlink()
    open_sealed(site.database, keys.key_of(site.path), create=True).close()
    with django_db_blocker.unblock(), connected("odd", site.databases()["default"]) as alias:
        assert connections[alias].cursor().execute("SELECT 1").fetchone() == (1,)
    assert site.database.stat().st_size >= 4096


def test_every_place_where_django_names_the_module_sqlite3_is_known():
    """Django's backend is written against `sqlite3`; a new place in a new Django must be looked at."""
    folder = Path(django.db.backends.sqlite3.__file__).parent
    places = {
        (path.name, line.strip())
        for path in folder.glob("*.py")
        for line in path.read_text().splitlines()
        if re.search(r"\bDatabase\.|\bsqlite3\.[a-z]+\(", line) and not line.strip().startswith("#")
    }
    assert {line for name, line in places if name == "operations.py"} == {
        'return ["GROUP BY TRUE"] if Database.sqlite_version_info < (3, 39) else []'
    }
    assert {line for name, line in places if name == "schema.py"} == {"value = sqlite3.adapt(value)"}
    assert {line for name, line in places if name == "features.py"} == {
        "can_alter_table_drop_column = Database.sqlite_version_info >= (3, 35, 5)",
        "if Database.sqlite_version_info < (3, 47):",
        "return Database.sqlite_version_info >= (3, 35)",
    }
    assert {line.split("(")[0] for name, line in places if name == "base.py"} == {
        "Database.register_converter",
        "Database.register_adapter",
        '"detect_types": Database.PARSE_DECLTYPES | Database.PARSE_COLNAMES,',
        "conn = Database.connect",
        "return self.Database.sqlite_version_info",
        "class SQLiteCursorWrapper",
    }
