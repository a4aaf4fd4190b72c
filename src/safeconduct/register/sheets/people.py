"""Rows of people taken into the register: one action, all rows or none."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, action, remark
from safeconduct.register.actions.cases import open_cases
from safeconduct.register.actions.refusals import MergedSince
from safeconduct.register.imports.people import PersonRow
from safeconduct.register.merging.numbers import merged_numbers
from safeconduct.register.models import (
    EarlierResidence,
    FamilyLink,
    FamilyUnit,
    Membership,
    NameKey,
    Nationality,
    Need,
    Person,
    PersonName,
    Presence,
    ProtectionStatus,
    RelationToHead,
    Sex,
    SpokenLanguage,
    Urgency,
)
from safeconduct.register.names import keys_of, script_of
from safeconduct.register.sheets import tables
from safeconduct.register.sheets.families import day_of_move
from safeconduct.register.sheets.snapshot import Known, known_people

Progress = Callable[[int, int], None]
CHUNK = 1000
_SCALARS = (
    "sex", "born_earliest", "born_latest", "birth_precision", "birth_calendar", "birth_as_told", "urgency", "changed_at",
)  # fmt: skip
# Every table that a row fills, with its columns; the first is always the person.
_FIELDS: dict[type[Model], tuple[str, ...]] = {
    PersonName: ("person", "kind", "script", "text"),
    NameKey: ("person", "kind", "key"),
    Nationality: ("person", "country"),
    SpokenLanguage: ("person", "language"),
    FamilyLink: ("person", "country", "kinship"),
    EarlierResidence: ("person", "country", "from_year", "to_year"),
    Need: ("person", "code"),
    ProtectionStatus: ("person", "status", "since"),
    Presence: ("person", "block", "starts", "ends"),
    Membership: ("person", "family", "relationship", "starts", "disputed_by"),
}


@action(permission="register.import", audit=gettext_noop("sheet of people taken in"))
def take_people(*, by: Actor, rows: Sequence[PersonRow], at: datetime, progress: Progress = lambda done, of: None) -> int:
    """Register the people of these rows, or correct them where the number is known. Empty cells change nothing."""
    if merged_numbers(row.number for row in rows):
        raise MergedSince()
    families = _Families(row.family for row in rows if row.family)
    fresh = _identifiers(len(rows))
    for start in range(0, len(rows), CHUNK):
        _Chunk(rows[start : start + CHUNK], families, fresh, at).write()
        progress(min(start + CHUNK, len(rows)), len(rows))
    remark(rows=len(rows), cases=open_cases_of(rows, by=by, at=at))
    return len(rows)


def open_cases_of(rows: Sequence[PersonRow], *, by: Actor, at: datetime) -> int:
    """A case for everybody of these rows who has none; gives the number of new cases."""
    numbers = [row.number for row in rows]
    found: list[uuid.UUID] = []
    for start in range(0, len(numbers), 5000):
        part = Person.objects.filter(number__in=numbers[start : start + 5000], case=None)
        found += part.values_list("pk", flat=True)
    return open_cases(found, by=by, at=at)


def _identifiers(number: int) -> Iterator[uuid.UUID]:
    """As many random identifiers in rising order: the indexes grow at one end, not all over the sealed file."""
    return iter(sorted(uuid.uuid4() for _ in range(number)))


class _Families:
    """Number of a family unit → its key as it is stored; a unit that is not known is made."""

    def __init__(self, numbers: Iterable[str]) -> None:
        wanted = sorted(set(numbers))
        found: dict[str, uuid.UUID] = {}
        for start in range(0, len(wanted), 5000):
            part = FamilyUnit.every.filter(number__in=wanted[start : start + 5000])
            found.update((number, merged or pk) for number, pk, merged in part.values_list("number", "pk", "merged_into"))
        new = dict(zip((n for n in wanted if n not in found), _identifiers(len(wanted) - len(found)), strict=True))
        self._keys = {number: tables.stored(FamilyUnit, "id", pk) for number, pk in (found | new).items()}
        tables.insert(FamilyUnit, ("id", "number"), ((self._keys[number], number) for number in new))

    def __getitem__(self, number: str) -> Any:
        return self._keys[number]


class _Chunk:
    """So many rows at once: what stands already is read once, and each table is written once."""

    def __init__(self, rows: Sequence[PersonRow], families: _Families, fresh: Iterator[uuid.UUID], at: datetime) -> None:
        self.rows, self.families, self.at = rows, families, at
        self.moment = tables.stored(Person, "changed_at", at)
        self.known = {known.row.number: known for known in known_people(row.number for row in rows)}
        self.ids = {row.number: next(fresh) for row in rows if row.number not in self.known}
        self.fresh: dict[type[Model], list[tuple[Any, ...]]] = {model: [] for model in _FIELDS}
        self.cleared: dict[tuple[type[Model], frozenset[str]], list[uuid.UUID]] = {}
        self.stays: list[tuple[Any, ...]] = []

    def write(self) -> None:
        """People first, then what stands beside them; what a row replaces goes before the new comes."""
        new, old = [], []
        for row in self.rows:
            known = self.known.get(row.number)
            pk = known.id if known else self.ids[row.number]
            key = tables.stored(Person, "id", pk)
            if known is None:
                new.append((key, row.number, *_scalars(row, None), self.moment, self.moment))
            else:
                old.append((*_scalars(row, known.row), self.moment, key))
            self._beside(pk, key, row, known)
        tables.insert(Person, ("id", "number", *_SCALARS, "registered_at"), new)
        tables.update(Person, _SCALARS, old)
        for (model, kinds), people in self.cleared.items():
            found = model._default_manager.filter(person__in=people)
            (found.filter(kind__in=kinds) if kinds else found).delete()
        for model, made in self.fresh.items():
            tables.insert(model, _FIELDS[model], made)
        tables.update(Presence, ("block", "starts", "ends"), self.stays)

    def _beside(self, pk: uuid.UUID, key: Any, row: PersonRow, known: Known | None) -> None:
        had = known.row if known else None
        self._names(pk, key, row, had)
        self._replace(Nationality, pk, key, row.nationalities, had and had.nationalities)
        self._replace(SpokenLanguage, pk, key, row.languages, had and had.languages)
        self._replace(FamilyLink, pk, key, row.family_links, had and had.family_links)
        self._replace(EarlierResidence, pk, key, row.earlier_residences, had and had.earlier_residences)
        self._needs(pk, key, row, had)
        self._status(pk, key, row, had)
        self._presence(key, row, known)
        self._membership(pk, key, row, had)

    def _add(self, model: type[Model], *values: Any) -> None:
        self.fresh[model].append(values)

    def _clear(self, model: type[Model], pk: uuid.UUID, kinds: frozenset[str] = frozenset()) -> None:
        self.cleared.setdefault((model, kinds), []).append(pk)

    def _names(self, pk: uuid.UUID, key: Any, row: PersonRow, had: PersonRow | None) -> None:
        kinds = frozenset(kind for kind, _text in row.names)
        standing = had.names if had else ()
        told = dict.fromkeys(row.names)
        if had is not None:
            if sorted(told) == sorted(name for name in standing if name[0] in kinds):
                return
            self._clear(PersonName, pk, kinds)
            self._clear(NameKey, pk)
        for kind, text in told:
            self._add(PersonName, key, kind, script_of(text).value, text)
        kept = [name for name in standing if name[0] not in kinds]
        for kind, each in sorted(keys_of([*kept, *told])):
            self._add(NameKey, key, kind, each)

    def _replace(self, model: type[Model], pk: uuid.UUID, key: Any, told: Any, had: Any) -> None:
        """A list beside a person, replaced where the row says something else than what stands."""
        if told is None or (had is not None and sorted(told, key=str) == sorted(had, key=str)):
            return
        if had:
            self._clear(model, pk)
        for each in dict.fromkeys(told):
            self._add(model, key, *(each if isinstance(each, tuple) else (each,)))

    def _needs(self, pk: uuid.UUID, key: Any, row: PersonRow, had: PersonRow | None) -> None:
        if row.needs is None:
            return
        standing = set(had.needs or ()) if had else set()
        gone = standing - set(row.needs)
        if gone:
            Need.objects.filter(person=pk, code__in=gone, ends=None).update(ends=clock.day_of(self.at))
        for code in sorted(set(row.needs) - standing):
            self._add(Need, key, code)

    def _status(self, pk: uuid.UUID, key: Any, row: PersonRow, had: PersonRow | None) -> None:
        if not row.status:
            return
        if had is not None and had.status == row.status:
            if row.status_since and row.status_since != had.status_since:
                ProtectionStatus.objects.filter(person=pk, ends=None).update(since=row.status_since)
            return
        if had is not None and had.status:
            since = row.status_since or clock.day_of(self.at)
            ends = max(since, had.status_since) if had.status_since else since
            ProtectionStatus.objects.filter(person=pk, ends=None).update(ends=ends)
        self._add(ProtectionStatus, key, row.status, row.status_since)

    def _presence(self, key: Any, row: PersonRow, known: Known | None) -> None:
        had = known.row if known else None
        stands = (had.block, had.arrived_on, had.left_on) if had else ("", None, None)
        told = (row.block or stands[0], row.arrived_on or stands[1], row.left_on or stands[2])
        if known is None or known.stay is None:
            if known is None or told != stands:
                self._add(Presence, key, *told)
        elif told != stands:
            self.stays.append((*told, known.stay))

    def _membership(self, pk: uuid.UUID, key: Any, row: PersonRow, had: PersonRow | None) -> None:
        if not row.family or (had and had.family == row.family and row.relationship in (None, "", had.relationship)):
            return
        moved = None
        if had is not None and had.family:
            standing = Membership.objects.get(person=pk, ends=None)
            if had.family == row.family:
                standing.relationship = row.relationship or standing.relationship
            else:
                standing.ends = moved = day_of_move(standing, self.at)
            standing.save(update_fields=["relationship", "ends"])
            if moved is None:
                return
        relationship = row.relationship or RelationToHead.OTHER_RELATIVE.value
        self._add(Membership, key, self.families[row.family], relationship, moved, "")


def _scalars(row: PersonRow, had: PersonRow | None) -> tuple[Any, ...]:
    """What stands in the person's own row, but for the moment: told, or as it was, or the model's beginning."""
    birth = row.birth or (had and had.birth)
    born = (
        (birth.earliest, birth.latest, birth.precision.value, birth.calendar.value, birth.as_told[:60])
        if birth
        else (None, None, "unknown", "gregorian", "")
    )
    sex = row.sex or (had.sex if had else None) or Sex.UNKNOWN.value
    return (sex, *born, row.urgency or (had.urgency if had else None) or Urgency.NORMAL.value)
