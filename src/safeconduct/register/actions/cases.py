"""Cases: opened with whoever is registered, given to colleagues and teams, taken back; and opened in an emergency."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Account, Actor, Team, action, remark
from safeconduct.core.access.permissions import roles_with
from safeconduct.register.access import assigned_to
from safeconduct.register.actions.refusals import (
    AlreadyYours,
    EmptyAssignment,
    NoCasework,
    NoReason,
    NoSuchRecord,
    OwnOpening,
    SameCase,
)
from safeconduct.register.models import Assignment, Case, EmergencyOpening, EmergencyReason, Membership, Person
from safeconduct.register.sheets import tables

# UNHCR, Policy on the Protection of Personal Data: access is limited to whoever needs it, for as long as they need it.
EMERGENCY = timedelta(hours=1)
_CHUNK = 5000


def open_cases(people: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Give whoever of these people has no case one: the family unit's, else a new one of the team that takes new cases.

    Without such a team the case is whoever's who registers. Called inside the actions that register; gives the new cases.
    """
    fresh, moved = _grouped(people)
    number = (Case.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    made = [Case(number=number + n, opened_at=at) for n in range(len(fresh))]
    Case.objects.bulk_create(made, batch_size=_CHUNK)
    for case, group in zip(made, fresh, strict=True):
        moved.update(dict.fromkeys(group, case.pk))
    _put(moved)
    team = Team.objects.filter(takes_new=True).first()
    if team is not None or by.account is not None:
        to = {"team": team} if team is not None else {"account_id": by.account}
        Assignment.objects.bulk_create(
            (Assignment(case=case, since=at, given_by_id=by.account, **to) for case in made), batch_size=_CHUNK
        )
    return len(made)


def _grouped(people: Collection[UUID]) -> tuple[list[list[UUID]], dict[UUID, UUID]]:
    """People without a case in groups that get one each, and those whose family unit has one already."""
    ids, alone, cases = list(people), dict[UUID, UUID | None](), dict[UUID, UUID]()
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        alone |= dict.fromkeys(Person.objects.filter(pk__in=part, case=None).values_list("pk", flat=True))
        alone |= dict(Membership.objects.filter(person__in=part, person__case=None, ends=None).values_list("person", "family"))
    families = list({family for family in alone.values() if family})
    for start in range(0, len(families), _CHUNK):
        held = Membership.objects.filter(family__in=families[start : start + _CHUNK], ends=None).exclude(person__case=None)
        cases |= dict(held.order_by("-pk").values_list("family", "person__case"))
    groups: dict[UUID, list[UUID]] = {}
    moved = {}
    for person, family in alone.items():
        if family in cases:
            moved[person] = cases[family]
        else:
            groups.setdefault(family or person, []).append(person)
    return list(groups.values()), moved


def _put(cases: dict[UUID, UUID]) -> None:
    tables.update(Person, ("case",), (
        (tables.stored(Case, "id", case), tables.stored(Person, "id", person)) for person, case in cases.items()
    ))  # fmt: skip


@action(permission="register.assign_cases", audit=gettext_noop("case assigned"))
def assign(
    *, by: Actor, cases: Sequence[Case], account: Account | None = None, team: Team | None = None, at: datetime
) -> list[Assignment]:
    """Give cases to a colleague or to a team, beside whoever has them already. What was given before stays."""
    if (account is None) == (team is None):
        raise EmptyAssignment()
    if account is not None and not account.roles() & roles_with("register.see_people"):
        raise NoCasework()
    to = {"account": account} if account is not None else {"team": team}
    held = set(Assignment.objects.filter(case__in=cases, ended_at=None, opening=None, **to).values_list("case_id", flat=True))
    made = Assignment.objects.bulk_create(
        Assignment(case=case, since=at, given_by_id=by.account, **to) for case in cases if case.pk not in held
    )
    remark(cases=[case.number for case in cases], **({"account": account.pk} if account else {"team": team.pk if team else None}))
    return made


@action(permission="register.assign_cases", audit=gettext_noop("case taken back"))
def end_assignment(*, by: Actor, assignment: Assignment, at: datetime) -> Assignment:
    """Take a case back from whoever had it; their next page about it is refused."""
    if assignment.ended_at is None:
        assignment.ended_at = at
        assignment.save(update_fields=["ended_at"])
    remark(cases=[assignment.case.number])
    return assignment


@action(permission="register.assign_cases", audit=gettext_noop("person put into another case"))
def put_into_case(*, by: Actor, person: Person, case: Case | None, at: datetime) -> Case:
    """Process a person together with the people of another case, or (`case` None) in a case of the own, kept by whoever had it."""
    if case is not None and case.pk == person.case_id:
        raise SameCase()
    target = case or Case.objects.create(number=(Case.objects.aggregate(last=Max("number"))["last"] or 0) + 1, opened_at=at)
    if case is None:
        held = Assignment.objects.filter(case=person.case_id, ended_at=None, opening=None)
        Assignment.objects.bulk_create(
            Assignment(case=target, account_id=one.account_id, team_id=one.team_id, since=at, given_by_id=by.account)
            for one in held
        )
    person.case = target
    person.save(update_fields=["case"])
    remark(person=person.pk, cases=[target.number])
    return target


@action(permission="register.open_in_emergency", audit=gettext_noop("case opened in an emergency"))
def open_in_emergency(*, by: Actor, number: str, reason: str, told: str, at: datetime) -> EmergencyOpening:
    """Open the case of somebody whose number is known: for an hour, with a reason, and a supervisor reads it."""
    if reason == EmergencyReason.OTHER and not told.strip():
        raise NoReason()
    person = Person.objects.filter(number=number).select_related("case").first()
    if person is None or person.case is None:
        raise NoSuchRecord()
    if assigned_to(by).filter(case=person.case).exists():
        raise AlreadyYours()
    opening = EmergencyOpening.objects.create(
        case=person.case, account_id=by.account, reason=EmergencyReason(reason), told=told.strip(), opened_at=at
    )
    Assignment.objects.create(
        case=person.case, account_id=by.account, since=at, ends_at=at + EMERGENCY, given_by_id=by.account, opening=opening
    )
    remark(person=person.pk, cases=[person.case.number], reason=reason)
    return opening


@action(permission="register.read_openings", audit=gettext_noop("emergency opening read"))
def read_opening(*, by: Actor, opening: EmergencyOpening, justified: bool, at: datetime) -> EmergencyOpening:
    """Say whether an opening was justified. Nobody reads the own one."""
    if opening.account_id == by.account:
        raise OwnOpening()
    opening.read_by_id, opening.read_at, opening.justified = by.account, at, justified
    opening.save(update_fields=["read_by", "read_at", "justified"])
    remark(account=opening.account_id, justified=justified)
    return opening
