"""The sealed database under Django."""

import datetime
import decimal
import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, models, transaction
from django.db.models import Avg, F, StdDev
from django.db.utils import NotSupportedError

pytestmark = [pytest.mark.storage, pytest.mark.django_db(transaction=True)]


class Sample(models.Model):
    """A table of every kind of value, for these tests only."""

    name = models.CharField(max_length=40)
    told = models.JSONField(default=dict)
    money = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    hour = models.TimeField(null=True)
    lasted = models.DurationField(null=True)
    count = models.IntegerField(default=0)
    yes = models.BooleanField(default=False)

    class Meta:
        app_label = "audit"


@pytest.fixture
def samples(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Sample)
    yield Sample.objects
    with connection.schema_editor() as editor:
        editor.delete_model(Sample)


def test_all_migrations_run_and_leave_nothing_to_make():
    call_command("makemigrations", "--check", "--dry-run", "auth", "contenttypes", verbosity=0)
    assert "auth_group" in connection.introspection.table_names()


def test_every_kind_of_value_comes_back_as_it_went_in(samples):
    values = {
        "told": {"a": [1, None, "ش"]},
        "money": decimal.Decimal("1234567890.12"),
        "day": datetime.date(2016, 9, 9),
        "at": datetime.datetime(2016, 9, 9, 23, 30, 0, 123456, tzinfo=datetime.UTC),
        "hour": datetime.time(4, 5, 6),
        "lasted": datetime.timedelta(days=2, microseconds=3),
        "yes": True,
    }
    made = samples.create(name="سارا", **values)
    back = samples.get(pk=made.pk)
    assert {name: getattr(back, name) for name in values} == values
    assert back.name == "سارا"


def test_json_paths_arithmetic_patterns_dates_and_deviation_are_computed_in_the_database(samples):
    for number in (2, 4, 4, 4, 5, 5, 7, 9):  # the textbook example: mean 5, deviation 2
        samples.create(name=f"row {number}", count=number, told={"n": number}, day=datetime.date(2016, number, 1))
    assert samples.aggregate(a=Avg("count"), d=StdDev("count")) == {"a": 5.0, "d": 2.0}
    assert samples.filter(told__n=9).count() == 1
    assert samples.filter(name__regex=r"^row [79]$").count() == 2
    assert samples.filter(name__iregex=r"^ROW 2$").count() == 1
    assert samples.filter(day__month=4).count() == 3
    samples.filter(count=9).update(count=F("count") * 2 + 1)
    assert samples.filter(count=19).exists()


def test_bulk_writes_larger_than_the_old_limit_of_parameters(samples):
    made = samples.bulk_create([Sample(name=str(number), count=number) for number in range(5000)])
    assert len({row.pk for row in made}) == 5000
    assert samples.filter(pk__in=[row.pk for row in made]).count() == 5000


def test_a_broken_reference_is_refused():
    group = "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (9999, 9999)"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(group)


def test_savepoints_roll_back_alone():
    with transaction.atomic():
        ContentType.objects.create(app_label="kept", model="x")
        with pytest.raises(ValueError), transaction.atomic():
            ContentType.objects.create(app_label="undone", model="x")
            raise ValueError
    assert set(ContentType.objects.filter(model="x").values_list("app_label", flat=True)) == {"kept"}


def test_eight_threads_count_without_losing_one(samples):
    row = samples.create(name="counter")

    def add():
        try:
            for _ in range(10):
                with transaction.atomic():
                    seen = Sample.objects.select_for_update().get(pk=row.pk)
                    seen.count += 1
                    seen.save()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert samples.get(pk=row.pk).count == 80


sealed_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="concerns the embedded database")


@sealed_only
def test_each_connection_is_durable_keeps_references_and_overwrites_what_is_erased():
    with connection.cursor() as cursor:
        asked = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
        }
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }


@sealed_only
def test_a_transaction_takes_the_write_lock_at_its_start():
    assert connection.transaction_mode == "IMMEDIATE"


@sealed_only
def test_a_database_in_memory_and_a_shell_are_refused():
    wrapper = type(connections["default"])({**connection.settings_dict, "NAME": ":memory:"}, "other")
    with pytest.raises(ImproperlyConfigured):
        wrapper.connect()
    with pytest.raises(NotSupportedError):
        connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
