"""A person's page: who may see what, and what may leave."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from safeconduct.register.consents import record_consent, withdraw_consent
from safeconduct.register.models import Consent, FamilyUnit, Membership, PersonName, Relation
from tests.factory import NOON, person, unguarded

pytestmark = pytest.mark.django_db
CHILD = date(2003, 1, 1)
SEES_ALL = Role.PROTECTION_OFFICER


def text_of(client, someone, language="en"):
    answer = client.get(reverse("person", args=[someone.pk]), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_the_page_opens_for_casework_and_for_nobody_else(signed_in, role):
    allowed = role in roles_with("register.see_people")
    answer = signed_in(role).get(reverse("person", args=[person().pk]))
    assert answer.status_code == (200 if allowed else 403)


def test_who_may_not_see_people_learns_nothing_about_who_exists(signed_in):
    client = signed_in(Role.AUDITOR)
    there = client.get(reverse("person", args=[person().pk]))
    nowhere = client.get(reverse("person", args=[uuid.uuid4()]))
    csrf = 'name="csrfmiddlewaretoken" value="'
    bodies = [a.content.decode() for a in (there, nowhere)]
    cleaned = [csrf.join(part[64:] if n else part for n, part in enumerate(body.split(csrf))) for body in bodies]
    paths = [body.replace(a.request["PATH_INFO"], "") for body, a in zip(cleaned, (there, nowhere), strict=True)]
    assert there.status_code == nowhere.status_code == 403 and paths[0] == paths[1]


def test_somebody_who_does_not_exist_is_not_found(signed_in):
    assert signed_in(SEES_ALL).get(reverse("person", args=[uuid.uuid4()])).status_code == 404


def test_names_stand_in_both_scripts_the_reader_s_own_first(signed_in):
    someone = person(given="Mahin", family="Hosseini")
    with unguarded():
        PersonName.objects.create(person=someone, kind="given", script="Arab", text="مهین")
        PersonName.objects.create(person=someone, kind="family", script="Arab", text="حسینی")
    client = signed_in(SEES_ALL)
    english, persian = text_of(client, someone), text_of(client, someone, "fa")
    assert english.index("Mahin Hosseini") < english.index("مهین حسینی")
    assert persian.index("مهین حسینی") < persian.index("Mahin Hosseini")


def test_a_birth_is_shown_as_it_was_told(signed_in):
    someone = person()
    with unguarded():
        type(someone).objects.filter(pk=someone.pk).update(
            born_earliest=date(1957, 3, 21), born_latest=date(1962, 3, 20), birth_precision="about",
            birth_calendar="jalali", birth_as_told="about 1338",
        )  # fmt: skip
    assert "told as “about 1338”" in text_of(signed_in(SEES_ALL), someone)


def test_the_page_says_why_the_reader_sees_it_and_who_else_can(signed_in):
    page = text_of(signed_in(Role.INTERVIEWER), person())
    assert "You see this because the case is assigned to your team “Everybody”." in page
    assert "Administrators and auditors never do." in page


@pytest.mark.parametrize(("code", "exact", "coarse"), [
    ("SM-MI", "Mental illness", "Serious medical condition"), ("DS-MS", "Severe mental disability", "Disability"),
    ("SV-FM", "Forced marriage", "Sexual or gender-based violence"), ("TR-PI", "Impairment due to torture", "Torture"),
])  # fmt: skip
def test_which_condition_a_need_is_stays_with_those_who_must_know(signed_in, code, exact, coarse):
    someone = person(needs=[code])
    client = signed_in(Role.REGISTRAR)
    page = text_of(client, someone)
    assert coarse in page and exact not in page and code not in page
    client.logout()
    assert exact in text_of(signed_in(Role.MEDICAL_OFFICER), someone)


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.SUPERVISOR])
def test_no_need_is_shown_without_the_permission(signed_in, role):
    page = text_of(signed_in(role), person(born=CHILD, needs=["SM-CI", "LP-ND", "SC-UC"]))
    for word in ("SM-CI", "LP-ND", "legal documents", "Serious medical", "Best-interests", "naccompanied"):
        assert word not in page


@pytest.mark.parametrize("role", sorted(roles_with("register.see_people")))
def test_relatives_abroad_are_shown_to_those_who_need_them(signed_in, role):
    page = text_of(signed_in(role), person(links=["SWE"]))
    assert ("Sweden" in page) == (role in roles_with("register.see_relatives_abroad"))


def test_the_family_is_a_tree_with_links_to_the_others_only(signed_in):
    head, child = (
        person(unit="F-1", relationship="head", given="Arash"),
        person(unit="F-1", relationship="child", given="Nima"),
    )
    page = text_of(signed_in(SEES_ALL), child)
    assert reverse("person", args=[head.pk]) in page and f'href="{reverse("person", args=[child.pk])}"' not in page
    assert "One other person is in the family." in page


def test_a_dispute_is_shown_by_role(signed_in):
    someone, other = person(unit="F-1", relationship="child"), person()
    with unguarded():
        Membership.objects.filter(person=someone).update(disputed_by="the aunt")
        Relation.objects.create(person=other, other=someone, kind="guardian", disputed_by="the uncle")
    page = text_of(signed_in(SEES_ALL), someone)
    assert "disputed: the aunt says otherwise" in page and "disputed: the uncle says otherwise" in page
    assert "Under the guardianship of" in page


def test_a_child_without_a_decision_is_the_first_thing_to_be_seen(signed_in):
    child = person(born=CHILD, needs=["SC-UC"])
    officer = text_of(signed_in(Role.CHILD_PROTECTION_OFFICER), child)
    assert "No best-interests decision allows a plan" in officer
    assert reverse("best_interests_new", args=[child.pk]) in officer


def test_a_child_alone_is_unaccompanied_until_an_adult_of_the_family_is_here(signed_in):
    child = person(born=CHILD, unit="F-9", relationship="child")
    client = signed_in(Role.CHILD_PROTECTION_OFFICER)
    assert "Best-interests decision" in text_of(client, child)
    adult = person(unit="F-9", relationship="head", here=False)
    assert "No best-interests decision" in text_of(client, child)
    with unguarded():
        adult.presences.update(ends=None)
    assert "No best-interests decision" not in text_of(client, child)


@pytest.fixture
def giving(account):
    """Record a consent on behalf of the person."""
    by = account(Role.INTERVIEWER, username="an.interviewer").actor()

    def give(someone, starts, ends):
        return record_consent(
            by=by,
            person=someone,
            purpose="submission",
            recipient="DEU",
            starts=starts,
            ends=ends,
            scope=["identity"],
            evidence="signed",
            language="fa",
            at=NOON,
        )

    give.by = by
    return give


@pytest.mark.parametrize(("starts", "ends", "word"), [
    (date(2013, 12, 1), date(2014, 1, 1), "In force"), (date(2014, 1, 1), date(2014, 6, 1), "Not yet in force"),
    (date(2013, 1, 1), date(2013, 12, 31), "Ended"), (date(2013, 12, 31), date(2014, 1, 1), "In force"),
])  # fmt: skip
def test_each_consent_says_where_it_stands(signed_in, giving, starts, ends, word):
    someone = person()
    giving(someone, starts, ends)
    page = text_of(signed_in(SEES_ALL), someone)
    assert f"<span>{word}</span>" in page or f'<span class="quiet">{word}</span>' in page
    assert "Germany" in page


def test_a_withdrawn_consent_stays_on_the_page_and_lets_nothing_leave(signed_in, giving):
    someone = person()
    consent = giving(someone, date(2013, 1, 1), date(2015, 1, 1))
    withdraw_consent(by=giving.by, consent=consent, at=NOON - timedelta(days=1))
    page = text_of(signed_in(SEES_ALL), someone)
    assert "Withdrawn" in page and reverse("consent_withdraw", args=[someone.pk, consent.pk]) not in page


def test_the_last_day_of_a_consent_is_shown_and_still_counts(signed_in):
    someone = person()
    client = signed_in(Role.INTERVIEWER)
    answer = client.post(reverse("consent_new", args=[someone.pk]), {
        "purpose": "submission", "recipient": "DEU", "starts": "2013-12-01", "last_day": "30 June 2014", "language": "fa",
            "scope": ["identity", "birth"], "given_by": "person", "explained": "aloud", "evidence": "thumbprint",
    })  # fmt: skip
    assert answer.status_code == 302
    assert Consent.objects.get().ends == date(2014, 7, 1)
    assert "30 June 2014" in text_of(client, someone)


def test_a_consent_is_withdrawn_after_being_asked_once(signed_in, giving):
    someone = person()
    consent = giving(someone, date(2013, 1, 1), date(2015, 1, 1))
    client, address = signed_in(Role.PROTECTION_OFFICER), reverse("consent_withdraw", args=[someone.pk, consent.pk])
    assert "nothing leaves" in client.get(address).content.decode()
    client.post(address, {})
    assert not hasattr(Consent.objects.get(), "withdrawal")
    assert client.post(address, {"confirmed": "yes"}).status_code == 302
    assert isinstance(Consent.objects.get().withdrawal.withdrawn_at, datetime)


def test_a_consent_of_somebody_else_is_not_found_under_this_person(signed_in, giving):
    consent = giving(person(), date(2013, 1, 1), date(2015, 1, 1))
    address = reverse("consent_withdraw", args=[person().pk, consent.pk])
    assert signed_in(Role.PROTECTION_OFFICER).get(address).status_code == 404


def test_a_role_that_records_no_consents_is_offered_no_form(signed_in):
    page = text_of(signed_in(Role.MEDICAL_OFFICER), person())
    assert "Record a consent" not in page and "Correct the record" not in page


def test_the_time_line_tells_everything_latest_first(signed_in, giving):
    someone = person(here=False)
    giving(someone, date(2013, 1, 1), date(2015, 1, 1))
    page = text_of(signed_in(SEES_ALL), someone)
    line = page[page.index('class="timeline"') :]
    assert line.index("Consented") < line.index("Left the site") < line.index("Arrived at the site")


def test_the_number_of_queries_does_not_grow_with_the_family(signed_in, django_assert_max_num_queries):
    client = signed_in(SEES_ALL)
    someone = person(unit="F-1", relationship="head", needs=["SM-CI"], born=CHILD, links=["DEU"], lived=["DEU"])
    for _n in range(12):
        person(unit="F-1", relationship="child")
    with django_assert_max_num_queries(22):
        text_of(client, someone)


def test_the_title_and_the_address_hold_no_name(signed_in):
    page = text_of(signed_in(SEES_ALL), person(given="Mahin", family="Hosseini"))
    assert "Mahin" not in page.split("<title>")[1].split("</title>")[0]


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_family_pages_show_who_belongs(signed_in, django_assert_max_num_queries, language):
    someone = person(unit="F-7", relationship="head", given="Arash")
    person(unit="F-7", relationship="child", born=CHILD)
    unit = FamilyUnit.objects.get()
    client = signed_in(SEES_ALL)
    with django_assert_max_num_queries(12):
        listed = client.get(reverse("families"), headers={"accept-language": language}).content.decode()
    assert "F-7" in listed
    with django_assert_max_num_queries(12):
        page = client.get(reverse("family", args=[unit.pk]), headers={"accept-language": language}).content.decode()
    assert "Arash Karimi" in page and reverse("person", args=[someone.pk]) in page
