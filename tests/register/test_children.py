"""Children for whom no decision allows a plan: the first page counts them as the plan leaves them out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from safeconduct.core.access.roles import Role
from safeconduct.register.models import BestInterestsDecision, Relation
from safeconduct.register.residents import children_without_decision, residents
from tests.factory import TODAY, person, unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.storage]
CHILD = date(2005, 1, 1)


def decided(child, *, allows: bool, on: date = TODAY) -> None:
    with unguarded():
        BestInterestsDecision.objects.create(person=child, decided_on=on, allows_plan=allows, own_views_heard=True)


@pytest.fixture
def children():
    """Number → a child in a situation of its own."""
    for n in range(3):
        person(f"adult-{n}", unit=f"F-{n}", relationship="head")
    found = {
        "with an adult": person("with an adult", unit="F-0", relationship="child", born=CHILD),
        "separated beside an adult": person("separated beside an adult", unit="F-1", born=CHILD, needs=["SC-SC"]),
        "alone": person("alone", born=CHILD),
        "eighteen today": person("eighteen today", born=date(TODAY.year - 18, TODAY.month, TODAY.day)),
        "seventeen": person("seventeen", born=date(TODAY.year - 18, TODAY.month, TODAY.day) + timedelta(days=1)),
        "without a birth date": person("without a birth date", born=None, needs=["CR-CH"]),
    }
    for name in ("guarded", "guarded in dispute", "allowed", "refused", "allowed, then refused", "allowed from tomorrow"):
        found[name] = person(name, born=CHILD)
    aunt = person("aunt")
    with unguarded():
        Relation.objects.create(person=aunt, other=found["guarded"], kind="guardian")
        Relation.objects.create(person=aunt, other=found["guarded in dispute"], kind="guardian", disputed_by="the uncle")
    decided(found["allowed"], allows=True)
    decided(found["refused"], allows=False)
    decided(found["allowed, then refused"], allows=True, on=TODAY - timedelta(days=9))
    decided(found["allowed, then refused"], allows=False)
    decided(found["allowed from tomorrow"], allows=True, on=TODAY + timedelta(days=1))
    return found


def test_they_are_those_alone_or_separated_without_a_standing_decision(children, account):
    waiting = children_without_decision(seen_by=account(Role.PROTECTION_OFFICER).actor(), on=TODAY)
    assert {name for name, child in children.items() if child.pk in waiting} == {
        "separated beside an adult", "alone", "seventeen", "without a birth date", "guarded in dispute", "refused",
        "allowed, then refused", "allowed from tomorrow",
    }  # fmt: skip
    asked = (each for each in residents(on=TODAY) if each.unaccompanied and not each.decision.get("plan"))
    assert {each.id for each in asked} == set(waiting)


def test_who_may_not_see_people_counts_none(children, account):
    assert children_without_decision(seen_by=account(Role.AUDITOR).actor(), on=TODAY) == []
