"""Rows of people taken into the register: one action, all rows or none."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.register.imports.people import PersonRow
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
    SpokenLanguage,
)
from safeconduct.register.names import key_rows, script_of
from safeconduct.register.sheets.snapshot import people_rows

Progress = Callable[[int, int], None]
CHUNK = 1000


@action(permission="register.import", audit="sheet of people taken in")
def take_people(*, by: Actor, rows: Sequence[PersonRow], at: datetime, progress: Progress = lambda done, of: None) -> int:
    """Register the people of these rows, or correct them where the number is known. Empty cells change nothing."""
    families = {unit.number: unit for unit in FamilyUnit.objects.filter(number__in={row.family for row in rows if row.family})}
    for start in range(0, len(rows), CHUNK):
        _Chunk(rows[start : start + CHUNK], families, at).write()
        progress(min(start + CHUNK, len(rows)), len(rows))
    remark(rows=len(rows))
    return len(rows)


class _Chunk:
    """So many rows at once: what stands already is read once, and each table is written once."""

    def __init__(self, rows: Sequence[PersonRow], families: dict[str, FamilyUnit], at: datetime) -> None:
        self.rows, self.families, self.at = rows, families, at
        self.known = {person.number: (person, row) for person, row in people_rows([row.number for row in rows])}
        self.fresh: list[object] = []

    def write(self) -> None:
        """People first, then what stands beside them."""
        people = {row.number: self._person(row) for row in self.rows}
        Person.objects.bulk_create(p for n, p in people.items() if n not in self.known)
        old = [person for number, person in people.items() if number in self.known]
        Person.objects.bulk_update(
            old, ["sex", "born_earliest", "born_latest", "birth_precision", "birth_calendar", "birth_as_told", "urgency", "changed_at"],
            batch_size=100,
        ) if old else None  # fmt: skip
        self._families(people)
        for row in self.rows:
            self._beside(people[row.number], row)
        by_model: dict[type, list] = {}
        for made in self.fresh:
            by_model.setdefault(type(made), []).append(made)
        for model, made in by_model.items():
            model.objects.bulk_create(made, batch_size=2000, ignore_conflicts=model is NameKey)

    def _person(self, row: PersonRow) -> Person:
        known = self.known.get(row.number)
        person = known[0] if known else Person(id=uuid.uuid4(), number=row.number, registered_at=self.at)
        person.changed_at = self.at
        if row.sex:
            person.sex = row.sex
        if row.urgency:
            person.urgency = row.urgency
        if row.birth is not None:
            person.born_earliest, person.born_latest = row.birth.earliest, row.birth.latest
            person.birth_precision, person.birth_calendar = row.birth.precision.value, row.birth.calendar.value
            person.birth_as_told = row.birth.as_told[:60]
        return person

    def _families(self, people: dict[str, Person]) -> None:
        missing = {row.family for row in self.rows if row.family} - set(self.families)
        made = FamilyUnit.objects.bulk_create(FamilyUnit(number=number) for number in sorted(missing))
        self.families.update({unit.number: unit for unit in made})

    def _beside(self, person: Person, row: PersonRow) -> None:
        """The tables beside a person, each replaced where the row says something else than what stands."""
        had = self.known[row.number][1] if row.number in self.known else None
        if row.names is not None and (had is None or sorted(row.names) != sorted(had.names or ())):
            self._names(person, row, had)
        self._set(person, row.nationalities, had and had.nationalities, Nationality, lambda c: {"country": c})
        self._set(person, row.languages, had and had.languages, SpokenLanguage, lambda c: {"language": c})
        self._set(person, row.family_links, had and had.family_links, FamilyLink, lambda c: {"country": c[0], "kinship": c[1] or ""})
        self._set(
            person, row.earlier_residences, had and had.earlier_residences, EarlierResidence,
            lambda c: {"country": c[0], "from_year": c[1], "to_year": c[2]},
        )  # fmt: skip
        self._needs(person, row, had)
        self._status(person, row, had)
        self._presence(person, row, had)
        self._membership(person, row, had)

    def _names(self, person: Person, row: PersonRow, had: PersonRow | None) -> None:
        kinds = {kind for kind, _text in row.names or ()}
        kept = [name for name in (had.names or () if had else ()) if name[0] not in kinds]
        if had is not None:
            PersonName.objects.filter(person=person, kind__in=kinds).delete()
            NameKey.objects.filter(person=person).delete()
        seen = set()
        for kind, text in row.names or ():
            if (kind, text) not in seen:
                seen.add((kind, text))
                self.fresh.append(PersonName(person=person, kind=kind, script=script_of(text), text=text))
        self.fresh += key_rows(person.pk, [*kept, *seen])

    def _set(self, person, told, had, model, values) -> None:  # type: ignore[no-untyped-def]
        if told is None or (had is not None and sorted(told, key=str) == sorted(had, key=str)):
            return
        if had:
            model.objects.filter(person=person).delete()
        self.fresh += [model(person=person, **values(each)) for each in dict.fromkeys(told)]

    def _needs(self, person: Person, row: PersonRow, had: PersonRow | None) -> None:
        if row.needs is None:
            return
        standing = set(had.needs or ()) if had else set()
        gone = standing - set(row.needs)
        if gone:
            Need.objects.filter(person=person, code__in=gone, ends=None).update(ends=self.at.date())
        self.fresh += [Need(person=person, code=code, starts=None) for code in sorted(set(row.needs) - standing)]

    def _status(self, person: Person, row: PersonRow, had: PersonRow | None) -> None:
        if not row.status:
            return
        if had is not None and had.status == row.status:
            if row.status_since and row.status_since != had.status_since:
                ProtectionStatus.objects.filter(person=person, ends=None).update(since=row.status_since)
            return
        if had is not None and had.status:
            since = row.status_since or self.at.date()
            for standing in ProtectionStatus.objects.filter(person=person, ends=None):
                standing.ends = max(since, standing.since) if standing.since else since
                standing.save(update_fields=["ends"])
        self.fresh.append(ProtectionStatus(person=person, status=row.status, since=row.status_since))

    def _presence(self, person: Person, row: PersonRow, had: PersonRow | None) -> None:
        told = {"block": row.block, "starts": row.arrived_on, "ends": row.left_on}
        told = {name: value for name, value in told.items() if value is not None}
        if had is None:
            self.fresh.append(Presence(person=person, **told))
        elif any(value != {"block": had.block, "starts": had.arrived_on, "ends": had.left_on}[name] for name, value in told.items()):
            standing = Presence.objects.filter(person=person).order_by("-pk").first() or Presence(person=person)
            for name, value in told.items():
                setattr(standing, name, value)
            standing.save()

    def _membership(self, person: Person, row: PersonRow, had: PersonRow | None) -> None:
        if row.family is None or (had is not None and had.family == row.family and row.relationship in (None, "", had.relationship)):
            return
        if had is not None and had.family:
            if had.family == row.family:
                Membership.objects.filter(person=person, ends=None).update(relationship=row.relationship)
                return
            Membership.objects.filter(person=person, ends=None).update(ends=self.at.date())
        if row.family:
            self.fresh.append(
                Membership(person=person, family=self.families[row.family], relationship=row.relationship or RelationToHead.OTHER_RELATIVE)
            )
