"""What the register knows, as the rows that an import reads: exports and comparisons use the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeconduct.core.dates import BirthDate, Calendar, Precision
from safeconduct.register.imports.people import PersonRow
from safeconduct.register.models import FamilyUnit, Membership, Person, Relation

_BESIDE = (
    "names", "nationalities", "presences", "needs", "statuses", "languages", "earlier_residences", "family_links",
    "memberships__family",
)  # fmt: skip
CHUNK = 500


def people_rows(numbers: Iterable[str] | None = None) -> Iterator[tuple[Person, PersonRow]]:
    """Each person (of these numbers, or everybody) with the row that says all that a sheet can say of the person."""
    if numbers is None:
        last = ""
        while chunk := list(_with_all(Person.objects.filter(number__gt=last).order_by("number")[:CHUNK])):
            yield from ((person, row_of(person)) for person in chunk)
            last = chunk[-1].number
        return
    wanted = list(numbers)
    for start in range(0, len(wanted), CHUNK):
        found = Person.objects.filter(number__in=wanted[start : start + CHUNK])
        yield from ((person, row_of(person)) for person in _with_all(found))


def _with_all(found):  # type: ignore[no-untyped-def]
    return found.prefetch_related(*_BESIDE)


def birth_of(person: Person) -> BirthDate:
    """The birth date as `core.dates` speaks of it."""
    return BirthDate(
        person.born_earliest, person.born_latest, Precision(person.birth_precision), Calendar(person.birth_calendar), person.birth_as_told
    )


def row_of(person: Person) -> PersonRow:
    """A person with everything beside loaded, as a row."""
    presence = max(person.presences.all(), key=lambda each: (each.ends is None, each.pk), default=None)
    status = next((each for each in person.statuses.all() if each.ends is None), None)
    membership = next((each for each in person.memberships.all() if each.ends is None), None)
    return PersonRow(
        number=person.number,
        names=tuple((name.kind, name.text) for name in person.names.all()),
        sex=person.sex, birth=birth_of(person),
        nationalities=tuple(each.country for each in person.nationalities.all()),
        family=membership.family.number if membership else "",
        relationship=membership.relationship if membership else "",
        needs=tuple(sorted(each.code for each in person.needs.all() if each.ends is None)),
        urgency=person.urgency, status=status.status if status else "", status_since=status.since if status else None,
        block=presence.block if presence else "", arrived_on=presence.starts if presence else None,
        left_on=presence.ends if presence else None,
        languages=tuple(each.language for each in person.languages.all()),
        earlier_residences=tuple((e.country, e.from_year, e.to_year) for e in person.earlier_residences.all()),
        family_links=tuple((each.country, each.kinship) for each in person.family_links.all()),
    )  # fmt: skip


def known_families() -> tuple[list[FamilyUnit], list[Membership], list[Relation]]:
    """Family units, standing memberships and standing relations."""
    return (
        list(FamilyUnit.objects.all()),
        list(Membership.objects.filter(ends=None).select_related("person", "family")),
        list(Relation.objects.filter(ends=None).select_related("person", "other")),
    )
