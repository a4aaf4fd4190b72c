"""PostgreSQL for tests: a given server is taken as it is named, and nothing of it is guessed."""

import os

import pytest

from safeconduct.core.storage.postgres import VARIABLE, database_at, database_for_tests


def test_an_address_becomes_an_entry_for_django():
    entry = database_at("postgresql://camp:a%20word@db.example:5433/register?sslmode=verify-full")
    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "register",
        "USER": "camp",
        "PASSWORD": "a word",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_a_given_server_is_used_and_each_run_has_a_database_of_its_own(monkeypatch):
    monkeypatch.setenv(VARIABLE, "host=/run/postgresql dbname=postgres")
    entry = database_for_tests()
    assert (entry["HOST"], entry["NAME"]) == ("/run/postgresql", "postgres")
    assert entry["TEST"]["NAME"].endswith(str(os.getpid()))


@pytest.mark.skipif(os.environ.get("DB") != "postgres", reason="run with DB=postgres")
@pytest.mark.storage
@pytest.mark.django_db
def test_the_run_on_postgresql_is_on_postgresql():
    from django.db import connection

    assert connection.vendor == "postgresql" and connection.pg_version >= 140000
