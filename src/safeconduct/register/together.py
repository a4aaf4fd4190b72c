"""Many small tables of a few people in one question to the database, as `prefetch_related` would have read them one by one.

Each table gives its rows as text, with as many columns as the widest; they are read back by the fields that they belong to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast

from safeconduct.register.models import FamilyUnit, Membership, Person

_TRUE = {"1": True, "true": True, "0": False, "false": False}


def read_together(people: Sequence[Person], *names: str) -> None:
    """Fill these related lists of each person, by one query. A membership comes with its family unit."""
    if not people:
        return
    relations = [Person._meta.get_field(name) for name in names]
    tables: list[type[models.Model]] = [relation.related_model for relation in relations]  # type: ignore[misc]
    width = max(len(_columns(table)) for table in tables)
    wanted = [person.pk for person in people]
    first, *rest = (_rows(table, number, width, wanted) for number, table in enumerate(tables))
    found: dict[tuple[int, Any], list[Any]] = defaultdict(list)
    for number, *cells in first.union(*rest, all=True) if rest else first:
        row = _row(tables[number], cells)
        found[number, row.person_id].append(row)
    for number, relation in enumerate(relations):
        name = relation.get_accessor_name()  # type: ignore[union-attr]
        for person in people:
            rows = _ordered(tables[number], found[number, person.pk])
            queryset = getattr(person, name).all()
            queryset._result_cache, queryset._prefetch_done = rows, True
            _cache(person)[name] = queryset


def _cache(person: Person) -> dict[str, Any]:
    if not hasattr(person, "_prefetched_objects_cache"):
        person._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return person._prefetched_objects_cache  # type: ignore[attr-defined, no-any-return]


def _columns(table: type[models.Model]) -> list[str]:
    own = [field.attname for field in table._meta.concrete_fields]
    return [*own, "family__number"] if table is Membership else own


def _rows(table: type[models.Model], number: int, width: int, people: list[Any]) -> Any:
    told = {f"cell_{n}": Cast(F(name), TextField()) for n, name in enumerate(_columns(table))}
    told |= {f"cell_{n}": Value(None, output_field=CharField()) for n in range(len(told), width)}
    told = {name: Cast(each, TextField()) for name, each in told.items()}
    found = table._base_manager.filter(person__in=people).order_by().annotate(table=Value(number), **told)
    return found.values_list("table", *(f"cell_{n}" for n in range(width)))


def _row(table: type[models.Model], cells: Sequence[str | None]) -> Any:
    fields = table._meta.concrete_fields
    values = [_read(field, cell) for field, cell in zip(fields, cells, strict=False)]
    row = table.from_db("default", [field.attname for field in fields], values)
    if isinstance(row, Membership):
        row.family = FamilyUnit.from_db("default", ["id", "number"], [row.family_id, cells[len(fields)]])
    return row


def _read(field: Any, cell: str | None) -> Any:
    if cell is None:
        return None
    target = field.target_field if field.is_relation else field
    return _TRUE[cell.lower()] if isinstance(target, models.BooleanField) else target.to_python(cell)


def _ordered(table: type[models.Model], rows: list[Any]) -> list[Any]:
    """As the table orders itself."""
    for name in reversed(table._meta.ordering or ["pk"]):
        column = str(name).lstrip("-")
        rows = sorted(rows, key=lambda row, column=column: getattr(row, column), reverse=str(name).startswith("-"))
    return rows
