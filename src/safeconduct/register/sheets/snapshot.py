"""What the register knows, as the rows that an import reads: exports and comparisons use the same.

Read table by table as plain values: a hundred thousand people come by here at an export, and again at the next sheet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from safeconduct.core.dates import BirthDate, Calendar, Precision
from safeconduct.register.imports.people import PersonRow
from safeconduct.register.models import (
    EarlierResidence,
    FamilyLink,
    Membership,
    Nationality,
    Need,
    Person,
    PersonName,
    Presence,
    ProtectionStatus,
    SpokenLanguage,
)

CHUNK = 1000
_PERSON = (
    "pk", "number", "sex", "urgency", "born_earliest", "born_latest", "birth_precision", "birth_calendar", "birth_as_told",
)  # fmt: skip
_NO_FAMILY = ("", "")
_NO_STATUS = ("", None)
_NO_STAY = (None, "", None, None)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is here: the row that says all that a sheet can say of the person, and the row of the last stay."""

    id: UUID
    row: PersonRow
    stay: int | None


def known_people(numbers: Iterable[str] | None = None) -> Iterator[Known]:
    """The people of these numbers, or everybody in the order of numbers."""
    if numbers is not None:
        wanted = list(numbers)
        for start in range(0, len(wanted), CHUNK):
            yield from _known(Person.objects.filter(number__in=wanted[start : start + CHUNK]))
        return
    last = ""
    while chunk := _known(Person.objects.filter(number__gt=last)[:CHUNK]):
        yield from chunk
        last = chunk[-1].row.number


def _known(found: QuerySet[Person]) -> list[Known]:
    people = list(found.values_list(*_PERSON))
    if not people:
        return []
    beside = _Beside([person[0] for person in people])
    return [beside.known(*person) for person in people]


class _Beside:
    """The tables beside some people, read once each, in the order in which they were written."""

    def __init__(self, people: Sequence[UUID]) -> None:
        def rows(model: type[Model], *fields: str, **where: Any) -> Iterator[tuple[Any, ...]]:
            found = model._default_manager.filter(person__in=people, **where).order_by("pk")
            return found.values_list("person_id", *fields).iterator(chunk_size=5000)

        def lists(model: type[Model], *fields: str, **where: Any) -> dict[UUID, list[Any]]:
            table: dict[UUID, list[Any]] = defaultdict(list)
            for person, *values in rows(model, *fields, **where):
                table[person].append(tuple(values) if len(values) > 1 else values[0])
            return table

        self.names = lists(PersonName, "kind", "text")
        self.nationalities = lists(Nationality, "country")
        self.needs = lists(Need, "code", ends=None)
        self.languages = lists(SpokenLanguage, "language")
        self.residences = lists(EarlierResidence, "country", "from_year", "to_year")
        self.links = lists(FamilyLink, "country", "kinship")
        self.status = {person: said for person, *said in rows(ProtectionStatus, "status", "since", ends=None)}
        self.family = {person: said for person, *said in rows(Membership, "family__number", "relationship", ends=None)}
        # The stay that lasts, or else the one that was written last.
        self.stays: dict[UUID, tuple[Any, ...]] = {}
        for person, *stay in rows(Presence, "pk", "block", "starts", "ends"):
            held = self.stays.get(person)
            if held is None or stay[3] is None or held[3] is not None:
                self.stays[person] = tuple(stay)

    def known(
        self, pk: UUID, number: str, sex: str, urgency: str, earliest: Any, latest: Any, precision: str, calendar: str, told: str
    ) -> Known:
        stay, block, starts, ends = self.stays.get(pk, _NO_STAY)
        status, since = self.status.get(pk, _NO_STATUS)
        family, relationship = self.family.get(pk, _NO_FAMILY)
        row = PersonRow(
            number=number, names=tuple(self.names.get(pk, ())), sex=sex,
            birth=BirthDate(earliest, latest, Precision(precision), Calendar(calendar), told),
            nationalities=tuple(self.nationalities.get(pk, ())), family=family, relationship=relationship,
            needs=tuple(sorted(self.needs.get(pk, ()))), urgency=urgency, status=status, status_since=since,
            block=block, arrived_on=starts, left_on=ends, languages=tuple(self.languages.get(pk, ())),
            earlier_residences=tuple(self.residences.get(pk, ())), family_links=tuple(self.links.get(pk, ())),
        )  # fmt: skip
        return Known(pk, row, stay)
