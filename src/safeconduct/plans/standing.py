"""Whether a plan still holds for people: asked of the register, the offers and the choices as they are now."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from safeconduct.plans.cases import build
from safeconduct.plans.compute import offer_case
from safeconduct.plans.models import Plan
from safeconduct.register.api import company, residents
from safeconduct.routes.api import Offer, marks, standing_choices


def still_holds(plan: Plan, offer: Offer, *, on: date) -> frozenset[UUID]:
    """The people to whom a plan gives an offer and who could be given it today: the same unit, by choice and by rule.

    A choice can change at any time, so a plan is asked again before anybody acts on it. Nobody, where the offer has
    fewer places now than the plan gives.
    """
    units: dict[int, set[UUID]] = defaultdict(set)
    for person, unit in plan.assignments.filter(offer=offer).values_list("person", "unit"):
        units[unit].add(person)
    people = frozenset[UUID]().union(*units.values())
    if offer.quota is not None and offer.quota - offer.used < len(people):
        return frozenset()
    asked = company(people)
    cases = build(
        list(residents(on=on, only=asked)), standing_choices(on=on, only=asked), [offer_case(offer, on)[1]],
        {pair: mark.kind for pair, mark in marks().items()}, on=on,
    )  # fmt: skip
    able = {frozenset(member.id for member in unit.members) for unit in cases.units if unit.options}
    return frozenset[UUID]().union(*(unit for unit in units.values() if unit in able))
