"""Who of a plan may leave for an offer at this moment, and what holds back each of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safeconduct.core import clock
from safeconduct.departures.sheet import columns_for, groups_of
from safeconduct.plans.api import Plan, still_holds
from safeconduct.register.api import MayLeave, Purpose, may_leave
from safeconduct.routes.api import Offer


@dataclass(frozen=True)
class Standing:
    """Who may leave, under which consent and with which groups of fields; who is held back, and why as a code."""

    leaving: dict[UUID, MayLeave]
    held: dict[UUID, str]


def standing(plan: Plan, offer: Offer, *, at: datetime) -> Standing:
    """Only with a consent in force, only while the plan still holds, and a family whole or not at all.

    Call it inside the action that lets something leave, or a change slips in between.
    """
    units = dict(plan.assignments.filter(offer=offer).values_list("person", "unit"))
    verdicts = may_leave(
        list(units), purpose=Purpose.SUBMISSION, recipient=offer.destination, fields=groups_of(columns_for(offer)), at=at
    )
    holds = still_holds(plan, [offer], on=clock.day_of(at))[offer.pk]
    held = {person: answer.verdict.code for person, answer in verdicts.items() if not answer.verdict.allowed}
    held |= {person: "plan_no_longer_holds" for person in units if person not in held and person not in holds}
    apart = {units[person] for person in held}
    held |= {person: "family_held_back" for person, unit in units.items() if unit in apart and person not in held}
    leaving = {person: answer for person, answer in verdicts.items() if answer.verdict.allowed and person not in held}
    return Standing(leaving, held)
