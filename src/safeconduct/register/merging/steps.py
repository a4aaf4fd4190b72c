"""What a merge writes, row by row, with what stood before: the same steps backwards undo it.

Every step keeps the whole row as it stood. So a row that was merged, corrected and even deleted since can come back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from safeconduct.register.merging.ties import table
from safeconduct.register.models import Merge, MergedRow


class Steps:
    """The steps of one merge, in their order; `write` puts them on record."""

    def __init__(self) -> None:
        self._made: list[MergedRow] = []

    def change(self, row: models.Model, **values: Any) -> None:
        """Write some fields of a row. `values` are by column (`person_id`), as the model holds them."""
        before = stored(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = {name: told for name, told in stored(row).items() if name in values and told != before[name]}
        if after:
            _manager(row).filter(pk=row.pk).update(**values)
            self._note(row, before, after)

    def park(self, row: models.Model) -> None:
        """Take a row out of its table; it stands in the step alone until the merge is undone."""
        self._note(row, stored(row), None)
        _manager(row).filter(pk=row.pk)._raw_delete(row._state.db)

    def add(self, row: models.Model) -> None:
        """Write a new row."""
        row.save(force_insert=True)
        self._note(row, None, stored(row))

    def write(self, merge: Merge) -> int:
        """Put the steps on record under a merge; gives their number."""
        for position, step in enumerate(self._made):
            step.merge, step.position = merge, position
        MergedRow.objects.bulk_create(self._made, batch_size=500)
        return len(self._made)

    def _note(self, row: models.Model, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        self._made.append(MergedRow(table=row._meta.label_lower, row=str(row.pk), before=before, after=after))


def take_back(merge: Merge) -> list[MergedRow]:
    """Undo the steps of a merge, last first; gives those that could not be undone because the row was changed since.

    What was written since is never overwritten: only a field that still reads as the merge left it goes back, and a row that
    has no place any more stays in its step.
    """
    return [step for step in reversed(merge.rows.all()) if not _undo(step)]


def _undo(step: MergedRow) -> bool:
    model = table(step.table)
    rows = model._base_manager.filter(pk=model._meta.pk.to_python(step.row))
    standing = rows.first()
    try:
        with transaction.atomic():
            if step.before is None:
                return _take_out(rows, standing, step.after or {})
            if step.after is None or standing is None:
                return _put_back(model, standing, step.before)
            told = stored(standing)
            back = {name: step.before[name] for name, value in step.after.items() if told[name] == value}
            if back:
                rows.update(**{name: field_of(model, name).to_python(value) for name, value in back.items()})
            return len(back) == len(step.after)
    except IntegrityError:
        return False


def _take_out(rows: models.QuerySet[Any], standing: models.Model | None, after: dict[str, Any]) -> bool:
    if standing is None:
        return True
    if stored(standing) != after or _is_pointed_at(standing):
        return False
    rows._raw_delete(rows.db)
    return True


def _is_pointed_at(row: models.Model) -> bool:
    """Whether any row of any room belongs to this one."""
    return any(each.related_model._base_manager.filter(**{each.field.name: row.pk}).exists() for each in row._meta.related_objects)


def _put_back(model: type[models.Model], standing: models.Model | None, before: dict[str, Any]) -> bool:
    if standing is not None:
        return stored(standing) == before
    row = model(**{name: field_of(model, name).to_python(value) for name, value in before.items()})
    row.save_base(raw=True, force_insert=True)
    return True


def stored(row: models.Model) -> dict[str, Any]:
    """A row as plain values by column, as they are put on record."""
    return {field.attname: _plain(field, field.value_from_object(row)) for field in row._meta.concrete_fields}


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(UTC)  # as it is read back: two clocks may write one moment in two ways
    if isinstance(value, memoryview):
        value = bytes(value)
    kept = value is None or isinstance(value, bool | int | str | list | dict)
    return value if kept else field.value_to_string(_Holder(field, value))


class _Holder:
    """Something from which a field reads one value."""

    def __init__(self, field: models.Field[Any, Any], value: Any) -> None:
        setattr(self, field.attname, value)


def field_of(model: type[models.Model], column: str) -> models.Field[Any, Any]:
    """The field of a column; of a reference the field that it points to, which reads its values."""
    field = next(each for each in model._meta.concrete_fields if each.attname == column)
    return field.target_field if isinstance(field, models.ForeignKey) else field


def _manager(row: models.Model) -> models.Manager[Any]:
    return type(row)._base_manager
