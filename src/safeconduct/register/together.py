"""Many small tables of a few people in one question to the database, as `prefetch_related` would have read them one by one.

Each table gives its rows as text, with as many columns as the widest; they are read back by the fields that they belong to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

from safeconduct.register.models import FamilyUnit, Membership, Person

_TRUE = {"1": True, "true": True, "0": False, "false": False}


def read_together(people: Sequence[Person], *names: str) -> None:
    """Fill these related lists of each person, by one query. A membership comes with its family unit."""
    if not people:
        return
    relations = [Person._meta.get_field(name) for name in names]
    tables: list[type[models.Model]] = [relation.related_model for relation in relations]  # type: ignore[misc]
    wanted = [Person._meta.pk.get_db_prep_value(person.pk, connection) for person in people]
    found: dict[tuple[int, Any], list[Any]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_asked(tuple(tables), len(wanted)), wanted * len(tables))
        for number, *cells in cursor.fetchall():
            row = _row(tables[number], cells)
            found[number, row.person_id].append(row)
    for number, relation in enumerate(relations):
        name = relation.get_accessor_name()  # type: ignore[union-attr]
        for person in people:
            _cache(person)[name] = _list_of(person, tables[number], _ordered(tables[number], found[number, person.pk]))


def _list_of(person: Person, table: type[models.Model], rows: list[Any]) -> models.QuerySet[Any]:
    """What has been read of one person's list. Whatever is asked of it further is asked of that person only."""
    queryset = table._default_manager.all()
    queryset._deferred_filter = (False, (), {"person": person})  # type: ignore[attr-defined]  # written when it is asked
    queryset._result_cache, queryset._prefetch_done = rows, True  # type: ignore[attr-defined]
    return queryset


def _cache(person: Person) -> dict[str, Any]:
    if not hasattr(person, "_prefetched_objects_cache"):
        person._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return person._prefetched_objects_cache  # type: ignore[attr-defined, no-any-return]


@lru_cache(maxsize=256)
def _asked(tables: tuple[type[models.Model], ...], people: int) -> str:
    """The question, written once for so many people: to have it written anew costs more than to ask it."""
    width = max(len(table._meta.concrete_fields) for table in tables) + 1  # and the number of a family unit
    return " UNION ALL ".join(_part(table, number, width, people) for number, table in enumerate(tables))


def _part(table: type[models.Model], number: int, width: int, people: int) -> str:
    quoted = connection.ops.quote_name
    cells = [f"CAST(t.{quoted(str(field.column))} AS text)" for field in table._meta.concrete_fields]
    beside = ""
    if table is Membership:
        cells.append("CAST(f.number AS text)")
        beside = f" JOIN {quoted(FamilyUnit._meta.db_table)} f ON f.id = t.family_id"
    cells += ["CAST(NULL AS text)"] * (width - len(cells))
    marks = ", ".join(["%s"] * people)
    return f"SELECT {number}, {', '.join(cells)} FROM {quoted(table._meta.db_table)} t{beside} WHERE t.person_id IN ({marks})"


def _row(table: type[models.Model], cells: Sequence[str | None]) -> Any:
    names, readers = _columns(table)
    values = [None if cell is None else read(cell) for read, cell in zip(readers, cells, strict=False)]
    row = table.from_db("default", names, values)
    if isinstance(row, Membership):
        row.family = FamilyUnit.from_db("default", ["id", "number"], [row.family_id, cells[len(names)]])
    return row


@lru_cache
def _columns(table: type[models.Model]) -> tuple[list[str], list[Callable[[str], Any]]]:
    """The columns of a table, and what reads each of them from text."""
    fields = table._meta.concrete_fields
    return [field.attname for field in fields], [_reader(field) for field in fields]


def _reader(field: Any) -> Callable[[str], Any]:
    target = field.target_field if field.is_relation else field
    return (lambda cell: _TRUE[cell.lower()]) if isinstance(target, models.BooleanField) else target.to_python


def _ordered(table: type[models.Model], rows: list[Any]) -> list[Any]:
    """As the table orders itself."""
    for name in reversed(table._meta.ordering or ["pk"]):
        column = str(name).lstrip("-")
        rows = sorted(rows, key=lambda row, column=column: getattr(row, column), reverse=str(name).startswith("-"))
    return rows
