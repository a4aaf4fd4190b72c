"""The list of offers, the page of one, and what governs the site: what they say, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from safeconduct.core.sources.models import Source
from safeconduct.routes.models import Instrument, OfferClaim, Reading, StatusEntry
from tests.factory import offer, unguarded

pytestmark = pytest.mark.django_db
OFFERS = reverse("offers")


def page_of(key):
    return reverse("offer", args=[key])


def source(key="UN-1", **values):
    with unguarded():
        return Source.objects.create(
            key=key, publisher=values.pop("publisher", "A publisher"), publisher_kind="un", title="A statement",
            published=values.pop("published", "2013-03"), url=f"https://example.org/{key}", **values,
        )  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("address", [OFFERS, page_of("albania"), reverse("regime")])
def test_who_may_see_offers(signed_in, role, address):
    offer()
    allowed = role in roles_with("routes.see_offers")
    assert signed_in(role).get(address).status_code == (200 if allowed else 403)


def test_nobody_sees_an_offer_without_signing_in(client):
    offer()
    assert client.get(page_of("albania")).status_code == 302


def test_an_offer_that_does_not_exist_is_not_there(signed_in):
    assert signed_in(Role.INTERVIEWER).get(page_of("atlantis")).status_code == 404


@pytest.mark.parametrize("address", [OFFERS, page_of("albania")])
def test_no_place_is_promised_and_the_receiving_state_decides(signed_in, address):
    offer()
    page = signed_in(Role.INTERVIEWER).get(address).content.decode()
    assert "No place is promised" in page and "receiving state decides" in page


def test_what_cannot_be_planned_stands_apart_with_its_reason(signed_in):
    offer("albania"), offer("romania", status="discussed"), offer("past", closes_on=date(2013, 1, 1))
    page = signed_in(Role.INTERVIEWER).get(OFFERS)
    assert [row["offer"].key for row in page.context["planned"]] == ["albania"]
    assert {row["offer"].key: str(row["why"]) for row in page.context["others"]} == {
        "past": "Its time is over.", "romania": "Nobody confirmed it in writing. It may stand in a scenario only.",
    }  # fmt: skip
    assert "1 way out is open" in page.content.decode() and "2 more are only talked about" in page.content.decode()


def test_a_quota_that_nobody_published_is_marked_as_assumed(signed_in):
    offer("sure"), offer("perhaps", assumed=["quota"])
    client = signed_in(Role.INTERVIEWER)
    assert 'class="tag">assumed' not in client.get(page_of("sure")).content.decode()
    assert 'class="tag">assumed' in client.get(page_of("perhaps")).content.decode()


def test_titles_and_texts_stand_in_the_readers_language(signed_in):
    offer(title_fa="آلبانی", conditions="Conditions.", conditions_fa="شرط‌ها")
    client = signed_in(Role.INTERVIEWER)
    page = client.get(page_of("albania"), headers={"accept-language": "fa"}).content.decode()
    assert "آلبانی" in page and "شرط‌ها" in page and 'dir="rtl"' in page
    assert "Conditions." in client.get(page_of("albania")).content.decode()


def test_a_text_without_a_translation_falls_back_to_english(signed_in):
    offer(title="Only English", conditions="Conditions.")
    page = signed_in(Role.INTERVIEWER).get(page_of("albania"), headers={"accept-language": "ar"}).content.decode()
    assert "Only English" in page and "Conditions." in page


def test_who_may_go_is_said_in_plain_sentences(signed_in):
    offer(criteria="age >= 18 AND (earlier_residence in DEU OR family_link in DEU)")
    page = signed_in(Role.INTERVIEWER).get(page_of("albania"))
    assert page.context["who"] == ["At least 18 years old", "Lived before in Germany, or has relatives in Germany"]
    assert "All of these must hold" in page.content.decode()


def test_statuses_that_contradict_each_other_both_stay(signed_in):
    made, said = offer(), source()
    with unguarded():
        StatusEntry.objects.create(
            offer=made, status="closed", on=date(2013, 5, 1), speaker="A minister", source=said, counts=False
        )
    page = signed_in(Role.INTERVIEWER).get(page_of("albania"))
    text = page.content.decode()
    assert "A minister" in text and "does not move the status" in text and "a letter" in text
    assert page.context["word"] == "Open"
    assert [rung["label"] for rung in page.context["rungs"]] == ["Open"]


def test_the_ladder_shows_what_is_still_ahead(signed_in):
    offer(status="announced")
    rungs = signed_in(Role.INTERVIEWER).get(page_of("albania")).context["rungs"]
    assert [(rung["label"], rung["state"]) for rung in rungs] == [
        ("Announced", "now"), ("Confirmed in writing", "ahead"), ("Open", "ahead"),
    ]  # fmt: skip


def test_what_is_said_again_is_no_new_rung(signed_in):
    made = offer(status="open")
    with unguarded():
        StatusEntry.objects.create(offer=made, status="open", on=date(2013, 5, 15), source_text="another letter")
    page = signed_in(Role.INTERVIEWER).get(page_of("albania"))
    assert [(rung["label"], rung["on"]) for rung in page.context["rungs"]] == [("Open", date(2013, 3, 16))]
    assert "another letter" in page.content.decode(), "who said what keeps both"


def test_claims_that_differ_stand_side_by_side_with_their_sources(signed_in):
    made, one, other = offer(), source("A"), source("B", publisher="Another publisher")
    with unguarded():
        OfferClaim.objects.create(
            offer=made, about="quota", says="210 people", speaker="A commissioner", source=one, said="2013-03-18"
        )
        OfferClaim.objects.create(
            offer=made, about="quota", says="up to 210 people", speaker="A ministry", source=other, said="2013"
        )
        OfferClaim.objects.create(offer=made, about="guarantor", says="the Red Cross", speaker="An envoy", source=None, said="")
    page = signed_in(Role.INTERVIEWER).get(page_of("albania"))
    assert {group["about"]: group["differ"] for group in page.context["claims"]} == {"Guarantor": False, "Places": True}
    text = page.content.decode()
    assert "18 March 2013" in text and "Another publisher" in text and "https://example.org/B" in text


def test_the_bar_parts_the_places_into_taken_reserved_medical_and_free(signed_in):
    offer(quota=100, used=71, medical_quota=6, reserved_for_links=10)
    bar = signed_in(Role.INTERVIEWER).get(page_of("albania")).context["bar"]
    assert (bar["gone"], bar["reserved_free"], bar["medical_free"], bar["free"]) == (71, 10, 6, 13)


@pytest.mark.parametrize("used", [0, 95, 100, 120])
def test_no_stretch_of_the_bar_is_negative_and_none_exceeds_the_quota(signed_in, used):
    offer(quota=100, used=used, medical_quota=50, reserved_for_links=60)
    bar = signed_in(Role.INTERVIEWER).get(page_of("albania")).context["bar"]
    parts = [bar[name] for name in ("gone", "reserved_free", "medical_free", "free")]
    assert min(parts) >= 0 and sum(parts) == 100


def test_places_that_are_only_talked_about_are_dashed(signed_in):
    offer(status="discussed")
    page = signed_in(Role.INTERVIEWER).get(page_of("albania"))
    assert page.context["bar"]["certain"] is False and "Dashed: these places cannot be used now." in page.content.decode()


def test_an_offer_without_an_upper_limit_says_so(signed_in):
    offer(quota=None)
    assert "no upper limit" in signed_in(Role.INTERVIEWER).get(page_of("albania")).content.decode()


def test_only_those_who_edit_offers_find_the_ways_to_edit(signed_in):
    offer()
    edit = reverse("offer_edit", args=["albania"])
    assert edit not in signed_in(Role.INTERVIEWER).get(page_of("albania")).content.decode()
    assert edit in signed_in(Role.RESETTLEMENT_OFFICER).get(page_of("albania")).content.decode()


def test_a_page_asks_the_database_few_questions_however_many_offers_there_are(signed_in, django_assert_max_num_queries):
    for n in range(12):
        offer(f"offer-{n}")
    client = signed_in(Role.INTERVIEWER)
    for address in (OFFERS, page_of("offer-3")):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_a_disputed_reading_stays_a_claim_beside_the_other(signed_in, django_assert_max_num_queries):
    said = source()
    with unguarded():
        law = Instrument.objects.create(
            key="MOU", kind="agreement", title="An agreement", day="2011-12-25", says="It says this.", source=said
        )
        Instrument.objects.create(key="OLD", kind="instrument", title="A convention", day="1951")
        Reading.objects.create(instrument=law, says="It binds.", speaker="A professor", disputed_by="A ministry", source=said)
    client = signed_in(Role.INTERVIEWER)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("regime"))
    text = page.content.decode()
    assert [year for year, _shown in page.context["years"]] == ["1951", "2011"]
    assert "reading disputed" in text and "A professor" in text and "A ministry" in text and "25 December 2011" in text
