"""What a copy holds when it comes back, as plain values, and whether it is one that left here."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from safeconduct.core.audit.models import AuditEntry
from safeconduct.register.models import Person, Travel
from safeconduct.register.travelling import persons
from safeconduct.register.travelling.merge import Record
from safeconduct.register.travelling.parts import ledgers, parts
from safeconduct.register.travelling.refusals import OtherVersion, UnknownCopy


@dataclass(frozen=True)
class BroughtPerson:
    """One person as a copy tells it: part → slots, ledger → entries."""

    pk: UUID
    row: Person
    parts: dict[str, Record]
    entries: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Brought:
    """Everybody on a copy, and what was done there."""

    people: tuple[BroughtPerson, ...]
    acts: tuple[AuditEntry, ...]

    @property
    def last_act(self) -> int:
        """The number of the last entry in the copy's audit chain."""
        return self.acts[-1].number if self.acts else 0


def refuse_foreign(travel: Travel, alias: str) -> None:
    """Raise OtherVersion or UnknownCopy where a copy is not the one that left on this travel."""
    if _migrations(alias) != _migrations("default"):
        raise OtherVersion()
    told = Travel.objects.using(alias).filter(pk=travel.pk).values_list("secret", flat=True).first()
    if told is None or not hmac.compare_digest(bytes(told), bytes(travel.secret)):
        raise UnknownCopy()


def read_copy(alias: str) -> Brought:
    """Everything of a copy that can come back."""
    people = list(Person.every.using(alias).order_by("registered_at", "number"))
    by_person = {name: _by_person(part.rows([person.pk for person in people], alias)) for name, part in parts().items()}
    return Brought(
        tuple(
            BroughtPerson(
                pk=person.pk,
                row=person,
                parts={persons.NAME: persons.record(person)}
                | {name: part.record(by_person[name].get(person.pk, ())) for name, part in parts().items()},
                entries={name: ledger.entries(person.pk, alias) for name, ledger in ledgers().items()},
            )
            for person in people
        ),
        tuple(AuditEntry.objects.using(alias).order_by("number")),
    )


def _by_person(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _migrations(alias: str) -> set[tuple[str, str]]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())
