"""No child leaves, stays behind or is parted without a best-interests decision and its own views."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import keep_plan
from safeconduct.plans.compute import compute
from safeconduct.plans.models import Assignment
from safeconduct.register.models import BestInterestsDecision, Person, Presence, Relation
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = pytest.mark.django_db
CHILD = date(2003, 1, 1)


@pytest.fixture
def why(account):
    """Why somebody is given a place, or none."""
    officer = account(Role.RESETTLEMENT_OFFICER).actor()

    def ask(*people):
        plan = keep_plan(by=officer, computed=compute(on=TODAY), at=NOON)
        found = [Assignment.objects.get(plan=plan, person=who).why for who in people]
        return found[0] if len(found) == 1 else found

    return ask


def decide(child, on=TODAY, **allows):
    with unguarded():
        values = {"allows_plan": True, "own_views_heard": True} | allows
        BestInterestsDecision.objects.create(person=child, decided_on=on, **values)


def guard(guardian, child, disputed_by=""):
    with unguarded():
        Relation.objects.create(person=guardian, other=child, kind="guardian", disputed_by=disputed_by)


def test_a_family_leaves_no_separated_child_behind_who_waits_for_a_decision(why):
    albania = offer("albania")
    aunt, nephew = person(unit="F-1", relationship="head"), person(unit="F-1", born=CHILD, needs=["SC-SC"])
    choice(aunt, albania)
    assert why(nephew, aunt) == ["no_best_interests_decision", "child_would_stay_behind"]
    decide(nephew)
    assert why(nephew, aunt) == ["given", "given"]


def test_a_sibling_leaves_no_sibling_behind_who_waits_for_a_decision(why):
    albania = offer("albania")
    older, younger = person(unit="F-1", born=CHILD), person(unit="F-1", born=CHILD)
    choice(older, albania)
    choice(younger, albania)
    decide(older)
    assert "given" not in why(older, younger)


def test_a_decision_on_a_split_counts_only_with_the_childs_own_views(why):
    albania = offer("albania")
    parent, child = person(unit="F-1", relationship="head"), person(unit="F-1", born=CHILD)
    choice(parent, albania, alone=True)
    choice(child, no=[albania])
    decide(child, allows_family_split=True, own_views_heard=False)
    assert why(parent, child) == ["given", "given"]  # together: no split
    decide(child, allows_family_split=True)
    assert why(parent) == "given" and why(child) != "given"


def test_a_child_whom_a_guardian_outside_the_family_guards_leaves_only_by_a_decision(why):
    albania = offer("albania")
    guardian, child = person(), person(born=CHILD)
    guard(guardian, child)
    choice(child, albania)
    assert why(child) == "no_best_interests_decision"


def test_a_guardian_leaves_no_child_behind(why):
    albania = offer("albania")
    guardian, child = person(), person(born=CHILD)
    guard(guardian, child)
    choice(guardian, albania)
    assert why(guardian) == "child_would_stay_behind"
    decide(child, allows_family_split=True)
    assert why(guardian) == "given"


@pytest.mark.parametrize("why_not", ["left", "disputed"])
def test_a_guardian_who_left_or_is_disputed_guards_nobody(why_not, why):
    from safeconduct.register.api import residents

    guardian, child = person(here=why_not != "left"), person(born=CHILD)
    guard(guardian, child, disputed_by="the aunt" if why_not == "disputed" else "")
    assert next(r for r in residents(on=TODAY) if r.id == child.pk).unaccompanied


def test_a_separated_child_without_a_birth_date_is_a_child(why):
    albania, child = offer("albania"), person(needs=["SC-UC"])
    with unguarded():
        Person.objects.filter(pk=child.pk).update(born_earliest=None, born_latest=None)
    choice(child, albania)
    assert why(child) == "no_best_interests_decision"


def test_a_decision_dated_later_does_not_count_yet(why):
    albania, child = offer("albania"), person(born=CHILD)
    choice(child, albania)
    decide(child, on=TODAY + timedelta(days=1))
    assert why(child) == "no_best_interests_decision"


def test_a_child_alone_returns_only_by_a_decision_on_return(why):
    home = offer("return", kind="voluntary_repatriation", destination="IRN", quota=None)
    parent, child = person(unit="F-1", relationship="head"), person(unit="F-1", born=CHILD)
    choice(child, home, alone=True)
    decide(child, allows_family_split=True)
    assert why(child) == "no_best_interests_decision"
    decide(child, allows_family_split=True, allows_return=True)
    assert why(child) == "given"
    assert Presence.objects.filter(person=parent, ends=None).exists()
