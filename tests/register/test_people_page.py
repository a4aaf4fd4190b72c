"""The people list: search first, no name in any address."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from safeconduct.register.models import BestInterestsDecision, Relation
from safeconduct.register.residents import residents
from tests.factory import person, unguarded

pytestmark = pytest.mark.django_db
PEOPLE = reverse("people")


def find(client, text):
    """The page to which a search leads."""
    return client.get(client.post(PEOPLE, {"text": text}).url)


@pytest.mark.parametrize("role", list(Role))
def test_the_list_opens_for_casework_and_for_nobody_else(signed_in, role):
    allowed = role in roles_with("register.see_people")
    assert signed_in(role).get(PEOPLE).status_code == (200 if allowed else 403)


def test_the_first_sentence_counts_who_is_here_and_who_has_left(signed_in):
    person(), person(), person(here=False)
    page = signed_in(Role.REGISTRAR).get(PEOPLE).content.decode()
    assert "2 people</a> are here" in page and "1</a> has left" in page


@pytest.mark.parametrize("asked", ["Hosseini", "حسینی", "Husayni Mahin", "الحسيني", "hoseyni"])
def test_a_name_is_found_in_either_script_spelling_and_order(signed_in, asked):
    wanted = person(given="Mahin", family="Hosseini", father="Karim")
    person(given="Arman", family="Zarrin", father="Karim")
    page = find(signed_in(Role.REGISTRAR), asked).content.decode()
    assert str(wanted.pk) in page and "Zarrin" not in page


def test_what_was_searched_stands_in_no_address_and_no_header(signed_in):
    person(given="Mahin", family="Hosseini", father="Karim")
    client = signed_in(Role.REGISTRAR)
    answer = client.post(PEOPLE, {"text": "Hosseini"})
    assert answer.status_code == 302 and "osseini" not in str(answer.headers)
    page = client.get(answer.url)
    links = [part.split('"')[0] for part in page.content.decode().split('href="')[1:]]
    assert links and not [link for link in links if "osseini" in link.lower()]
    assert "osseini" not in str(page.headers)


def test_a_token_means_nothing_to_somebody_else(signed_in, account, client):
    person(given="Mahin", family="Hosseini", father="Karim")
    address = signed_in(Role.REGISTRAR).post(PEOPLE, {"text": "Hosseini"}).url
    client.logout()
    client.force_login(account(Role.SUPERVISOR), backend="django.contrib.auth.backends.ModelBackend")
    assert "no longer remembered" in client.get(address).content.decode()


def test_a_result_says_why_it_is_there_and_how_the_words_were_read(signed_in):
    person(given="Mahin", family="Hosseini", father="Karim")
    page = find(signed_in(Role.REGISTRAR), "حسینی").content.decode()
    assert "met as a part of the name" in page
    assert "<mark>Hosseini</mark>" in page
    assert "Read by its consonants" in page and "Spellings that met" in page


def test_the_likeliest_comes_first(signed_in):
    person("T-A", given="Hosein", family="Mahini", father="Karim")
    person("T-B", given="Mahin", family="Hosseini", father="Karim")
    page = find(signed_in(Role.REGISTRAR), "Mahin Hosseini").content.decode()
    assert page.index("T-B") < page.index("T-A") if "T-A" in page else "T-B" in page


def test_an_empty_result_says_what_was_tried_and_what_to_do(signed_in):
    person()
    page = find(signed_in(Role.REGISTRAR), "Xerxes").content.decode()
    assert "Nobody has a name or number that may be read as" in page
    assert "Tried: every script" in page and "Try the given name alone" in page


def test_somebody_is_found_by_number_whatever_the_digits(signed_in):
    wanted, other = person("T-0412"), person("T-0999")
    page = find(signed_in(Role.REGISTRAR), "t-۰۴۱۲").content.decode()
    assert str(wanted.pk) in page and str(other.pk) not in page and "the number begins so" in page


def test_a_search_finds_those_who_left_too_and_says_so(signed_in):
    person(given="Mahin", family="Hosseini", father="Karim", here=False)
    page = find(signed_in(Role.REGISTRAR), "Hosseini").content.decode()
    assert "still here: <a" in page and ">0</a>" in page and "left, 1 June 2013" in page


@pytest.mark.parametrize(("query", "there", "absent"), [
    ("presence=left", "T-LEFT", "T-HERE"), ("presence=here", "T-HERE", "T-LEFT"), ("age=child", "T-CHILD", "T-HERE"),
    ("age=older", "T-OLD", "T-CHILD"), ("block=9", "T-NINE", "T-HERE"), ("need=any", "T-NEED", "T-HERE"),
    ("presence=nonsense&age=x", "T-HERE", "T-LEFT"),
])  # fmt: skip
def test_filters_show_what_they_say(signed_in, query, there, absent):
    person("T-HERE", born=date(1980, 1, 1))
    person("T-LEFT", here=False)
    person("T-CHILD", born=date(2003, 1, 1))
    person("T-OLD", born=date(1940, 1, 1))
    person("T-NINE", block="9")
    person("T-NEED", needs=["LP-ND"])
    page = signed_in(Role.REGISTRAR).get(f"{PEOPLE}?{query}").content.decode()
    assert there in page and absent not in page


def test_filters_hold_within_a_search(signed_in):
    person("T-NINE", given="Mahin", family="Hosseini", father="Karim", block="9")
    person("T-ONE", given="Mahin", family="Hosseini", father="Karim", block="1")
    client = signed_in(Role.REGISTRAR)
    address = client.post(PEOPLE, {"text": "Hosseini"}).url
    page = client.get(f"{address}&block=9").content.decode()
    assert "T-NINE" in page and "T-ONE" not in page


def test_who_may_not_see_needs_cannot_filter_by_them(signed_in):
    person("T-NEED", needs=["TR-PI"])
    person("T-NONE")
    page = signed_in(Role.TRACING_OFFICER).get(f"{PEOPLE}?need=any").content.decode()
    assert "T-NEED" in page and "T-NONE" in page and "Specific needs" not in page


def test_pages_follow_each_other_without_gap_or_overlap(signed_in):
    numbers = {person(f"T-P{n:03}").number for n in range(60)}
    client, seen, query = signed_in(Role.REGISTRAR), [], ""
    while True:
        answer = client.get(f"{PEOPLE}{query}")
        seen += [row.person.number for row in answer.context["rows"]]
        if not answer.context["after"]:
            break
        query = f"?after={answer.context['after']}"
    assert len(seen) == len(set(seen)) and set(seen) == numbers


def test_what_waits_stands_in_the_row(signed_in):
    person("T-KID", born=date(2003, 1, 1), needs=["SC-UC"])
    page = signed_in(Role.CHILD_PROTECTION_OFFICER).get(PEOPLE).content.decode()
    assert "Best-interests decision" in page and "Name in Persian script" in page


def test_an_age_in_doubt_is_shown_as_perhaps_under_18(signed_in):
    from tests.factory import unguarded

    someone = person()
    with unguarded():
        type(someone).objects.filter(pk=someone.pk).update(
            born_earliest=date(1993, 1, 1), born_latest=date(1997, 12, 31), birth_precision="about"
        )
    page = signed_in(Role.REGISTRAR).get(PEOPLE).content.decode()
    assert "between 16 and 20 years" in page and "perhaps under 18" in page and "about, as told" in page


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_the_list_takes_at_most_twelve_queries(signed_in, django_assert_max_num_queries, language):
    for n in range(30):
        person(f"T-Q{n:02}", unit=f"F-{n % 7}", born=date(2003, 1, 1), needs=["SM-CI"])
    client = signed_in(Role.PROTECTION_OFFICER)
    with django_assert_max_num_queries(12):
        assert client.get(PEOPLE, headers={"accept-language": language}).status_code == 200
    address = client.post(PEOPLE, {"text": "Mina Karimi"}).url
    with django_assert_max_num_queries(12):
        page = client.get(f"{address}&presence=here", headers={"accept-language": language})
    assert len(page.context["rows"]) == 25


def test_a_long_search_is_paged(signed_in):
    for n in range(30):
        person(f"T-Q{n:02}")
    client = signed_in(Role.REGISTRAR)
    address = client.post(PEOPLE, {"text": "Karimi"}).url
    assert len(client.get(f"{address}&after=25").context["rows"]) == 5


def test_the_page_holds_nothing_outside_the_reader_s_path(signed_in):
    page = find(signed_in(Role.REGISTRAR), "Mina").content.decode()
    for part in page.split('href="')[1:]:
        assert not urlsplit(part.split('"')[0]).netloc


def test_somebody_met_by_the_father_s_name_alone_is_said_to_be(signed_in):
    person(given="Mina", family="Karimi", father="Hosein")
    assert "by a forefather" in find(signed_in(Role.REGISTRAR), "Hoseini").content.decode()


@pytest.mark.parametrize(
    ("guardian", "waits"),
    [({}, False), ({"disputed_by": "the uncle"}, True), ({"ends": date(2013, 1, 1)}, True), ({"left": True}, True)],
)
def test_a_child_waits_for_a_decision_unless_an_undisputed_guardian_is_here(signed_in, guardian, waits):
    """The list and the plan follow one rule."""
    child, aunt = person(born=date(2003, 1, 1)), person()
    with unguarded():
        if guardian.pop("left", False):
            aunt.presences.update(ends=date(2013, 5, 1))
        Relation.objects.create(person=aunt, other=child, kind="guardian", **guardian)
    page = signed_in(Role.PROTECTION_OFFICER).get(PEOPLE).content.decode()
    assert ("Best-interests decision" in page) == waits
    assert next(residents(on=date(2013, 12, 31), only=[child.pk])).unaccompanied == waits


def test_a_decision_of_a_later_day_does_not_count_today(signed_in):
    child = person(born=date(2003, 1, 1))
    with unguarded():
        BestInterestsDecision.objects.create(person=child, decided_on=date(2999, 1, 1), allows_plan=True, own_views_heard=True)
    assert "Best-interests decision" in signed_in(Role.PROTECTION_OFFICER).get(PEOPLE).content.decode()


def test_a_name_that_nobody_has_as_asked_is_said_to_differ(signed_in):
    person(given="Soleiman", family="Forouzanfar")
    page = find(signed_in(Role.REGISTRAR), "Forouganfar").content.decode()
    assert "Nobody has the name as it was asked: these differ in a letter." in page
