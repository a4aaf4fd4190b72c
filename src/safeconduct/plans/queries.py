"""What pages read of plans; only for whoever may see plans."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import IDENTITY, only_computing, seen
from safeconduct.plans.models import Assignment, Plan, PlannedOffer
from safeconduct.register.api import PLAN, listed_for, sees_everybody, visible_to
from safeconduct.routes.api import Offer

PAGE = 50


def plans(*, seen_by: Actor) -> QuerySet[Plan]:
    """All plans, newest first."""
    found = Plan.objects.all() if seen_by.may("plans.see_plans") else Plan.objects.none()
    return found.select_related("computed_by", "decided_by").defer("problem", "plan").order_by("-number")


def plan(number: int, *, seen_by: Actor) -> Plan | None:
    """One plan by its number."""
    return plans(seen_by=seen_by).filter(number=number).first()


def newest(*, seen_by: Actor) -> Plan | None:
    """The newest plan that is no scenario."""
    return plans(seen_by=seen_by).filter(is_scenario=False).first()


def waiting(*, seen_by: Actor) -> Plan | None:
    """The newest plan, when it waits for a second person and the reader could be that person."""
    found = newest(seen_by=seen_by)
    if found is None or found.state != Plan.State.COMPUTED or not seen_by.may("plans.approve"):
        return None
    return None if found.computed_by_id == seen_by.account else found


def offers_of(shown: Plan) -> QuerySet[PlannedOffer]:
    """The offers of a plan with their places and prices."""
    return shown.offers.select_related("offer").order_by("offer__key")


def not_planned(shown: Plan) -> list[Offer]:
    """Offers that did not enter the plan."""
    return list(Offer.objects.exclude(pk__in=shown.offers.values("offer")).prefetch_related("statuses").order_by("key"))


def flow_of(shown: Plan) -> Counter[tuple[UUID, UUID | None]]:
    """(first choice, offer given or None) → people, over everybody whose choice counts."""
    rows = shown.assignments.exclude(first_choice=None).values_list("first_choice", "offer").annotate(n=Count("pk"))
    return Counter({(first, given): n for first, given, n in rows.order_by()})


def why_people_remain(shown: Plan) -> list[tuple[str, int]]:
    """(main reason, people) of everybody who remains, the most frequent first."""
    rows = shown.assignments.filter(offer=None).values_list("why").annotate(n=Count("pk")).order_by("-n", "why")
    return [(code, n) for code, n in rows]


@dataclass(frozen=True)
class Change:
    """Two plans side by side: people who gain a place, lose it, move, keep it."""

    gained: frozenset[UUID]
    lost: frozenset[UUID]
    moved: frozenset[UUID]
    kept: int


def change(before: Plan, after: Plan) -> Change:
    """What changes from one plan to another, person by person."""
    was = dict(before.assignments.exclude(offer=None).values_list("person", "offer"))
    now = dict(after.assignments.exclude(offer=None).values_list("person", "offer"))
    both = was.keys() & now.keys()
    return Change(
        frozenset(now.keys() - was.keys()), frozenset(was.keys() - now.keys()),
        frozenset(p for p in both if was[p] != now[p]), sum(was[p] == now[p] for p in both),
    )  # fmt: skip


def before(shown: Plan, *, seen_by: Actor) -> Plan | None:
    """The plan before this one, among plans of the same kind."""
    return plans(seen_by=seen_by).filter(number__lt=shown.number, is_scenario=False).first()


def people(
    shown: Plan,
    *,
    why: str = "",
    offer: str = "",
    only: frozenset[UUID] | None = None,
    seen_by: Actor,
    after: str = "",
    size: int = PAGE,
) -> tuple[list[Assignment], str]:
    """One page of the people of a plan whom the reader may see, by registration number, and where the next begins."""
    found = shown.assignments.select_related("person", "offer").prefetch_related("person__names")
    if not sees_everybody(seen_by):
        found = found.filter(person__in=listed_for(seen_by))
    if why:
        found = found.filter(offer=None, why=why)
    if offer:
        found = found.filter(offer__key=offer)
    if only is not None:
        found = found.filter(person__in=only)
    with only_computing():  # one more is loaded than is shown
        rows = list(found.filter(person__number__gt=after).order_by("person__number")[: size + 1])
    seen((row.person for row in rows[:size]), IDENTITY, PLAN)
    return rows[:size], rows[size - 1].person.number if len(rows) > size else ""


def assignment(shown: Plan, person: UUID, *, seen_by: Actor) -> Assignment | None:
    """What a plan says about one person, when the reader may see that person."""
    found = (
        shown.assignments.filter(person__in=visible_to(seen_by).filter(pk=person))
        .select_related("person", "offer", "first_choice")
        .prefetch_related("person__names")
        .filter(person=person)
        .first()
    )
    if found is not None:
        seen(found.person, PLAN)
    return found
