"""Who belongs to which family unit, and what people are to each other; each from a day until another, perhaps disputed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.register.actions.cases import open_cases
from safeconduct.register.actions.refusals import (
    EndedBefore,
    EndsTooEarly,
    InAFamily,
    RelatedToHimself,
    RelationStands,
    SecondHead,
)
from safeconduct.register.models import FamilyUnit, Membership, Person, Relation, RelationToHead

T = TypeVar("T", Membership, Relation)


@action(permission="register.register", audit=gettext_noop("family joined"))
def join_family(
    *, by: Actor, person: Person, number: str, relationship: str, starts: date | None, disputed_by: str, at: datetime
) -> Membership:
    """Add a person to the family unit of a number, which begins where there is none. A unit has one head."""
    if Membership.objects.filter(person=person, ends=None).exists():
        raise InAFamily()
    family, _new = FamilyUnit.every.get_or_create(number=number)
    family = family.merged_into or family
    head = RelationToHead.HEAD
    if relationship == head and Membership.objects.filter(family=family, relationship=head, ends=None).exists():
        raise SecondHead()
    remark(person=person.pk, family=family.pk)
    joined = Membership.objects.create(
        person=person, family=family, relationship=relationship, starts=starts, disputed_by=disputed_by
    )
    open_cases([person.pk], by=by, at=at)  # a case stays as it is; a supervisor puts people into another
    return joined


@action(permission="register.register", audit=gettext_noop("family left"))
def leave_family(*, by: Actor, membership: Membership, on: date, at: datetime) -> Membership:
    """End a membership on a day; it stays on record."""
    return _end(membership, on)


@action(permission="register.register", audit=gettext_noop("relation recorded"))
def add_relation(
    *, by: Actor, person: Person, other: Person, kind: str, starts: date | None, disputed_by: str, at: datetime
) -> Relation:
    """Record what a person is to another; guardianship and custody too. `disputed_by` is a role, never a name."""
    if person.pk == other.pk:
        raise RelatedToHimself()
    if Relation.objects.filter(person=person, other=other, kind=kind, ends=None).exists():
        raise RelationStands()
    remark(person=person.pk, other=other.pk, kind=kind)
    return Relation.objects.create(person=person, other=other, kind=kind, starts=starts, disputed_by=disputed_by)


@action(permission="register.register", audit=gettext_noop("relation ended"))
def end_relation(*, by: Actor, relation: Relation, on: date, at: datetime) -> Relation:
    """End a relation on a day; it stays on record."""
    return _end(relation, on)


def _end(tie: T, on: date) -> T:
    if tie.ends is not None:
        raise EndedBefore()
    if tie.starts is not None and on < tie.starts:
        raise EndsTooEarly()
    tie.ends = on
    tie.save(update_fields=["ends"])
    remark(person=tie.person_id)
    return tie
