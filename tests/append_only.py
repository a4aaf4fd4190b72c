"""Takes the triggers of the chain and the consents away and back, as only somebody with the database in hands could."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

_migrations = [
    import_module(f"safeconduct.{name}")
    for name in (
        "core.audit.migrations.0002_append_only", "core.audit.migrations.0003_no_replacing",
        "register.migrations.0005_consents_stand",
    )
]  # fmt: skip


def append_only(on: bool) -> None:
    """Whether the database refuses to change the chain and the consents."""
    vendor = connection.vendor
    with connection.cursor() as cursor:
        for migration in _migrations if on else reversed(_migrations):
            forth = migration._SQLITE if vendor == "sqlite" else migration._POSTGRESQL
            for statement in forth if on else migration._BACK[vendor]:
                cursor.execute(statement)
