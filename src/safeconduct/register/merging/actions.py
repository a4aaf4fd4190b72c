"""Two records of one person become one; a record that holds two people becomes two; either is undone without loss."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.access.standing import refuse_outside
from safeconduct.register.actions.refusals import NoSuchRecord, NumberTaken
from safeconduct.register.merging.own import SCALARS, keys_follow, scalars
from safeconduct.register.merging.refusals import (
    FamilyNumberTaken,
    InUseSince,
    NobodyLeft,
    NothingToSplit,
    SameRecord,
    UndoLaterFirst,
    UndoneBefore,
)
from safeconduct.register.merging.steps import Steps, take_back
from safeconduct.register.merging.ties import OTHER, ties
from safeconduct.register.models import (
    FamilyUnit,
    Membership,
    Merge,
    MergeKind,
    Person,
    PersonName,
    Presence,
    RelationToHead,
)

BOTH = "both"


@action(permission="register.merge", audit=gettext_noop("records merged"))
def merge_people(*, by: Actor, person: Person, other: Person, take: Mapping[str, str], reason: str, at: datetime) -> Merge:
    """Merge the other record into this one: it stays as it was, out of sight, and every step is on record.

    `take` says part by part (`PARTS`) whether "this" record holds or the "other"; what is not named holds here. Rows of
    which a person can have many go over; what stood in both is parked in its step.
    Raises SameRecord; NoSuchRecord where one of the two was merged meanwhile.
    """
    if person.pk == other.pk:
        raise SameRecord()
    person, other = _standing(person), _standing(other)
    steps = Steps()
    for each in ties():
        if each.move is not None:
            each.move(steps, person, other, take, at)
    taken = [part for part in SCALARS if take.get(part) == OTHER]
    steps.change(person, **scalars(taken, other), changed_at=at)
    for earlier in Person.every.filter(merged_into=other):
        steps.change(earlier, merged_into_id=person.pk)
    steps.change(other, merged_into_id=person.pk)
    merge = Merge.objects.create(
        kind=MergeKind.MERGE, person=person, other_person=other, reason=reason, done_by_id=by.account, done_at=at
    )
    remark(person=person.pk, other=other.pk, rows=steps.write(merge), taken=taken)
    return merge


@action(permission="register.merge", audit=gettext_noop("record split"))
def split_person(
    *, by: Actor, person: Person, number: str, rows: Collection[models.Model], give: Mapping[str, str], here: bool, reason: str,
    at: datetime,
) -> Merge:  # fmt: skip
    """Split another person off: a new record with a number of its own, which gets the rows that are somebody else's.

    `give` says for `sex` and `birth` whether "this" record keeps it, the "other" gets it, or "both" hold it; `here`: the other
    one is at the site too, in the same block. Consents stay and no longer count: nobody knows which of the two agreed.
    Raises NumberTaken, or NothingToSplit where one of the two would be without a name.
    """
    person = _standing(person)
    if Person.every.filter(number=number).exists():
        raise NumberTaken()
    names = {row.pk for row in rows if isinstance(row, PersonName)}
    if not names or not PersonName.objects.filter(person=person).exclude(pk__in=names).exists():
        raise NothingToSplit()
    steps = Steps()
    fresh = Person(number=number, case_id=person.case_id, urgency=person.urgency, registered_at=at, changed_at=at)
    given = [part for part in ("sex", "birth") if give.get(part) in (OTHER, BOTH)]
    for name, value in scalars(given, person).items():
        setattr(fresh, name, value)
    steps.add(fresh)
    gone = [part for part in given if give[part] == OTHER]
    steps.change(person, **scalars(gone, Person()), changed_at=at)
    for row in rows:
        _hand_over(steps, row, person, fresh)
    keys_follow(steps, person)
    keys_follow(steps, fresh)
    stay = Presence.objects.filter(person=person, ends=None).first()
    if here and stay is not None:
        steps.add(Presence(person=fresh, block=stay.block, starts=stay.starts))
    merge = Merge.objects.create(
        kind=MergeKind.SPLIT, person=person, other_person=fresh, reason=reason, done_by_id=by.account, done_at=at
    )
    remark(person=person.pk, other=fresh.pk, rows=steps.write(merge))
    return merge


def _hand_over(steps: Steps, row: models.Model, person: Person, fresh: Person) -> None:
    for each in ties():
        if isinstance(row, each.model) and getattr(row, f"{each.field}_id") == person.pk:
            steps.change(row, **{f"{each.field}_id": fresh.pk})


@action(permission="register.merge", audit=gettext_noop("families merged"))
def merge_families(*, by: Actor, family: FamilyUnit, other: FamilyUnit, head: str, reason: str, at: datetime) -> Merge:
    """Put the other family unit into this one. Of two heads the one of "this" or of the "other" family stays head.

    Raises SameRecord; NoSuchRecord where one of the two was merged meanwhile; NotYourCase where a member is of another case.
    """
    if family.pk == other.pk:
        raise SameRecord()
    family, other = _standing_family(family), _standing_family(other)
    _members_of_own_cases(by, [family, other])
    steps = Steps()
    if _head(family) is not None and _head(other) is not None:
        yields = _head(family if head == OTHER else other)
        steps.change(yields, relationship=RelationToHead.OTHER_RELATIVE)  # type: ignore[arg-type]
    for membership in Membership.objects.filter(family=other):
        steps.change(membership, family_id=family.pk)
    for earlier in FamilyUnit.every.filter(merged_into=other):
        steps.change(earlier, merged_into_id=family.pk)
    steps.change(other, merged_into_id=family.pk)
    merge = Merge.objects.create(
        kind=MergeKind.MERGE, family=family, other_family=other, reason=reason, done_by_id=by.account, done_at=at
    )
    remark(family=family.pk, other=other.pk, rows=steps.write(merge))
    return merge


@action(permission="register.merge", audit=gettext_noop("family split"))
def split_family(*, by: Actor, family: FamilyUnit, number: str, members: Sequence[Membership], reason: str, at: datetime) -> Merge:
    """Some members never belonged to this family unit: they are one of their own, with a number of its own.

    Raises FamilyNumberTaken, NobodyLeft, or NotYourCase where a member is of another case.
    """
    family = _standing_family(family)
    _members_of_own_cases(by, [family])
    if FamilyUnit.every.filter(number=number).exists():
        raise FamilyNumberTaken()
    chosen = {membership.pk for membership in members if membership.family_id == family.pk}
    stays = Membership.objects.filter(family=family, ends=None).exclude(pk__in=chosen)
    if not chosen or not stays.exists():
        raise NobodyLeft()
    steps = Steps()
    fresh = FamilyUnit(number=number)
    steps.add(fresh)
    for membership in Membership.objects.filter(pk__in=chosen):
        steps.change(membership, family_id=fresh.pk)
    merge = Merge.objects.create(
        kind=MergeKind.SPLIT, family=family, other_family=fresh, reason=reason, done_by_id=by.account, done_at=at
    )
    remark(family=family.pk, other=fresh.pk, rows=steps.write(merge))
    return merge


@action(permission="register.merge", audit=gettext_noop("merge or split undone"))
def undo_merge(*, by: Actor, merge: Merge, at: datetime) -> Merge:
    """Take a merge or a split back, step by step; `stayed` counts the steps that were left because the row was changed since.

    Raises UndoneBefore; UndoLaterFirst where the record was merged or split again since; InUseSince where something is bound
    to the record that was split off.
    """
    merge = Merge.objects.get(pk=merge.pk)
    if merge.undone_at is not None:
        raise UndoneBefore()
    if merge.family is not None:
        _members_of_own_cases(by, [merge.family])
    elif merge.kind == MergeKind.SPLIT and merge.other_person is not None:
        refuse_outside(by, "register.merge", [merge.other_person])
    _refuse_out_of_turn(merge)
    split_off = (merge.other_person or merge.other_family) if merge.kind == MergeKind.SPLIT else None
    if split_off is not None:
        # Its own row goes last, and only this entry still points to it.
        merge.other_person = merge.other_family = None
        merge.save(update_fields=["other_person", "other_family"])
    merge.stayed = len(take_back(merge))
    if split_off is not None and type(split_off)._base_manager.filter(pk=split_off.pk).exists():
        raise InUseSince()
    merge.undone_at, merge.undone_by_id = at, by.account
    merge.save(update_fields=["undone_at", "undone_by", "stayed"])
    remark(merge=merge.pk, stayed=merge.stayed)
    return merge


def _refuse_out_of_turn(merge: Merge) -> None:
    """A record's merges and splits are undone in the reverse of their order, or rows would go to the wrong one."""
    of = models.Q(person=merge.person_id, family=merge.family_id)
    of |= models.Q(other_person=merge.person_id) if merge.person_id else models.Q(other_family=merge.family_id)
    if merge.kind == MergeKind.SPLIT:
        of |= models.Q(person=merge.other_person_id, family=merge.other_family_id)
    if Merge.objects.filter(of, undone_at=None, done_at__gte=merge.done_at).exclude(pk=merge.pk).exists():
        raise UndoLaterFirst()


def _standing(person: Person) -> Person:
    found = Person.objects.filter(pk=person.pk).first()
    if found is None:
        raise NoSuchRecord()
    return found


def _standing_family(family: FamilyUnit) -> FamilyUnit:
    found = FamilyUnit.objects.filter(pk=family.pk).first()
    if found is None:
        raise NoSuchRecord()
    return found


def _head(family: FamilyUnit) -> Membership | None:
    return Membership.objects.filter(family=family, relationship=RelationToHead.HEAD, ends=None).first()


def _members_of_own_cases(by: Actor, families: Sequence[FamilyUnit]) -> None:
    members = Membership.objects.filter(family__in=families).select_related("person")
    refuse_outside(by, "register.merge", [membership.person for membership in members if membership.person.merged_into_id is None])
