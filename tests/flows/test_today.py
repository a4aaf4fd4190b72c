"""The first page: a sentence about everybody, and what waits for the reader's roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safeconduct.core import clock
from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import keep_plan
from safeconduct.plans.compute import compute
from safeconduct.register.actions import move_person, open_in_emergency
from tests.factory import NOON, TODAY, choice, offer, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.SITE_TODAY = TODAY.isoformat()


@pytest.fixture
def page(client, account):
    def read(*roles, language="en"):
        client.force_login(account(*roles, username="reader"), backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse("today"), headers={"accept-language": language}).content.decode()

    return read


def test_it_counts_who_is_here_who_left_and_whose_choice_counts(page):
    albania = offer("albania")
    choice(person(), albania)
    choice(person(here=False), albania)
    said = page(Role.PROTECTION_OFFICER)
    assert ">1 people</a> are here" in said and ">1</a> have left" in said and "1 have made a choice that counts" in said


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER, Role.DOCUMENTER])
def test_whoever_reads_no_case_gets_no_count_of_people(page, role):
    person()
    assert "are here" not in page(role)


def test_a_child_without_a_decision_is_the_first_thing_that_waits(page):
    person(born=date(2003, 1, 1))
    assert "no best-interests decision" in page(Role.CHILD_PROTECTION_OFFICER)


def test_a_plan_waits_for_a_second_person_and_not_for_the_first(page, account):
    albania, first = offer("albania"), account(Role.RESETTLEMENT_OFFICER, Role.PROTECTION_OFFICER, username="first")
    choice(person(), albania)
    keep_plan(by=first.actor(), computed=compute(on=TODAY), at=NOON)
    assert "A plan needs a second person" in page(Role.SUPERVISOR)


def test_a_choice_taken_with_others_in_the_room_waits_for_a_private_talk(page):
    choice(person(), offer("albania"), present=("interviewer", "family"))
    assert "One choice does not count yet" in page(Role.PROTECTION_OFFICER)


def test_many_alike_changes_prompt_a_talk_and_judge_nobody(page):
    albania, home = offer("albania"), offer("return", kind="voluntary_repatriation", destination="IRN")
    for who in [person(block="4") for _ in range(5)]:
        choice(who, albania, taken_on=date(2013, 12, 1))
        choice(who, home, taken_on=date(2013, 12, 15))
    said = page(Role.PROTECTION_OFFICER)
    assert "5 people of block 4 changed their choice alike" in said and "This judges nobody" in said


def test_numbers_stand_in_the_digits_of_the_language(page):
    choice(person(), offer("albania"), present=("interviewer", "family"))
    choice(person(), offer("germany", destination="DEU"), present=("interviewer", "family"))
    assert 'dir="rtl"' in page(Role.PROTECTION_OFFICER, language="fa")


def test_what_was_counted_is_counted_anew_with_the_next_entry_and_only_then(client, account, django_assert_max_num_queries):
    child, by = person(born=date(2003, 1, 1)), account(Role.CHILD_PROTECTION_OFFICER, username="reader")
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    read = lambda: client.get(reverse("today")).content.decode()  # noqa: E731
    assert ">1 people</a> are here" in read() and "no best-interests decision" in read()
    with django_assert_max_num_queries(10):
        read()
    move_person(by=account(Role.REGISTRAR, username="registrar").actor(), person=child, block="9", on=TODAY, at=NOON)
    with CaptureQueriesContext(connection) as asked:
        assert ">1 people</a> are here" in read()
    assert len(asked) > 10


def test_an_opening_that_ends_by_the_clock_takes_what_it_counted_with_it(client, account, monkeypatch):
    person("T-2", born=date(2003, 1, 1), team="Others")
    officer = account(Role.CHILD_PROTECTION_OFFICER, username="reader", team=None)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    read = lambda: client.get(reverse("today")).content.decode()  # noqa: E731
    before = "no best-interests decision" in read()
    now = clock.now()
    open_in_emergency(by=officer.actor(), number="T-2", reason="life", told="", at=now)
    during = "no best-interests decision" in read()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=61))
    assert (before, during, "no best-interests decision" in read()) == (False, True, False)
