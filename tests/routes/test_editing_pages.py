"""Entering offers: every field, the source of a status, the rule from lists, the next information sheet."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from safeconduct.routes.criteria import Rule, parse
from safeconduct.routes.drafts import NEW, with_criterion, without
from safeconduct.routes.forms.offer import OfferForm
from safeconduct.routes.forms.sheet import NEEDED
from safeconduct.routes.models import InformationSheet, Offer, StatusEntry
from tests.factory import choice, offer, person

pytestmark = pytest.mark.django_db
RULE = reverse("offer_rule", args=["albania"])
GOOD = {
    "key": "norway-2014", "title": "Norway", "provider": "A government", "destination": "NOR", "kind": "resettlement",
    "quota": "20", "medical_quota": "2", "opens_on": "2014-01-10", "closes_on": "31 December 2014", "assumed": ["quota"],
    "conditions_fa": "شرط",
}  # fmt: skip


@pytest.fixture
def officer(signed_in):
    return signed_in(Role.RESETTLEMENT_OFFICER)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", ["offer_new", "offer_edit", "offer_status", "offer_rule", "offer_sheet"])
def test_only_who_edits_offers_opens_the_forms(signed_in, role, name):
    offer()
    address = reverse(name, args=[] if name == "offer_new" else ["albania"])
    assert signed_in(role).get(address).status_code == (200 if role in roles_with("routes.edit_offers") else 403)


def test_every_column_of_an_offer_has_a_field_or_a_page_of_its_own():
    columns = {field.name for field in Offer._meta.get_fields() if getattr(field, "column", None)}
    assert columns - set(OfferForm.base_fields) == {"id", "criteria", "changed_at"}


def test_a_new_offer_is_written_down_as_it_was_given(officer):
    answer = officer.post(reverse("offer_new"), GOOD)
    made = Offer.objects.get(key="norway-2014")
    assert answer.url == reverse("offer", args=["norway-2014"])
    assert (made.quota, made.medical_quota, made.used, made.minimum_fill) == (20, 2, 0, 0)
    assert (made.opens_on, made.closes_on, made.assumed) == (date(2014, 1, 10), date(2014, 12, 31), ["quota"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"medical_quota": "21"}, "medical_quota"), ({"reserved_for_links": "21"}, "reserved_for_links"),
        ({"minimum_fill": "21"}, "minimum_fill"), ({"quota": "-1"}, "quota"), ({"closes_on": "2014-01-01"}, "closes_on"),
        ({"destination": "ZZZ"}, "destination"), ({"title": ""}, "title"), ({"key": "new"}, "key"), ({"key": "a b"}, "key"),
        ({"opens_on": "soon"}, "opens_on"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_saved(officer, change, field):
    page = officer.post(reverse("offer_new"), GOOD | change)
    assert list(page.context["form"].errors) == [field] and not Offer.objects.exists()
    assert 'role="alert"' in page.content.decode()


def test_a_short_name_stands_once(officer):
    offer("norway-2014")
    assert "key" in officer.post(reverse("offer_new"), GOOD).context["form"].errors


def test_a_correction_keeps_what_it_does_not_touch(officer):
    made = offer(criteria="age >= 18", assumed=["quota", "answer"], used=3)
    page = officer.get(reverse("offer_edit", args=["albania"]))
    given = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    officer.post(reverse("offer_edit", args=["albania"]), given | {"provider": "Another state", "assumed": ["used"]})
    made.refresh_from_db()
    assert (made.provider, made.criteria, made.used, made.assumed) == ("Another state", "age >= 18", 3, ["used", "answer"])


def test_a_firm_status_needs_where_it_stands_in_writing(officer):
    offer(status="announced")
    given = {"status": "confirmed", "on": "2013-12-01", "counts": "on"}
    page = officer.post(reverse("offer_status", args=["albania"]), given)
    assert list(page.context["form"].errors) == ["source_text"] and StatusEntry.objects.count() == 1
    officer.post(reverse("offer_status", args=["albania"]), given | {"source_text": "a letter of 1 December"})
    assert StatusEntry.objects.filter(status="confirmed", source_text="a letter of 1 December").exists()


def test_what_is_only_said_may_stand_without_moving_the_status(officer):
    offer(status="announced")
    officer.post(reverse("offer_status", args=["albania"]), {"status": "open", "on": "2013-12-01", "speaker": "A radio"})
    assert officer.get(reverse("offer", args=["albania"])).context["word"] == "Announced"


def test_a_status_of_a_day_to_come_is_refused(officer, settings):
    settings.SITE_TODAY = "2013-12-31"
    offer()
    page = officer.post(reverse("offer_status", args=["albania"]), {"status": "closed", "on": "2014-02-01", "counts": "on"})
    assert "on" in page.context["form"].errors


def test_a_rule_is_built_from_lists_and_read_back_at_once(officer):
    made = offer()
    officer.post(RULE, {"do": "kind:new", "kind": "age"})
    officer.post(RULE, {"do": "add", "operator": ">=", "values": "18"})
    officer.post(RULE, {"do": "kind:new", "kind": "earlier_residence"})
    officer.post(RULE, {"do": "add", "operator": "in", "values": ["DEU", "NOR"]})
    officer.post(RULE, {"do": "kind:1", "kind": "family_link"})
    officer.post(RULE, {"do": "add", "operator": "in", "values": ["DEU"]})
    page = officer.get(RULE)
    assert [clause["reading"] for clause in page.context["clauses"]] == [
        "At least 18 years old", "Lived before in Germany or Norway, or has relatives in Germany",
    ]  # fmt: skip
    made.refresh_from_db()
    assert made.criteria == ""  # nothing changes before it is saved
    assert officer.post(RULE, {"do": "save"}).url == reverse("offer", args=["albania"])
    made.refresh_from_db()
    assert made.criteria == "age >= 18 AND (earlier_residence in DEU|NOR OR family_link in DEU)"


def test_taking_away_the_last_alternative_takes_away_the_condition(officer):
    made = offer(criteria="age >= 18 AND (earlier_residence in DEU OR family_link in DEU)")
    officer.post(RULE, {"do": "drop:1:0"})
    officer.post(RULE, {"do": "drop:0:0"})
    officer.post(RULE, {"do": "save"})
    made.refresh_from_db()
    assert made.criteria == "family_link in DEU"


def test_a_draft_that_is_left_changes_nothing(officer):
    made = offer(criteria="age >= 18")
    officer.post(RULE, {"do": "drop:0:0"})
    officer.post(RULE, {"do": "leave"})
    made.refresh_from_db()
    assert made.criteria == "age >= 18" and not officer.get(RULE).context["changed"]


@pytest.mark.parametrize("value", ["", "121", "-3", "abc"])
def test_a_value_that_does_not_fit_comes_back_with_its_error(officer, value):
    offer()
    officer.post(RULE, {"do": "kind:new", "kind": "age"})
    page = officer.post(RULE, {"do": "add", "operator": ">=", "values": value})
    assert "values" in page.context["form"].errors and not page.context["clauses"]


@pytest.mark.parametrize("deed", ["drop:9:9", "drop:x", "kind:99", "nonsense", ""])
def test_a_step_that_means_nothing_breaks_nothing(officer, deed):
    offer(criteria="age >= 18")
    assert officer.post(RULE, {"do": deed, "kind": "zodiac"}).status_code == 302
    assert len(officer.get(RULE).context["clauses"]) == 1


def test_adding_the_same_condition_twice_leaves_one():
    rule, again = Rule(), parse("age >= 18").clauses[0][0]
    rule = with_criterion(with_criterion(rule, NEW, again), NEW, again)
    assert rule.text() == "age >= 18" and with_criterion(rule, 0, again) == rule
    assert without(rule, 0, 0) == Rule()


def sections(text="Text."):
    return {f"{kind.value}_{code}": f"{text} {code}" for kind in NEEDED for code in ("en", "fa", "ar")}


def test_a_new_sheet_becomes_the_next_version_and_the_old_one_stays(officer):
    made = offer()
    officer.post(reverse("offer_sheet", args=["albania"]), sections())
    newest = InformationSheet.objects.get(offer=made, version=2)
    assert [section.kind for section in newest.sections.all()] == ["unknown", "not_promised", "exclusions", "conditions"]
    assert InformationSheet.objects.get(offer=made, version=1).sections.count() == 1


def test_each_section_is_written_in_all_three_languages(officer):
    made = offer()
    page = officer.post(reverse("offer_sheet", args=["albania"]), sections() | {"unknown_fa": "", "if_yes_en": "You go."})
    assert set(page.context["form"].errors) == {"unknown_fa", "if_yes_fa", "if_yes_ar"}
    assert InformationSheet.objects.filter(offer=made).count() == 1


def test_a_sheet_without_a_difference_is_not_published(officer):
    made = offer()
    officer.post(reverse("offer_sheet", args=["albania"]), sections())
    page = officer.post(reverse("offer_sheet", args=["albania"]), sections())
    assert page.context["form"].non_field_errors() and InformationSheet.objects.filter(offer=made).count() == 2


def test_a_new_sheet_makes_answers_on_the_old_one_outdated(officer, signed_in, settings):
    settings.SITE_TODAY = "2013-12-31"
    who, made = person(), offer()
    choice(who, made)
    officer.post(reverse("offer_sheet", args=["albania"]), sections())
    page = signed_in(Role.INTERVIEWER).get(reverse("person", args=[who.pk])).content.decode()
    assert "Outdated" in page
