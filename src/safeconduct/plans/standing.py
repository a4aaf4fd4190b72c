"""Whether a plan still holds for people: asked of the register, the offers and the choices as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from safeconduct.plans.cases import build
from safeconduct.plans.compute import offer_case
from safeconduct.plans.models import Plan
from safeconduct.register.api import company, residents
from safeconduct.routes.api import Offer, marks, standing_choices


def still_holds(plan: Plan, offers: Sequence[Offer], *, on: date) -> dict[UUID, frozenset[UUID]]:
    """Offer → the people to whom a plan gives it and who could be given it today: the same unit, by choice and by rule.

    A choice can change at any time, so a plan is asked again before anybody acts on it. Nobody, where an offer has
    fewer places now than the plan gives.
    """
    given: dict[tuple[UUID, int], set[UUID]] = defaultdict(set)
    for person, offer, unit in plan.assignments.filter(offer__in=offers).values_list("person", "offer", "unit"):
        given[offer, unit].add(person)
    asked = company(frozenset[UUID]().union(*given.values()))
    cases = build(
        list(residents(on=on, only=asked)), standing_choices(on=on, only=asked), [offer_case(offer, on)[1] for offer in offers],
        {pair: mark.kind for pair, mark in marks().items()}, on=on,
    )  # fmt: skip
    able = {(option.offer, frozenset(member.id for member in unit.members)) for unit in cases.units for option in unit.options}
    return {offer.pk: _holding(offer, [unit for (key, _n), unit in given.items() if key == offer.pk], able) for offer in offers}


def _holding(offer: Offer, units: Sequence[set[UUID]], able: set[tuple[UUID, frozenset[UUID]]]) -> frozenset[UUID]:
    if offer.quota is not None and offer.quota - offer.used < sum(map(len, units)):
        return frozenset()
    return frozenset[UUID]().union(*(unit for unit in units if (offer.pk, frozenset(unit)) in able))


def no_longer_hold(plan: Plan, *, on: date) -> int:
    """How many people have a place in a plan that they could not be given today."""
    found = Offer.objects.filter(pk__in=plan.assignments.exclude(offer=None).values("offer")).prefetch_related("statuses")
    return plan.people_placed - sum(map(len, still_holds(plan, list(found), on=on).values()))
