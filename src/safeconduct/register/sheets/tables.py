"""Whole tables at once: one prepared statement and its rows, where a model instance a row would cost ten times as much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows; `fields` names every column that has no default in the database.

    Values as the database takes them: what `stored` makes of identifiers and moments, anything else as it is. Only
    inside an action, like every write.
    """
    rows = list(rows)
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in fields)
    places = ", ".join(["%s"] * len(fields))
    _run(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", rows)


def update(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Change rows by their primary key, which is the last value of each."""
    rows = list(rows)
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(model._meta.get_field(name).column)} = %s" for name in fields)
    key = quote(model._meta.pk.column)
    _run(f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {key} = %s", rows)


def stored(model: type[Model], field: str, value: Any) -> Any:
    """A value as the database of this site takes it: SQLite keeps identifiers and moments as text."""
    return model._meta.get_field(field).get_db_prep_value(value, connection, prepared=False)


def _run(sql: str, rows: list[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
