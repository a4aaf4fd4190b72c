"""Registering and correcting by hand, moving, families, relations, decisions."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from safeconduct.core.access.refusals import NotPermitted
from safeconduct.core.access.roles import Role
from safeconduct.core.audit.models import AuditEntry
from safeconduct.register.actions import (
    add_relation,
    decide_best_interests,
    join_family,
    leave_family,
    move_person,
    refusals,
)
from safeconduct.register.actions import record_leaving as leaves
from safeconduct.register.models import BestInterestsDecision, Membership, NameKey, Need, Person, Presence, Relation
from tests.factory import NOON, TODAY, person

pytestmark = pytest.mark.django_db
NEW = reverse("person_new")
GIVEN = {
    "number": "L-0412", "given_arab": "مهین", "family_latn": "Hosseini-Rad", "given_latn": "Mahin", "father_latn": "Karim",
    "sex": "female", "birth": "about 1338", "nationalities": "Iran; stateless", "languages": ["fa", "de"], "urgency": "normal",
    "needs": ["SM-CI"], "status": "refugee", "status_since": "21 خرداد 1392", "block": "4", "arrived_on": "2012-09-16",
}  # fmt: skip


def correcting(client, someone, **changes):
    """Post the correction form as a browser would: what stands there, and the changes."""
    address = reverse("person_correct", args=[someone.pk])
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields}
    return client.post(address, {k: v for k, v in {**given, **changes}.items() if v is not None})


def test_one_person_is_registered_with_names_in_both_scripts(signed_in):
    answer = signed_in(Role.REGISTRAR).post(NEW, GIVEN)
    someone = Person.objects.get()
    assert answer.url == reverse("person", args=[someone.pk])
    assert set(someone.names.values_list("kind", "script", "text")) == {
        ("given", "Arab", "مهین"), ("given", "Latn", "Mahin"), ("family", "Latn", "Hosseini-Rad"), ("father", "Latn", "Karim"),
    }  # fmt: skip
    assert set(someone.nationalities.values_list("country", flat=True)) == {"IRN", "XXA"}
    assert set(someone.languages.values_list("language", flat=True)) == {"fa", "de"}
    assert someone.presences.get().block == "4" and someone.presences.get().starts == date(2012, 9, 16)
    assert someone.statuses.get().since == date(2013, 6, 11)


def test_a_birth_is_kept_as_told_and_as_the_years_it_may_mean(signed_in):
    signed_in(Role.REGISTRAR).post(NEW, GIVEN)
    someone = Person.objects.get()
    # Two years each way of 1338, from Nowruz 1336 to the end of 1340.
    assert (someone.born_earliest, someone.born_latest) == (date(1957, 3, 21), date(1962, 3, 20))
    assert (someone.birth_precision, someone.birth_calendar, someone.birth_as_told) == ("about", "jalali", "about 1338")


def test_somebody_registered_by_hand_is_found_in_the_other_script(signed_in):
    client = signed_in(Role.REGISTRAR)
    client.post(NEW, GIVEN)
    page = client.get(client.post(reverse("people"), {"text": "حسینی راد"}).url).content.decode()
    assert str(Person.objects.get().pk) in page


@pytest.mark.parametrize(("field", "value", "says"), [
    ("birth", "31.12.45", "two digits"), ("birth", "31 June 1961", "has 30 days"),
    ("birth", "03/05/1961", "two ways"), ("birth", "2 May 2031", "still to come"),
    ("nationalities", "Iran; Atlantis", "Word 2 is not known"), ("number", "", "required"), ("status_since", "1392", "exact day"),
])  # fmt: skip
def test_what_cannot_be_read_stands_beside_its_field_and_nothing_is_saved(signed_in, field, value, says):
    page = signed_in(Role.REGISTRAR).post(NEW, {**GIVEN, field: value}).content.decode()
    assert 'class="errors"' in page and says in page and f'href="#id_{field}"' in page
    assert not Person.objects.exists()


def test_all_faults_are_said_at_once(signed_in):
    answer = signed_in(Role.REGISTRAR).post(NEW, {**GIVEN, "number": "", "birth": "x1", "nationalities": "Atlantis"})
    assert set(answer.context["form"].errors) == {"number", "birth", "nationalities"}


def test_nobody_is_registered_without_any_name(signed_in):
    nameless = {k: v for k, v in GIVEN.items() if not k.endswith(("_arab", "_latn"))}
    assert "at least one name" in signed_in(Role.REGISTRAR).post(NEW, nameless).content.decode()


def test_a_number_belongs_to_one_person_only(signed_in):
    person("L-0412")
    answer = signed_in(Role.REGISTRAR).post(NEW, GIVEN)
    assert "belongs to somebody already" in answer.content.decode() and Person.objects.count() == 1


def test_only_who_registers_may_register(signed_in):
    client = signed_in(Role.INTERVIEWER)
    assert client.get(NEW).status_code == client.post(NEW, GIVEN).status_code == 403
    assert not Person.objects.exists()


def test_a_correction_left_alone_changes_nothing(signed_in):
    client = signed_in(Role.REGISTRAR)
    client.post(NEW, GIVEN)
    someone = Person.objects.get()
    before = (someone.born_earliest, set(someone.names.values_list("kind", "text")), someone.changed_at)
    assert correcting(client, someone).status_code == 302
    someone.refresh_from_db()
    assert before == (someone.born_earliest, set(someone.names.values_list("kind", "text")), someone.changed_at)
    assert json.loads(AuditEntry.objects.order_by("-number").first().facts) == {"fields": []}


def test_the_audit_chain_keeps_which_fields_changed_and_not_what_stood_in_them(signed_in):
    client, someone = signed_in(Role.PROTECTION_OFFICER), person(given="Mahin")
    correcting(client, someone, given_latn="Mahineh", birth="1340", sex="other")
    entry = AuditEntry.objects.order_by("-number").first()
    assert entry.act == "person corrected" and entry.subject == f"register.person:{someone.pk}"
    assert json.loads(entry.facts)["fields"] == ["birth", "names", "sex"]
    assert not AuditEntry.objects.filter(facts__contains="ahin").exists()


def test_a_corrected_name_is_found_and_the_old_one_no_longer(signed_in):
    client, someone = signed_in(Role.REGISTRAR), person(given="Mahin", family="Zarrin", father="Karim")
    correcting(client, someone, family_latn="Behbahani")
    keys = set(NameKey.objects.filter(person=someone, kind="family").values_list("key", flat=True))
    from safeconduct.engines.linkage.names import fold

    assert keys == {fold("Behbahani")}


def test_an_age_told_then_does_not_shift_when_something_else_is_corrected(signed_in, settings):
    client = signed_in(Role.REGISTRAR)
    client.post(NEW, {**GIVEN, "birth": "about 50 years"})
    someone = Person.objects.get()
    born = (someone.born_earliest, someone.born_latest)
    settings.SITE_TODAY = "2016-12-31"
    correcting(client, someone, sex="other")
    someone.refresh_from_db()
    assert (someone.born_earliest, someone.born_latest) == born and someone.sex == "other"


def test_a_need_that_the_registrar_does_not_see_survives_the_correction(signed_in):
    someone = person(needs=["TR-PI", "LP-ND"])
    client = signed_in(Role.REGISTRAR)
    page = client.get(reverse("person_correct", args=[someone.pk]))
    assert page.context["form"]["needs"].value() == ["LP-ND"]
    correcting(client, someone, needs=[])
    assert set(Need.objects.filter(person=someone, ends=None).values_list("code", flat=True)) == {"TR-PI"}


def test_a_need_that_ended_stays_on_record(signed_in):
    someone = person(needs=["LP-ND"])
    correcting(signed_in(Role.PROTECTION_OFFICER), someone, needs=["WR-UW"])
    assert set(Need.objects.values_list("code", "ends")) == {("LP-ND", TODAY), ("WR-UW", None)}


def test_a_new_status_ends_the_old_one(signed_in):
    someone = person(status="asylum_seeker")
    correcting(signed_in(Role.REGISTRAR), someone, status="refugee", status_since="11 June 2013")
    assert list(someone.statuses.values_list("status", "since", "ends")) == [
        ("asylum_seeker", None, date(2013, 6, 11)), ("refugee", date(2013, 6, 11), None),
    ]  # fmt: skip


def test_a_move_ends_one_stay_and_begins_the_next_on_the_same_day(signed_in):
    someone = person(block="1")
    registrar = signed_in(Role.REGISTRAR)
    answer = registrar.post(reverse("person_move", args=[someone.pk]), {"block": "9", "on": "2013-11-01"})
    assert answer.status_code == 302
    assert set(Presence.objects.values_list("block", "ends")) == {("1", date(2013, 11, 1)), ("9", None)}
    page = registrar.get(answer.headers["Location"])
    assert page.status_code == 200 and "Lives in block 9" in page.content.decode()


def test_nobody_moves_before_arriving_or_to_where_he_lives(officer):
    someone = person(block="1")
    with pytest.raises(refusals.EndsTooEarly):
        move_person(by=officer, person=someone, block="9", on=date(2010, 1, 1), at=NOON)
    with pytest.raises(refusals.SameBlock):
        move_person(by=officer, person=someone, block="1", on=TODAY, at=NOON)


def test_somebody_who_left_leaves_once_and_may_come_back(officer):
    someone = person()
    leaves(by=officer, person=someone, on=TODAY, at=NOON)
    with pytest.raises(refusals.NotHere):
        leaves(by=officer, person=someone, on=TODAY, at=NOON)
    with pytest.raises(refusals.EndsTooEarly):
        move_person(by=officer, person=someone, block="2", on=date(2013, 1, 1), at=NOON)
    move_person(by=officer, person=someone, block="2", on=TODAY, at=NOON)
    assert Presence.objects.filter(person=someone, ends=None).get().block == "2"


def test_leaving_is_recorded_on_its_page(signed_in):
    someone = person()
    client = signed_in(Role.REGISTRAR)
    client.post(reverse("person_leave", args=[someone.pk]), {"on": "10 دی 1392"})
    assert Presence.objects.get(person=someone).ends == TODAY


def family(officer, who, number="F-1", relationship="child", **more):
    given = {"starts": None, "disputed_by": "", **more}
    return join_family(by=officer, person=who, number=number, relationship=relationship, at=NOON, **given)


def test_a_person_belongs_to_one_family_unit_at_a_time(officer):
    someone = person()
    family(officer, someone)
    with pytest.raises(refusals.InAFamily):
        family(officer, someone, "F-2")


def test_a_family_unit_has_one_head(officer):
    family(officer, person(), relationship="head")
    with pytest.raises(refusals.SecondHead):
        family(officer, person(), relationship="head")


def test_a_membership_that_ended_stays_on_record_and_makes_room_for_the_next(officer):
    someone = person()
    tie = family(officer, someone, starts=date(2013, 1, 1))
    with pytest.raises(refusals.EndsTooEarly):
        leave_family(by=officer, membership=tie, on=date(2012, 1, 1), at=NOON)
    leave_family(by=officer, membership=tie, on=TODAY, at=NOON)
    with pytest.raises(refusals.EndedBefore):
        leave_family(by=officer, membership=tie, on=TODAY, at=NOON)
    family(officer, someone, "F-2")
    assert set(Membership.objects.values_list("family__number", "ends")) == {("F-1", TODAY), ("F-2", None)}


def test_a_family_is_joined_and_left_on_its_pages(signed_in):
    someone, client = person(), signed_in(Role.REGISTRAR)
    given = {"number": "F-3", "relationship": "sibling", "disputed_by": "the aunt"}
    assert client.post(reverse("family_join", args=[someone.pk]), given).status_code == 302
    tie = Membership.objects.get()
    assert tie.disputed_by == "the aunt"
    assert client.post(reverse("family_leave", args=[someone.pk, tie.pk]), {"on": "2013-12-31"}).status_code == 302
    assert client.get(reverse("family_leave", args=[person().pk, tie.pk])).status_code == 404


def test_a_guardian_is_recorded_by_number_and_ended(signed_in):
    child, aunt, client = person(born=date(2003, 1, 1)), person("T-AUNT"), signed_in(Role.PROTECTION_OFFICER)
    address = reverse("relation_new", args=[aunt.pk])
    answer = client.post(address, {"kind": "guardian", "other": child.number, "starts": "2013-01-01", "disputed_by": "the uncle"})
    assert answer.status_code == 302
    tie = Relation.objects.get()
    assert (tie.person, tie.other, tie.kind, tie.disputed_by) == (aunt, child, "guardian", "the uncle")
    assert "recorded already" in client.post(address, {"kind": "guardian", "other": child.number}).content.decode()
    assert "Nobody has this" in client.post(address, {"kind": "guardian", "other": "T-NONE"}).content.decode()
    client.post(reverse("relation_end", args=[child.pk, tie.pk]), {"on": "2013-12-30"})
    assert Relation.objects.get().ends == date(2013, 12, 30)


def test_nobody_is_related_to_himself(officer):
    someone = person()
    with pytest.raises(refusals.RelatedToHimself):
        add_relation(by=officer, person=someone, other=someone, kind="sibling", starts=None, disputed_by="", at=NOON)


def test_a_decision_is_recorded_by_the_child_protection_officer_alone(signed_in, officer):
    child = person(born=date(2003, 1, 1), needs=["SC-UC"])
    address = reverse("best_interests_new", args=[child.pk])
    client = signed_in(Role.CHILD_PROTECTION_OFFICER)
    assert client.post(address, {"decided_on": "2013-12-30", "own_views_heard": "yes", "allows_plan": "on"}).status_code == 302
    made = BestInterestsDecision.objects.get()
    assert (made.allows_plan, made.allows_family_split, made.allows_return, made.own_views_heard) == (
        True,
        False,
        False,
        True,
    )
    with pytest.raises(NotPermitted):
        decide_best_interests(
            by=officer, person=child, decided_on=TODAY, allows_plan=True, allows_family_split=False, allows_return=False,
            own_views_heard=True, at=NOON,
        )  # fmt: skip


def test_whether_the_child_was_heard_must_be_answered(signed_in):
    child = person(born=date(2003, 1, 1))
    answer = signed_in(Role.CHILD_PROTECTION_OFFICER).post(
        reverse("best_interests_new", args=[child.pk]), {"decided_on": "2013-12-30", "allows_plan": "on"}
    )
    assert "own_views_heard" in answer.context["form"].errors and not BestInterestsDecision.objects.exists()


def test_a_best_interests_decision_is_for_children(signed_in):
    grown = person(born=date(1960, 1, 1))
    client, given = signed_in(Role.CHILD_PROTECTION_OFFICER), {"decided_on": "2013-12-30", "own_views_heard": "yes"}
    assert "18 or older" in client.post(reverse("best_interests_new", args=[grown.pk]), given).content.decode()
    assert "Record a best-interests" not in client.get(reverse("person", args=[grown.pk])).content.decode()


@pytest.mark.parametrize("name", ["person_correct", "person_move", "person_leave", "family_join", "relation_new", "consent_new"])
@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_every_form_opens_in_three_languages(signed_in, name, language):
    address = reverse(name, args=[person().pk])
    answer = signed_in(Role.PROTECTION_OFFICER).get(address, headers={"accept-language": language})
    assert answer.status_code == 200 and len(answer.content) < 100_000
