"""What another choice would change: for the person alone, on request, in private, and kept nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import keep_plan
from safeconduct.plans.compute import compute
from safeconduct.plans.models import Assignment
from safeconduct.plans.otherwise import effects
from safeconduct.routes.models import Choice, ChoiceEntry
from tests.factory import NOON, TODAY, choice, offer, person

from .test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan_of(account):
    by = account(Role.RESETTLEMENT_OFFICER, username="planner").actor()
    return lambda: keep_plan(by=by, computed=compute(on=TODAY), at=NOON)


def told(plan, who):
    row = Assignment.objects.get(plan=plan, person=who)
    return {each.offer.key: each for each in effects(plan, row, on=TODAY)}


def test_an_offer_with_room_would_give_a_place_and_a_full_one_says_what_is_missing(plan_of):
    full, empty = offer("full", quota=1), offer("empty", destination="DEU")
    urgent, who = person(urgency="emergency"), person()
    choice(urgent, full)
    choice(who, full)
    found = told(plan_of(), who)
    assert found["empty"].given == empty.pk
    assert (found["full"].given, found["full"].reason["code"]) == (None, "lower_urgency_waits")


def test_whoever_chose_nothing_yet_is_told_what_a_first_choice_would_give(plan_of):
    albania, who = offer("albania", quota=2), person()
    choice(person(), albania)
    assert told(plan_of(), who)["albania"].given == albania.pk


def test_an_offer_for_other_people_stays_closed_whatever_the_wish(plan_of):
    offer("germany", destination="DEU", criteria="earlier_residence in DEU")
    who = person()
    assert told(plan_of(), who)["germany"].reason["code"] == "rule_not_met"


def test_a_wish_that_cannot_be_met_leaves_the_place_that_is_there(plan_of):
    full, albania = offer("full", quota=1), offer("albania")
    urgent, who = person(urgency="emergency"), person()
    choice(urgent, full)
    choice(who, albania)
    assert told(plan_of(), who)["full"].given == albania.pk


def test_a_family_goes_together_also_in_what_would_be(plan_of):
    offer("small", quota=1)
    adult, _other = person(unit="F1"), person(unit="F1")
    found = told(plan_of(), adult)["small"]
    assert (found.given, found.reason["code"]) == (None, "family_larger_than_offer")


def test_nothing_is_told_of_a_group_transfer(plan_of):
    offer("block", minimum_fill=2, closes_on=TODAY - timedelta(days=1))
    who = person()
    assert told(plan_of(), who) == {}


def test_nobody_hears_that_an_own_yes_would_fill_a_group_transfer_that_failed(plan_of):
    """One is missing. Whoever says yes to it only after the plan must not learn that it would have been enough."""
    block = offer("block", minimum_fill=2, closes_on=TODAY - timedelta(days=1))
    full, urgent, agreed, who = offer("full", quota=1), person(urgency="emergency"), person(), person()
    choice(urgent, full)
    choice(agreed, block)
    plan = plan_of()
    choice(who, block)
    found = told(plan, who)
    assert set(found) == {"full"} and found["full"].given is None


def test_nothing_is_kept_of_what_was_asked(plan_of):
    albania, who = offer("albania"), person()
    plan = plan_of()
    before = Choice.objects.count(), ChoiceEntry.objects.count(), list(Assignment.objects.values())
    assert told(plan, who)["albania"].given == albania.pk
    assert before == (Choice.objects.count(), ChoiceEntry.objects.count(), list(Assignment.objects.values()))


def test_the_page_asks_first_whether_the_person_wants_it_and_is_alone(client, account, plan_of):
    offer("albania", title="Albania")
    who = person()
    plan_of()
    reader, page = signed_in(client, account, Role.PROTECTION_OFFICER), reverse("other_choice", args=[1, who.pk])
    assert "Before it is shown" in reader.get(page).content.decode()
    half = reader.post(page, {"asked": "on"}).content.decode()
    assert "Both must hold" in half and "If it were the first wish" not in half
    shown = reader.post(page, {"asked": "on", "private": "on"}).content.decode()
    assert "If it were the first wish" in shown and "A place in this plan." in shown


@pytest.mark.parametrize("role", [Role.RESETTLEMENT_OFFICER, Role.SUPERVISOR])
def test_whoever_does_not_hold_talks_is_not_told(client, account, plan_of, role):
    offer("albania")
    who = person()
    plan_of()
    reader = signed_in(client, account, role)
    assert reader.get(reverse("other_choice", args=[1, who.pk])).status_code == 403
    assert "What another choice" not in reader.get(reverse("plan_person", args=[1, who.pk])).content.decode()


def test_a_plan_of_before_tells_nothing_any_more(client, account, plan_of):
    offer("albania")
    who = person()
    plan_of()
    plan_of()
    reader = signed_in(client, account, Role.PROTECTION_OFFICER)
    assert [reader.get(reverse("other_choice", args=[n, who.pk])).status_code for n in (1, 2)] == [404, 200]
