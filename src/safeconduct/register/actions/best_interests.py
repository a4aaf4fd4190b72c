"""Best-interests decisions for children."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.register.actions.refusals import NoChild
from safeconduct.register.models import BestInterestsDecision, Person
from safeconduct.register.rules import may_be_child


@action(permission="register.decide_best_interests", audit=gettext_noop("best-interests decision recorded"))
def decide_best_interests(
    *, by: Actor, person: Person, decided_on: date, allows_plan: bool, allows_family_split: bool, allows_return: bool,
    own_views_heard: bool, at: datetime,
) -> BestInterestsDecision:  # fmt: skip
    """Record a decision for a child; the newest counts, the older ones stay on record.

    Source: UNHCR, Best Interests Procedure Guidelines (2021); Convention on the Rights of the Child, articles 3 and 12.
    """
    if person.born_latest is not None and not may_be_child(person.born_latest, on=decided_on):
        raise NoChild()
    remark(person=person.pk, plan=allows_plan, split=allows_family_split, back=allows_return, heard=own_views_heard)
    return BestInterestsDecision.objects.create(
        person=person, decided_on=decided_on, allows_plan=allows_plan, allows_family_split=allows_family_split,
        allows_return=allows_return, own_views_heard=own_views_heard, decided_by_id=by.account,
    )  # fmt: skip
