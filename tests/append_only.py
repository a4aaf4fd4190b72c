"""Takes the chain's triggers away and brings them back, as only somebody with the database in hands could."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

_migration = import_module("safeconduct.core.audit.migrations.0002_append_only")


def append_only(on: bool) -> None:
    """Whether the database refuses to change the chain."""
    vendor = connection.vendor
    statements = _migration._BACK[vendor] if not on else _migration._SQLITE if vendor == "sqlite" else _migration._POSTGRESQL
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
