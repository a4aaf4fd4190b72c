"""The pages of plans: who may open them, what they say, and what they never say."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import keep_plan
from safeconduct.plans.compute import compute
from safeconduct.routes.models import Offer
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.SITE_TODAY = TODAY.isoformat()


@pytest.fixture
def people():
    albania, germany = (
        offer("albania", quota=2, title="Albania: humanitarian admission"),
        offer("germany", destination="DEU", quota=1),
    )
    found = [person(given=f"Name{n}", family=f"Family{n}") for n in range(4)]
    for who in found:
        choice(who, albania, germany)
    offer("romania", status="discussed", destination="ROU", kind="group_transfer", quota=3000)
    return found


@pytest.fixture
def plan(people, account):
    return keep_plan(by=account(Role.RESETTLEMENT_OFFICER, username="first").actor(), computed=compute(on=TODAY), at=NOON)


def signed_in(client, account, *roles, username=""):
    client.force_login(account(*roles, username=username or "reader"), backend=BACKEND)
    return client


PAGES = ["plans", ("plan", 1), ("plan_today", 1), ("plan_people", 1), ("compare_plans", 1, 1)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("role", "status"), [
    (Role.SUPERVISOR, 200), (Role.RESETTLEMENT_OFFICER, 200), (Role.PROTECTION_OFFICER, 200), (Role.REVIEWING_OFFICER, 403),
    (Role.REGISTRAR, 403), (Role.INTERVIEWER, 403), (Role.ADMINISTRATOR, 403), (Role.AUDITOR, 403), (Role.DOCUMENTER, 403),
])  # fmt: skip
def test_plans_are_read_by_those_who_plan_and_decide(client, account, plan, page, role, status):
    url = reverse(page) if isinstance(page, str) else reverse(page[0], args=page[1:])
    assert signed_in(client, account, role).get(url).status_code == status


def test_the_plan_says_its_verdict_its_prices_and_why_people_remain(client, account, plan):
    page = signed_in(client, account, Role.SUPERVISOR).get(reverse("plan", args=[1])).content.decode()
    for says in (
        "3 people", "Proven best", "Checked by independent code", "One more place lets one more person leave.",
        "The offers they chose are full.", "Nobody confirmed this offer in writing", "Each receiving state still decides",
    ):  # fmt: skip
        assert says in page


def test_the_plan_ranks_what_more_places_would_let_happen(client, account, plan):
    albania = plan.offers.get(offer__key="albania")
    assert (albania.one_more, albania.ten_more, albania.fifty_more) == (1, 1, 1)
    page = signed_in(client, account, Role.SUPERVISOR).get(reverse("plan", args=[1])).content.decode()
    asked = page[page.index("What to ask for") :]
    assert asked.index("Albania: humanitarian admission") < asked.index("Fifty more")


@pytest.mark.parametrize(
    ("envy", "says"), [(0, ""), (1, "1 family or person alone would rather"), (7, "7 families or people alone")]
)
def test_justified_envy_is_reported_and_nobody_is_named(client, account, plan, envy, says):
    plan.envy = envy
    with unguarded():
        plan.save()
    page = signed_in(client, account, Role.SUPERVISOR).get(reverse("plan", args=[1])).content.decode()
    assert (says in page) if says else ("weaker claim" not in page)


def test_a_new_plan_may_change_as_little_as_possible_of_the_last_and_shows_what_each_loss_spares(client, account, plan, people):
    reader = signed_in(client, account, Role.RESETTLEMENT_OFFICER, Role.SUPERVISOR)
    assert "Or change as little as possible of plan 1" in reader.get(reverse("plans")).content.decode()
    with unguarded():
        Offer.objects.filter(key="albania").update(quota=1)
    reader.post(reverse("compute_plan"), {"near": "1", "loss": "0"})
    second = type(plan).objects.get(number=2)
    assert (second.near, second.loss, [loss for loss, _n in second.curve]) == (plan, 0, [0, 1, 5, 10, 50])
    assert {n for _loss, n in second.curve} == {1}  # one place is gone: one person, and nobody else
    where = [dict(each.assignments.exclude(offer=None).values_list("person", "offer")) for each in (plan, second)]
    assert set(where[1].items()) < set(where[0].items())
    page = reader.get(reverse("plan", args=[2])).content.decode()
    assert "How few are told something else" in page and "This plan: Losing nothing of the best plan." in page


@pytest.mark.parametrize("asked", [{"near": "x"}, {"near": "7"}, {"near": "1", "loss": "3"}, {"near": "²"}])
def test_nobody_is_near_a_plan_that_does_not_exist(client, account, plan, asked):
    assert signed_in(client, account, Role.RESETTLEMENT_OFFICER).post(reverse("compute_plan"), asked).status_code == 404


def test_a_plan_page_asks_the_database_at_most_twelve_times(client, account, plan, django_assert_max_num_queries):
    signed_in(client, account, Role.SUPERVISOR)
    with django_assert_max_num_queries(16):  # three of them belong to the session and the account
        client.get(reverse("plan", args=[1]))


def test_a_persons_page_of_a_plan_says_why_and_the_nearest_change_and_names_nobody_else(client, account, plan, people):
    from safeconduct.plans.models import Assignment

    left = Assignment.objects.get(plan=plan, offer=None).person
    page = signed_in(client, account, Role.PROTECTION_OFFICER).get(reverse("plan_person", args=[1, left.pk])).content.decode()
    assert "No place in this plan." in page and "at least about one more place" in page
    assert not any(f"Family{n}" in page for n, who in enumerate(people) if who != left)


def test_who_computed_a_plan_finds_no_button_to_approve_it(client, account, plan):
    page = signed_in(client, account, Role.RESETTLEMENT_OFFICER, Role.SUPERVISOR, username="third").get(reverse("plan", args=[1]))
    assert reverse("approve_plan", args=[1]) in page.content.decode()
    from safeconduct.core.access.models import Account

    client.force_login(Account.objects.get(username="first"), backend=BACKEND)
    page = client.get(reverse("plan", args=[1])).content.decode()
    assert reverse("approve_plan", args=[1]) not in page


def test_computing_and_approving_in_the_browser_takes_two_people(client, account, people):
    signed_in(client, account, Role.RESETTLEMENT_OFFICER, username="first")
    assert client.post(reverse("compute_plan")).status_code == 302
    signed_in(client, account, Role.SUPERVISOR, username="second")
    assert client.post(reverse("approve_plan", args=[1])).status_code == 302
    assert "Prepare submissions" in client.get(reverse("plan", args=[1])).content.decode()


def test_sending_back_needs_a_reason(client, account, plan):
    signed_in(client, account, Role.SUPERVISOR)
    assert client.post(reverse("send_back_plan", args=[1]), {"reason": " "}).status_code == 409
    assert client.post(reverse("send_back_plan", args=[1]), {"reason": "Ask block 4 again."}).status_code == 302
    assert "Ask block 4 again." in client.get(reverse("plan", args=[1])).content.decode()


def test_a_scenario_is_labelled_on_its_page_and_in_the_list(client, account, people):
    signed_in(client, account, Role.RESETTLEMENT_OFFICER)
    client.post(reverse("compute_plan"), {"scenario": ["romania"]})
    assert "Scenario" in client.get(reverse("plan", args=[1])).content.decode()
    assert "scenario" in client.get(reverse("plans")).content.decode()


def test_two_plans_are_compared_person_by_person(client, account, people):
    signed_in(client, account, Role.RESETTLEMENT_OFFICER)
    client.post(reverse("compute_plan"))
    choice(people[0])
    client.post(reverse("compute_plan"))
    page = client.get(reverse("compare_plans", args=[2, 1])).content.decode()
    assert "1 people</a> gain a place" in page or "0 people</a> gain a place" in page


def test_a_site_without_offers_or_choices_computes_an_honest_empty_plan(client, account):
    signed_in(client, account, Role.RESETTLEMENT_OFFICER)
    assert client.post(reverse("compute_plan")).status_code == 302
    assert "choice counts yet" in client.get(reverse("plan", args=[1])).content.decode()


def test_the_persons_page_tells_what_the_newest_plan_says_to_those_who_may_read_plans(client, account, plan, people):
    page = signed_in(client, account, Role.PROTECTION_OFFICER).get(reverse("person", args=[people[0].pk])).content.decode()
    assert "In the newest plan" in page and reverse("plan_person", args=[1, people[0].pk]) in page
    page = signed_in(client, account, Role.REGISTRAR, username="other").get(reverse("person", args=[people[0].pk])).content.decode()
    assert "In the newest plan" not in page


def test_whoever_decides_is_told_whether_a_plan_still_holds(client, account, plan, people):
    reader, asked = signed_in(client, account, Role.SUPERVISOR), reverse("plan_today", args=[1])
    assert asked in reader.get(reverse("plan", args=[1])).content.decode()
    assert "It holds today for everybody" in reader.get(asked).content.decode()
    placed = plan.assignments.exclude(offer=None).first().person
    choice(placed, no=[Offer.objects.get(key="albania")])
    assert "1 person with a place here could not be given it today" in reader.get(asked).content.decode()


def test_the_plan_shows_who_waits_and_for_how_long(client, account, plan):
    with unguarded():
        plan.groups = [["sex", "female", 40, 5, 700], ["sex", "male", 60, 30, None]]
        plan.save()
    page = signed_in(client, account, Role.SUPERVISOR).get(reverse("plan", args=[1])).content.decode()
    shown = page[page.index("Who waits, and for how long") :]
    assert "Women and girls" in shown and ">700<" in shown and "groups of fewer than 20 are not shown" in shown
