"""What pages read of plans; only for whoever may see plans."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import IDENTITY, seen
from safeconduct.plans.models import Assignment, Plan, PlannedOffer
from safeconduct.register.api import PLAN, Person, listed_for, visible_to
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
    if "newest plan" not in seen_by.asked:
        seen_by.asked["newest plan"] = plans(seen_by=seen_by).filter(is_scenario=False).first()
    return seen_by.asked["newest plan"]


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
    return Counter({(UUID(first), UUID(given) if given else None): n for first, given, n in shown.flow})


def why_people_remain(shown: Plan) -> list[tuple[str, int]]:
    """(main reason, people) of everybody who remains, the most frequent first."""
    return [(code, n) for code, n in shown.remain]


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
    told = shown.assignments.all()
    if why:
        told = told.filter(offer=None, why=why)
    if offer:
        told = told.filter(offer__key=offer)
    found = listed_for(seen_by) if only is None else visible_to(seen_by).filter(pk__in=only)
    # From the people in their order to what the plan says of each: its rows are long, and only those of one page are read.
    found = found.filter(Exists(told.filter(person=OuterRef("pk"))), number__gt=after).order_by("number")
    ids = list(found.values_list("pk", flat=True)[: size + 1])
    rows = shown.assignments.filter(person__in=ids[:size]).select_related("person", "offer").prefetch_related("person__names")
    page = sorted(rows, key=lambda row: row.person.number)
    seen((row.person for row in page), IDENTITY, PLAN)
    return page, page[-1].person.number if len(ids) > size else ""


def in_the_newest(person: Person, *, seen_by: Actor) -> Assignment | None:
    """What the newest plan that is no scenario says about a person whom the reader has before the eye."""
    newest_one = plans(seen_by=seen_by).filter(is_scenario=False).values("pk")[:1]
    found = Assignment.objects.filter(person=person, plan=Subquery(newest_one)).select_related("plan", "offer", "first_choice")
    row = found.defer("plan__problem", "plan__plan").first()
    if row is not None:
        row.person = person
        seen(person, PLAN)
    return row


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
