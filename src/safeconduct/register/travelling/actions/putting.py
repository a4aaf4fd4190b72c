"""Writing one slot of a person: the rows of it become those that are wanted, and what stands already is left untouched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from safeconduct.register.merging.steps import field_of
from safeconduct.register.models import FamilyUnit, Membership, NameKey, Person, PersonName, RelationToHead
from safeconduct.register.names import key_rows
from safeconduct.register.travelling import persons
from safeconduct.register.travelling.merge import Record, Value
from safeconduct.register.travelling.parts import Part, parts


class Contradicts(Exception):
    """What is to be written contradicts something else that stands."""


def record_of(name: str, person: Person) -> Record:
    """A part of a person as it stands here, as slots."""
    return persons.record(person) if name == persons.NAME else parts()[name].record(parts()[name].rows([person.pk]))


def put(name: str, person: Person, slot: str, value: Value) -> None:
    """Make a slot what it is to be, or change nothing. Raises Contradicts."""
    try:
        with transaction.atomic():
            if name == persons.NAME:
                Person.objects.filter(pk=person.pk).update(**persons.columns(slot, value))
                person.refresh_from_db()
            else:
                _put_rows(parts()[name], person, slot, value)
    except IntegrityError:
        raise Contradicts from None


def _put_rows(part: Part, person: Person, slot: str, value: Value) -> None:
    wanted = list(value)
    over = []
    for row in part.rows([person.pk]):
        if part.slot_of(row) == slot:
            if (told := part.value_of(row)) in wanted:
                wanted.remove(told)
            else:
                over.append(row)
    # A row that only ended is the same row: what points to it goes on pointing to it.
    for row in over:
        same = next((new for new in wanted if _but_its_end(part, new) == _but_its_end(part, part.value_of(row))), None)
        if same is None:
            type(row)._base_manager.filter(pk=row.pk).delete()
        else:
            wanted.remove(same)
            type(row)._base_manager.filter(pk=row.pk).update(**_columns(part, slot, same))
    for new in wanted:
        _refuse_second_head(part, person, part.told(slot, new))
        part.model._base_manager.create(person=person, **_columns(part, slot, new))
    if part.after is not None:
        part.after(person)


def _but_its_end(part: Part, row: Sequence[Any]) -> list[Any]:
    return [told for column, told in zip(part.values, row, strict=True) if column not in ("ends", "ended_at")]


def _columns(part: Part, slot: str, row: Sequence[Any]) -> dict[str, Any]:
    told = part.told(slot, list(row))
    found = {}
    for column, value in told.items():
        if column == "family":
            found["family"] = _family(value)
        else:
            found[column] = field_of(part.model, column).to_python(value)
    return found


def _family(number: str) -> FamilyUnit:
    family, _new = FamilyUnit.every.get_or_create(number=number)
    return family.merged_into or family


def _refuse_second_head(part: Part, person: Person, told: dict[str, Any]) -> None:
    if part.model is not Membership or told["relationship"] != RelationToHead.HEAD or told["ends"]:
        return
    family = _family(told["family"])
    if Membership.objects.filter(family=family, relationship=RelationToHead.HEAD, ends=None).exclude(person=person).exists():
        raise Contradicts


def keys_follow(person: Person) -> None:
    """Make the keys by which a person is found those of the names as they stand now."""
    NameKey.objects.filter(person=person).delete()
    NameKey.objects.bulk_create(key_rows(person.pk, PersonName.objects.filter(person=person).values_list("kind", "text")))
