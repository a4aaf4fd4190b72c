"""From choices to a plan: the person's own choice is a hard rule, and families stay together."""

from __future__ import annotations

from datetime import date

import pytest

from safeconduct.core.access.actors import Actor
from safeconduct.core.access.refusals import SamePerson
from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import ScenarioStays, approve_plan, keep_plan
from safeconduct.plans.compute import compute
from safeconduct.plans.models import Assignment
from safeconduct.plans.outcomes import outcomes
from safeconduct.register.models import BestInterestsDecision, Person
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = pytest.mark.django_db
CHILD = date(2003, 1, 1)


@pytest.fixture
def officer(account) -> Actor:
    return account(Role.RESETTLEMENT_OFFICER).actor()


def plan_of(officer, scenario=()):
    return keep_plan(by=officer, computed=compute(on=TODAY, scenario=scenario), at=NOON)


def why(plan, who):
    return Assignment.objects.get(plan=plan, person=who).why


def test_a_person_goes_where_she_chose_to_go(officer):
    albania, who = offer("albania"), person()
    choice(who, albania)
    plan = plan_of(officer)
    assert Assignment.objects.get(plan=plan, person=who).offer == albania
    assert (plan.status, plan.checked, plan.people_placed) == ("optimal", True, 1)


def test_an_offer_that_nobody_chose_takes_nobody_however_empty(officer):
    albania, germany, who = offer("albania", quota=1), offer("germany", quota=100, destination="DEU"), person()
    other = person()
    choice(who, albania)
    choice(other, albania)
    plan = plan_of(officer)
    assert plan.people_placed == 1
    assert not Assignment.objects.filter(plan=plan, offer=germany).exists()


@pytest.mark.parametrize(("present", "chosen", "code"), [
    (("interviewer", "family"), True, "others_in_the_room"),
    (("interviewer", "resident"), True, "others_in_the_room"),
    (("interviewer", "official"), True, "others_in_the_room"),
    (("interviewer", "interpreter"), False, "interpreter_not_chosen"),
])  # fmt: skip
def test_a_choice_taken_with_others_in_the_room_enters_no_plan(officer, present, chosen, code):
    albania, who = offer("albania"), person()
    choice(who, albania, present=present, interpreter_chosen=chosen)
    assert why(plan_of(officer), who) == code


def test_a_choice_on_an_outdated_sheet_is_asked_again(officer):
    from safeconduct.routes.models import InformationSheet

    albania, who = offer("albania"), person()
    choice(who, albania, version=1)
    with unguarded():
        InformationSheet.objects.create(offer=albania, version=2, published_on=date(2013, 12, 20))
    assert why(plan_of(officer), who) == "sheet_outdated"


def test_a_choice_before_its_sheet_was_published_was_not_made_on_it(officer):
    albania, who = offer("albania"), person()
    choice(who, albania, taken_on=date(2013, 3, 31))  # the sheet is of the day after
    assert why(plan_of(officer), who) == "sheet_not_received"


def test_a_group_transfer_without_a_limit_takes_a_group_or_nobody(officer):
    group, who = offer("group", kind="group_transfer", quota=None, minimum_fill=2, closes_on=date(2013, 12, 20)), person()
    choice(who, group)
    assert why(plan_of(officer), who) == "nothing_usable"
    choice(person(), group)
    assert why(plan_of(officer), who) == "given"


@pytest.mark.parametrize("last_day", [None, TODAY, date(2013, 12, 30)])
def test_who_agreed_to_a_group_transfer_is_told_neither_while_people_decide_nor_when_it_fails(officer, last_day):
    group = offer("group", kind="group_transfer", quota=None, minimum_fill=3, closes_on=last_day)
    albania, full = offer("albania"), offer("full", quota=0, destination="DEU")
    agreed, refused, silent, elsewhere = person(), person(), person(), person()
    choice(agreed, group)
    choice(refused, no=[group])
    choice(elsewhere, full)
    second = person()
    choice(second, group, albania)
    plan = plan_of(officer)
    rows = {row.person_id: row for row in plan.assignments.all()}

    def told(who):
        return [each for each in rows[who.pk].reasons if each["offer"] == str(group.pk)]

    assert told(agreed) == told(refused) == told(silent) == told(elsewhere) != []
    assert {rows[who.pk].why for who in (agreed, refused, silent)} == {"nothing_usable"}
    assert {rows[who.pk].first_choice_id for who in (agreed, refused, silent)} == {None}
    assert all(str(group.pk) not in each for each in plan.flow)
    assert (rows[second.pk].offer, rows[second.pk].rank, rows[second.pk].first_choice) == (albania, 1, albania)
    assert plan.people_chosen == 2 and all(each.chosen_first == 0 for each in plan.offers.filter(offer=group))
    assert plan.offers.filter(offer=albania).exists()


def test_not_even_a_scenario_counts_those_who_agreed_while_they_decide(officer):
    group, who = offer("group", kind="group_transfer", quota=None, minimum_fill=1, status="announced"), person()
    offer("albania")
    choice(who, group)
    computed = compute(on=TODAY, scenario=["group"])
    assert [each.offer.key for each in computed.entered] == ["albania"]
    assert {row.why for row in outcomes(computed)} == {"nothing_usable"}


def test_silence_is_not_a_no_and_not_a_yes(officer):
    offer("albania")
    who = person()
    assert why(plan_of(officer), who) == "no_choice"


def test_declining_one_offer_closes_no_other(officer):
    albania, home = offer("albania"), offer("return", kind="voluntary_repatriation", destination="IRN", quota=None)
    who = person()
    choice(who, albania, no=[home])
    assert Assignment.objects.get(plan=plan_of(officer), person=who).offer == albania


def test_a_family_moves_together_or_not_at_all(officer):
    albania = offer("albania", quota=1)
    one, two = person(unit="F-1", relationship="head"), person(unit="F-1", relationship="spouse")
    choice(one, albania)
    choice(two, albania)
    plan = plan_of(officer)
    assert plan.people_placed == 0
    assert why(plan, one) == "family_larger_than_offer"


def test_a_family_goes_only_where_each_adult_chose_to_go(officer):
    albania, germany = offer("albania"), offer("germany", destination="DEU")
    one, two = person(unit="F-1", relationship="head"), person(unit="F-1", relationship="spouse")
    choice(one, albania, germany)
    choice(two, germany)
    plan = plan_of(officer)
    assert {a.offer for a in Assignment.objects.filter(plan=plan)} == {germany}


def test_who_chose_to_go_alone_may(officer):
    albania = offer("albania")
    one, two = person(unit="F-1", relationship="head"), person(unit="F-1", relationship="spouse")
    choice(one, albania, alone=True)
    plan = plan_of(officer)
    assert Assignment.objects.get(plan=plan, person=one).offer == albania
    assert Assignment.objects.get(plan=plan, person=two).offer is None


def test_a_parent_who_goes_alone_leaves_no_child_without_an_adult(officer):
    albania = offer("albania")
    parent, child = person(unit="F-1", relationship="head"), person(unit="F-1", relationship="child", born=CHILD)
    choice(parent, albania, alone=True)
    placed = set(Assignment.objects.filter(plan=plan_of(officer), offer=albania).values_list("person", flat=True))
    assert placed == {parent.pk, child.pk}


def test_an_unaccompanied_child_enters_no_plan_without_a_decision_and_own_views(officer):
    albania, child = offer("albania"), person(born=CHILD)
    choice(child, albania)
    assert why(plan_of(officer), child) == "no_best_interests_decision"
    with unguarded():
        BestInterestsDecision.objects.create(person=child, decided_on=TODAY, allows_plan=True, own_views_heard=False)
    assert why(plan_of(officer), child) == "own_views_not_heard"
    with unguarded():
        BestInterestsDecision.objects.create(person=child, decided_on=TODAY, allows_plan=True, own_views_heard=True)
    assert why(plan_of(officer), child) == "given"


def test_only_offers_in_writing_enter_a_plan_and_a_scenario_is_never_approved(officer, account):
    romania, who = offer("romania", status="discussed", quota=3000, destination="ROU", kind="group_transfer"), person()
    choice(who, romania)
    assert why(plan_of(officer), who) == "offer_not_confirmed"
    scenario = plan_of(officer, scenario=["romania"])
    assert scenario.is_scenario and scenario.people_placed == 1
    with pytest.raises(ScenarioStays):
        approve_plan(by=account(Role.SUPERVISOR).actor(), plan=scenario, at=NOON)


def test_nobody_approves_a_plan_of_his_own(account):
    offer("albania")
    both = account(Role.RESETTLEMENT_OFFICER, Role.SUPERVISOR).actor()
    plan = plan_of(both)
    with pytest.raises(SamePerson):
        approve_plan(by=both, plan=plan, at=NOON)
    approved = approve_plan(by=account(Role.SUPERVISOR, username="second").actor(), plan=plan, at=NOON)
    assert approved.state == "approved"


def test_a_rule_that_is_not_met_keeps_the_offer_away_and_says_which_clause(officer):
    germany = offer("germany", destination="DEU", criteria="status in refugee AND (earlier_residence in DEU OR family_link in DEU)")
    without, linked = person(), person(links=["DEU"])
    choice(without, germany)
    choice(linked, germany)
    plan = plan_of(officer)
    assert why(plan, without) == "rule_not_met"
    missed = {"clause": 1, "condition": "(earlier_residence in DEU OR family_link in DEU)"}
    assert Assignment.objects.get(plan=plan, person=without).reasons[0]["numbers"] == missed
    assert why(plan, linked) == "given"


def test_an_emergency_goes_before_any_number_of_others(officer):
    albania = offer("albania", quota=2)
    urgent = person(urgency="emergency")
    choice(urgent, albania)
    for _ in range(3):
        choice(person(), albania)
    assert why(plan_of(officer), urgent) == "given"


def test_a_barred_pair_stays_apart_and_a_pin_never_overrides_the_choice(officer, account):
    from safeconduct.routes.actions import mark_pair

    albania, germany = offer("albania"), offer("germany", destination="DEU")
    barred, pinned = person(), person()
    choice(barred, albania)
    choice(pinned, albania)
    by = account(Role.PROTECTION_OFFICER).actor()
    mark_pair(by=by, person=barred, offer=albania, kind="bar", reason="The person fears somebody there.", at=NOON)
    mark_pair(by=by, person=pinned, offer=germany, kind="pin", reason="A place is kept.", at=NOON)
    plan = plan_of(officer)
    assert (why(plan, barred), why(plan, pinned)) == ("barred", "pinned_elsewhere")
    assert plan.people_placed == 0


def test_one_more_place_is_priced_by_who_could_leave_with_it(officer):
    albania = offer("albania", quota=1)
    for _ in range(3):
        choice(person(), albania)
    told = plan_of(officer).offers.get()
    assert (told.planned, told.one_more, told.ten_more, told.chosen_first) == (1, 1, 2, 3)


def test_who_has_left_is_in_no_plan(officer):
    albania = offer("albania")
    gone = person(here=False)
    choice(gone, albania)
    assert not Assignment.objects.filter(plan=plan_of(officer), person=gone).exists()
    assert Person.objects.filter(pk=gone.pk).exists()
