"""Taking cases along: who goes, what of them this account may see, and how it stood; what the copy is filled with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Account, Actor, action, remark
from safeconduct.core.access.models import RoleGrant
from safeconduct.register.access import assigned_to
from safeconduct.register.models import (
    Assignment,
    Case,
    FamilyUnit,
    Membership,
    NameKey,
    Person,
    Relation,
    Travel,
    TravellingRecord,
)
from safeconduct.register.travelling import persons, refusals
from safeconduct.register.travelling.parts import ledgers, parts, rows_along
from safeconduct.register.travelling.refusals import NoCases, OnACopy, StillOut, TooManyPeople

MOST_PEOPLE = 1000


@dataclass(frozen=True)
class Taken:
    """What goes into a copy: its travel, and every row."""

    travel: Travel
    people: tuple[UUID, ...]
    rows: tuple[models.Model, ...]


@action(permission="register.travel", audit=gettext_noop("cases taken along"))
def take_along(*, by: Actor, numbers: Collection[int], due_on: date, at: datetime) -> Taken:
    """Write down who goes along and how it stands, and give the rows of the copy. `numbers`: of cases; none means all one's own.

    Raises OnACopy, StillOut, NoCases, TooManyPeople.
    """
    if settings.TRAVELLING_COPY:
        raise OnACopy()
    out = Travel.objects.filter(account=by.account, back_at=None, lost_at=None).first()
    if out is not None:
        raise StillOut(day=refusals.day_of(out.taken_at))
    found = Case.objects.filter(pk__in=assigned_to(by).filter(opening=None).values("case"))
    cases = list(found.filter(number__in=numbers) if numbers else found)
    people = list(Person.objects.filter(case__in=cases).select_related("case"))
    if not people:
        raise NoCases()
    if len(people) > MOST_PEOPLE:
        raise TooManyPeople(people=len(people), most=MOST_PEOPLE)
    travel = Travel.objects.create(account_id=by.account, cases=len(cases), taken_at=at, due_on=due_on)
    held = _held(by, people)
    TravellingRecord.objects.bulk_create(
        (TravellingRecord(travel=travel, person=person, base=_base(by, person, held)) for person in people), batch_size=200
    )
    remark(cases=len(cases), people=len(people), subject=f"register.travel:{travel.pk}")
    rows = [travel, *cases, *people, *(row for rows in held.values() for row in rows), *_beside(by, cases, people, held)]
    return Taken(travel, tuple(person.pk for person in people), tuple(_with_accounts(by, rows)))


def _held(by: Actor, people: Collection[Person]) -> dict[str, list[models.Model]]:
    """Part or ledger → the rows of these people that the account may see."""
    ids = [person.pk for person in people]
    found: dict[str, list[models.Model]] = {}
    for part in parts().values():
        if by.may(part.see):
            found[part.name] = [row for row in part.rows(ids) if not part.hidden(row, by) and _stays_among(row, set(ids))]
    for ledger in ledgers().values():
        if by.may(ledger.see):
            found[ledger.name] = ledger.rows(ids, "default")
    return found


def _stays_among(row: models.Model, people: Collection[UUID]) -> bool:
    """A relation to somebody who does not come along stays at home: it would tell of that person."""
    return not isinstance(row, Relation) or row.other_id in people


def _base(by: Actor, person: Person, held: dict[str, list[models.Model]]) -> dict[str, object]:
    base: dict[str, object] = {persons.NAME: persons.record(person)}
    for part in parts().values():
        base[part.name] = part.record(row for row in held.get(part.name, ()) if row.person_id == person.pk)  # type: ignore[attr-defined]
    for ledger in ledgers().values():
        base[ledger.name] = [entry["id"] for entry in ledger.entries(person.pk, "default")] if by.may(ledger.see) else []
    return base


def _beside(
    by: Actor, cases: Collection[Case], people: Collection[Person], held: dict[str, list[models.Model]]
) -> Iterable[models.Model]:
    """What the rows of people need beside them: keys, families, whose the cases are, and what is nobody's."""
    yield from NameKey.objects.filter(person__in=[person.pk for person in people])
    families = {row.family_id for row in held.get("families", ()) if isinstance(row, Membership)}
    yield from FamilyUnit.every.filter(pk__in=families)
    for number, case in enumerate(cases, 1):
        yield Assignment(pk=number, case=case, account_id=by.account, since=case.opened_at)
    yield from rows_along(by)


def _with_accounts(by: Actor, rows: Collection[models.Model]) -> Iterable[models.Model]:
    """The rows with the accounts that they name: one's own whole, a colleague's as a closed one without a name."""
    named: set[int] = set()
    for row in rows:
        for field in row._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is Account:
                named.add(getattr(row, field.attname) or 0)
    own = Account.objects.get(pk=by.account)
    yield own
    yield from RoleGrant.objects.filter(account=own, ended_at=None)
    grants = set(RoleGrant.objects.filter(account=own, ended_at=None).values_list("granted_by_id", flat=True)) - {None}
    for pk in sorted((named | grants) - {0, own.pk}):
        yield Account(pk=pk, username=f"colleague-{pk}", password="!", is_active=False, created_at=own.created_at)
    yield from rows
