"""What the pages on cases, on teams' work and on openings in an emergency read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from safeconduct.core import clock
from safeconduct.core.access.api import Account, Actor, Team
from safeconduct.core.access.permissions import roles_with
from safeconduct.core.reads.api import seen
from safeconduct.register.access import visible_to
from safeconduct.register.models import Assignment, Case, EmergencyOpening, Person, Presence

PAGE = 25


def standing(at: datetime) -> Q:
    """An assignment that lasts at a moment."""
    return Q(ended_at=None) & (Q(ends_at=None) | Q(ends_at__gt=at))


def cases(
    *, seen_by: Actor, given: str = "", team: str = "", block: str = "", after: int = 0, at: datetime, size: int = PAGE
) -> tuple[list[Case], int]:
    """One page of cases by number, with their people and who has them, and where the next begins; 0 at the end.

    `given`: "nobody" for those that nobody has, "one" for those that some colleague has; `team`: those of one team; `block`:
    those with somebody in a block.
    """
    if not seen_by.may("register.assign_cases"):
        return [], 0
    found = Case.objects.filter(number__gt=after)
    held = Assignment.objects.filter(standing(at), case=OuterRef("pk"), opening=None)
    if given == "nobody":
        found = found.filter(~Exists(held))
    elif given == "one":
        found = found.filter(Exists(held.exclude(account=None)))
    if team.isdecimal():
        found = found.filter(Exists(held.filter(team=int(team))))
    if block:
        found = found.filter(Exists(Presence.objects.filter(person__case=OuterRef("pk"), ends=None, block=block)))
    rows = list(_shown(found, at).order_by("number")[: size + 1])
    return rows[:size], rows[size - 1].number if len(rows) > size else 0


def case(number: int, *, seen_by: Actor, at: datetime) -> Case | None:
    """One case with its people and every assignment that it had."""
    if not seen_by.may("register.assign_cases"):
        return None
    return _shown(Case.objects.filter(number=number), at).first()


def _shown(found: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    people = Prefetch("people", Person.objects.prefetch_related("names", "presences").order_by("number"))
    now = Prefetch("assignments", Assignment.objects.filter(standing(at)).select_related("account", "team"), to_attr="now")
    return found.prefetch_related(people, now).annotate(size=Count("people"))


def history(found: Case) -> list[Assignment]:
    """Every assignment that a case had, the newest first."""
    return list(found.assignments.select_related("account", "team", "given_by", "opening"))


def may_be_given() -> tuple[QuerySet[Account], QuerySet[Team]]:
    """The colleagues and the teams to whom a case can be given."""
    casework = roles_with("register.see_people")
    colleagues = Account.objects.filter(is_active=True, grants__ended_at=None, grants__role__in=casework).distinct()
    return colleagues.order_by("username"), Team.objects.filter(closed_at=None).order_by("name")


def without_anybody(*, seen_by: Actor, at: datetime) -> int:
    """Cases that nobody has, for whoever assigns them."""
    if not seen_by.may("register.assign_cases"):
        return 0
    held = Assignment.objects.filter(standing(at), case=OuterRef("pk"), opening=None)
    return Case.objects.filter(~Exists(held), Exists(Person.objects.filter(case=OuterRef("pk")))).count()


def cases_of_block(*, by: Actor) -> list[Case]:
    """Every case with somebody in the last of the blocks, in the order in which people count them."""
    names = set(Presence.objects.filter(ends=None).exclude(block="").values_list("block", flat=True).distinct())
    last = max(names, key=lambda block: (len(block), block), default="")
    found: list[Case] = []
    more = 0
    while True:
        page, more = cases(seen_by=by, block=last, after=more, at=clock.now(), size=500)
        found += page
        if not more or not last:
            return found if last else []


def openings(*, seen_by: Actor, unread: bool = False) -> QuerySet[EmergencyOpening]:
    """Openings in an emergency: all for whoever reads them, else one's own; `unread`: those that wait for a supervisor."""
    found = EmergencyOpening.objects.select_related("case", "account", "read_by", "assignment")
    if not seen_by.may("register.read_openings"):
        found = found.filter(account=seen_by.account)
    if unread:
        found = found.filter(read_at=None).exclude(account=seen_by.account)
    return found


def people_open_to(opening: EmergencyOpening, *, seen_by: Actor) -> list[tuple[UUID, str]]:
    """Identifier and number of the people of an opened case whom the reader may see."""
    found = visible_to(seen_by).filter(case=opening.case_id).order_by("number")
    people = list(found.values_list("pk", "number"))
    seen(pk for pk, _number in people)
    return people
