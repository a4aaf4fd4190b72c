"""Takes the chain's triggers away and brings them back, as only somebody with the database in hands could."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

_migrations = [import_module(f"safeconduct.core.audit.migrations.{name}") for name in ("0002_append_only", "0003_no_replacing")]


def append_only(on: bool) -> None:
    """Whether the database refuses to change the chain."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for migration in _migrations if on else reversed(_migrations):
            forth = migration._SQLITE if vendor == "sqlite" else migration._POSTGRESQL
            for statement in forth if on else migration._BACK[vendor]:
                cursor.execute(statement)
