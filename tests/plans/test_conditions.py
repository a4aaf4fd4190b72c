"""One condition of an offer less: who would be freed, asked of the engine again, beside what the prices allow."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import keep_plan
from safeconduct.plans.compute import compute
from safeconduct.plans.sentences import about_an_offer
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

from .test_pages import signed_in

pytestmark = pytest.mark.django_db
RULE = "status in refugee AND earlier_residence in DEU"


@pytest.fixture
def plan_of(account):
    by = account(Role.RESETTLEMENT_OFFICER).actor()
    return lambda: keep_plan(by=by, computed=compute(on=TODAY), at=NOON)


def without_residence(germany, people=3):
    for _ in range(people):
        choice(person(), germany)


def test_a_condition_that_alone_keeps_people_away_says_how_many_more_could_leave_without_it(plan_of):
    germany = offer("germany", destination="DEU", quota=2, criteria=RULE)
    without_residence(germany)
    told = plan_of().offers.get()
    assert told.dropped == [
        {"condition": "earlier_residence in DEU", "people": 3, "more": 2, "predicted": 3.0, "proven": True},
    ]  # fmt: skip


def test_where_the_places_are_taken_a_condition_less_frees_nobody(plan_of):
    germany = offer("germany", destination="DEU", quota=1, criteria=RULE)
    choice(person(lived=["DEU"]), germany)
    without_residence(germany)
    (told,) = plan_of().offers.get().dropped
    assert (told["people"], told["more"]) == (3, 0)


def test_who_misses_two_conditions_is_freed_by_neither_alone(plan_of):
    germany = offer("germany", destination="DEU", criteria="family_link in DEU AND earlier_residence in DEU")
    without_residence(germany)
    assert plan_of().offers.get().dropped == []


def test_only_people_who_chose_the_offer_are_counted(plan_of):
    offer("germany", destination="DEU", criteria=RULE)
    albania = offer("albania")
    choice(person(), albania)
    assert [each.dropped for each in plan_of().offers.all()] == [[], []]


def test_a_group_transfer_is_never_asked_about_by_counting_who_agreed(plan_of):
    from datetime import timedelta

    block = offer("block", minimum_fill=1, criteria=RULE, closes_on=TODAY - timedelta(days=1))
    without_residence(block)
    assert plan_of().offers.get().dropped == []


def test_the_plan_shows_which_condition_to_ask_about(client, account, plan_of):
    germany = offer("germany", destination="DEU", quota=2, criteria=RULE, title="Germany")
    without_residence(germany)
    plan_of()
    page = signed_in(client, account, Role.SUPERVISOR).get(reverse("plan", args=[1])).content.decode()
    asked = page[page.index("Which condition to ask about") :]
    assert "Germany: " in asked and asked.index("Kept away") < asked.index(">3<")


def test_a_reason_keeps_the_condition_as_it_was_when_the_rule_is_changed_later(plan_of):
    germany = offer("germany", destination="DEU", criteria=RULE)
    who = person()
    choice(who, germany)
    plan = plan_of()
    reason = plan.assignments.get(person=who).reasons[0]
    says = about_an_offer(reason, germany)
    with unguarded():
        germany.criteria = ""
        germany.save()
    assert about_an_offer(reason, germany) == says
    of_before = {**reason, "numbers": {"clause": 1}}
    assert "changed since" in about_an_offer(of_before, germany)
