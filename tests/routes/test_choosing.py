"""Choosing: the room's question first, silence is no answer, nothing on record before the read-back, provisional when overheard."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from safeconduct.core.audit.models import AuditEntry
from safeconduct.register.models import SpokenLanguage
from safeconduct.routes.asking import may_be_asked
from safeconduct.routes.models import Choice, InformationSheet, SheetSection
from safeconduct.routes.talk import Talk
from tests.factory import choice, offer, person, unguarded

pytestmark = pytest.mark.django_db
ALONE = {"company": ["nobody"], "language": "en", "read_aloud": "yes"}


@pytest.fixture(autouse=True)
def _day_of_the_case(settings):
    settings.SITE_TODAY = "2013-12-31"


@pytest.fixture
def officer(signed_in):
    return signed_in(Role.PROTECTION_OFFICER)


def begin(client, who, **room):
    """The address after the room's question."""
    return client.post(reverse("choosing", args=[who.pk]), ALONE | room).url


def say(client, address, *answers):
    """Answer one offer after the other; gives the address that follows."""
    for answer in answers:
        address = client.post(address, {"answer": answer}).url
    return address


def read_back(client, address):
    """Follow order and family questions without an answer, to the read-back."""
    for _step in range(4):
        page = client.get(address)
        if page.status_code == 302:
            address = page.url
        elif address.endswith("/order/"):
            address = client.post(address, {"done": "yes"}).url
        elif address.endswith("/alone/"):
            address = client.post(address, {"answer": "no"}).url
    return client.get(address)


def record(client, page):
    return client.post(page.wsgi_request.path.replace("/back/", "/record/"))


@pytest.mark.parametrize("role", list(Role))
def test_only_who_records_choices_may_ask(signed_in, role):
    who = person()
    answer = signed_in(role).get(reverse("choosing", args=[who.pk]))
    assert answer.status_code == (200 if role in roles_with("routes.record_choices") else 403)


def test_the_rooms_question_comes_before_any_offer(officer):
    offer(title="Albania"), offer("germany", title="Germany")
    page = officer.get(reverse("choosing", args=[person().pk])).content.decode()
    assert "Who is in the room besides you" in page and "Albania" not in page and "Germany" not in page


@pytest.mark.parametrize(
    "given", [{"company": []}, {"language": ""}, {"read_aloud": ""}, {"company": ["nobody", "family"]}, {"language": "de"}]
)
def test_without_a_clear_answer_about_the_room_nothing_begins(officer, given):
    offer()
    page = officer.post(reverse("choosing", args=[person().pk]), ALONE | given)
    assert page.context["form"].errors and "talks" not in officer.session


def test_one_offer_a_screen_and_the_hard_parts_first(officer):
    made = offer()
    with unguarded():
        sheet = InformationSheet.objects.create(offer=made, version=2, published_on=date(2013, 6, 1))
        for n, kind in enumerate(["if_yes", "conditions", "exclusions", "not_promised", "unknown"], 1):
            SheetSection.objects.create(sheet=sheet, position=n, kind=kind, en=f"About {kind}.", fa="فارسی", ar="عربي")
    page = officer.get(begin(officer, person()))
    said = re.findall(r"About (\w+)\.", page.content.decode())
    assert said == ["exclusions", "not_promised", "unknown", "if_yes", "conditions"]
    assert "Information sheet 2 of 1 June 2013" in page.content.decode()


def test_that_nobody_may_decide_is_said_once_before_the_first_offer(officer):
    who = person()
    offer("albania"), offer("germany")
    first = begin(officer, who)
    assert "Nobody may decide for you." in officer.get(first).content.decode()
    assert "Nobody may decide for you." not in officer.get(say(officer, first, "yes")).content.decode()


def test_the_three_answers_look_alike(officer):
    offer()
    page = officer.get(begin(officer, person())).content.decode()
    buttons = re.findall(r'<button class="([^"]+)" name="answer" value="(yes|no|not_now)">', page)
    assert [value for _look, value in buttons] == ["yes", "no", "not_now"] and len({look for look, _value in buttons}) == 1


def test_the_sheet_is_read_in_the_language_that_was_chosen_whatever_the_officers(officer):
    offer()
    page = officer.get(begin(officer, person(), language="fa"), headers={"accept-language": "en"}).content.decode()
    assert "هیچ‌کس مستثنا نیست." in page and '<html lang="fa" dir="rtl">' in page


def test_the_persons_first_language_is_offered(officer):
    offer()
    who = person()
    with unguarded():
        SpokenLanguage.objects.create(person=who, language="ar")
    assert officer.get(reverse("choosing", args=[who.pk])).context["form"].initial["language"] == "ar"


@pytest.mark.parametrize(
    ("status", "sheet", "closes", "asked"),
    [("reported", True, None, False), ("discussed", True, None, False), ("announced", True, None, True),
     ("confirmed", True, None, True),
     ("open", True, None, True), ("suspended", True, None, False), ("closed", True, None, False), ("", True, None, False),
     ("open", False, None, False), ("open", True, date(2013, 12, 30), False), ("open", True, date(2013, 12, 31), True)],
)  # fmt: skip
def test_a_person_is_asked_only_about_what_was_announced_and_can_be_explained(status, sheet, closes, asked):
    assert may_be_asked(status=status, closes_on=closes, on=date(2013, 12, 31), has_sheet=sheet).allowed is asked


def test_offers_that_nobody_can_be_asked_about_do_not_appear(officer):
    offer("albania"), offer("rumour", status="reported"), offer("mute", sheet=False)
    address = begin(officer, person())
    assert "Offer 1 of 1" in officer.get(address).content.decode()


def test_where_there_is_nothing_to_ask_the_page_says_so(officer):
    offer(status="reported")
    who = person()
    page = officer.post(reverse("choosing", args=[who.pk]), ALONE)
    assert "No offer was announced" in page.content.decode() and "talks" not in officer.session


def test_a_private_talk_is_recorded_with_everything_that_was_said(officer):
    albania, germany, norway, sweden = offer("albania"), offer("germany"), offer("norway"), offer("sweden")
    who = person(unit="F-1")
    address = say(officer, begin(officer, who, company=["interpreter"], language="fa"), "yes", "yes", "no", "not_now")
    assert address.endswith("/order/")
    officer.post(address, {"move": "up:germany"})
    address = officer.post(address, {"done": "yes"}).url
    address = officer.post(address, {"answer": "yes"}).url
    page = officer.get(address)
    assert not Choice.objects.exists()
    assert record(officer, page).url == reverse("person", args=[who.pk]) + "#choices"
    made = Choice.objects.get()
    assert [(e.offer, e.answer, e.rank, e.sheet.version) for e in made.entries.order_by("offer__key")] == [
        (albania, "yes", 2, 1), (germany, "yes", 1, 1), (norway, "no", None, 1), (sweden, "not_now", None, 1),
    ]  # fmt: skip
    assert (made.language, made.read_aloud, made.present, made.interpreter_chosen) == (
        "fa",
        True,
        ["interpreter", "interviewer"],
        True,
    )
    assert (made.alone, made.taken_on, made.taken_by.username) == (True, date(2013, 12, 31), "protection_officer")


def test_silence_is_recorded_as_no_answer_at_all(officer):
    offer("albania"), offer("germany")
    page = read_back(officer, say(officer, begin(officer, person()), "", "no"))
    assert "Silence is not a no" in page.content.decode()
    record(officer, page)
    assert [entry.offer.key for entry in Choice.objects.get().entries.all()] == ["germany"]


def test_a_talk_without_any_answer_records_nothing(officer):
    offer()
    page = read_back(officer, say(officer, begin(officer, person()), ""))
    assert "That is not a no" in page.content.decode()
    record(officer, page)
    assert not Choice.objects.exists()


@pytest.mark.parametrize("who_else", ["family", "official", "resident", "other", "interpreter_not_chosen"])
def test_an_overheard_talk_is_provisional_and_says_why_and_what_to_do(officer, who_else):
    offer()
    who = person()
    address = begin(officer, who, company=[who_else])
    page = officer.get(address)
    assert address.endswith("/provisional/") and page.context["why"] and "What to do" in page.content.decode()
    page = read_back(officer, say(officer, page.context["onward"], "yes"))
    assert "Provisional" in page.content.decode()
    record(officer, page)
    made = Choice.objects.get()
    assert set(made.present) > {"interviewer"} and made.interpreter_chosen is (who_else != "interpreter_not_chosen")
    assert "Provisional" in officer.get(reverse("person", args=[who.pk])).content.decode()


def test_when_somebody_comes_in_the_screen_shows_nothing_and_nothing_is_on_record(officer):
    offer(title="Albania")
    who = person(given="Mahin")
    address = begin(officer, who)
    stop = officer.get(officer.get(address).context["stop_url"])
    assert "Albania" not in stop.content.decode() and "Mahin" not in stop.content.decode()
    assert officer.get(stop.context["onward"]).status_code == 200
    assert officer.post(stop.wsgi_request.path).url == reverse("person", args=[who.pk])
    assert officer.get(address).status_code == 410 and not Choice.objects.exists()


def test_whoever_came_in_and_stayed_is_written_down(officer):
    offer()
    who = person()
    address = begin(officer, who)
    room = re.sub(r"\d+/$", "room/", address)
    assert officer.get(room).context["form"].initial["company"] == ["nobody"]
    assert officer.post(room, ALONE | {"company": ["official"]}).url.endswith("/provisional/")
    record(officer, read_back(officer, say(officer, address, "yes")))
    assert Choice.objects.get().present == ["interviewer", "official"]


def test_an_answer_can_be_changed_before_it_is_recorded(officer):
    offer("albania"), offer("germany")
    address = begin(officer, person())
    say(officer, address, "yes", "yes")
    page = read_back(officer, say(officer, address, "no"))
    assert [title for title, _url in page.context["yes"]] == ["Germany"] and [title for title, _url in page.context["no"]] == [
        "Albania"
    ]


def test_a_talk_that_leaves_an_earlier_answer_out_says_that_it_no_longer_counts(officer):
    albania, _germany = offer("albania"), offer("germany")
    who = person()
    choice(who, albania)
    page = read_back(officer, say(officer, begin(officer, who), "", "yes"))
    assert page.context["lost"] == ["Albania"] and "the earlier answer no longer counts" in page.content.decode()


def test_only_one_who_has_a_family_here_is_asked_about_going_alone(officer):
    offer()
    single, related = person(), person(unit="F-1")
    assert officer.get(say(officer, begin(officer, single), "yes").replace("/order/", "/alone/")).status_code == 302
    assert officer.get(say(officer, begin(officer, related), "yes").replace("/order/", "/alone/")).status_code == 200


def test_the_answer_stays_on_the_sheet_that_was_read_when_a_newer_one_appears(officer):
    made = offer()
    address = begin(officer, person())
    with unguarded():
        InformationSheet.objects.create(offer=made, version=2, published_on=date(2013, 12, 31))
    record(officer, read_back(officer, say(officer, address, "yes")))
    assert Choice.objects.get().entries.get().sheet.version == 1


def test_recording_twice_records_once(officer):
    offer()
    page = read_back(officer, say(officer, begin(officer, person()), "yes"))
    record(officer, page)
    assert record(officer, page).status_code == 410 and Choice.objects.count() == 1


def test_a_talk_belongs_to_one_session_and_to_one_person(officer, account, client):
    offer()
    who, other = person(), person()
    address = begin(officer, who)
    assert officer.get(address.replace(str(who.pk), str(other.pk))).status_code == 410
    client.logout()
    client.force_login(account(Role.INTERVIEWER), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 410


def test_addresses_carry_no_name_and_no_answer(officer):
    offer("albania"), offer("germany")
    who = person(given="Mahin", family="Hosseini")
    addresses = [begin(officer, who)]
    for answer in ("yes", "not_now"):
        addresses.append(officer.post(addresses[-1], {"answer": answer}).url)
    allowed = r"/people/[0-9a-f-]{36}/choosing/[0-9a-f-]{36}/(\d+|order)/"
    assert all(re.fullmatch(allowed, address) for address in addresses)


def test_a_number_beyond_the_offers_is_not_there(officer):
    offer()
    address = begin(officer, person())
    assert officer.get(address.replace("/1/", "/2/")).status_code == 404


def test_reading_a_page_writes_nothing_and_asks_little(officer, django_assert_max_num_queries):
    for n in range(6):
        offer(f"offer-{n}")
    address = begin(officer, person(unit="F-1"))
    before = AuditEntry.objects.count()
    for one in (address, say(officer, address, "yes", "yes", "no", "", "", "yes"), re.sub(r"\d+/$", "back/", address)):
        with django_assert_max_num_queries(12):
            assert officer.get(one).status_code == 200
    assert AuditEntry.objects.count() == before


def fresh(*offers):
    return Talk("p", "en", True, ["interviewer"], True, list(offers), dict.fromkeys(offers, 1))


steps = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["yes", "no", "not_now", "", "up", "down"])), max_size=30)


@given(steps=steps)
def test_the_order_is_always_exactly_the_offers_answered_with_yes(steps):
    talk = fresh("a", "b", "c", "d")
    for offer_key, deed in steps:
        talk.move(f"{deed}:{offer_key}") if deed in ("up", "down") else talk.answer(offer_key, deed)
        assert sorted(talk.order) == sorted(key for key, said in talk.answers.items() if said == "yes")


@given(order=st.permutations("abcd"), offer_key=st.sampled_from("abcd"))
def test_moving_up_and_down_again_gives_the_same_order(order, offer_key):
    talk = fresh("a", "b", "c", "d")
    for one in order:
        talk.answer(one, "yes")
    if talk.order[0] != offer_key:
        talk.move(f"up:{offer_key}")
        talk.move(f"down:{offer_key}")
    assert talk.order == list(order)
