"""Merging and splitting on the page: side by side, with what is decided, in either language, and for own cases only."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.core.access.api import Role
from safeconduct.core.spreadsheets.api import Parsed
from safeconduct.register.arrive.own_cases import only_own_cases
from safeconduct.register.merging.actions import merge_people
from safeconduct.register.models import FamilyUnit, Membership, Merge, Person
from tests.factory import NOON, person, unguarded

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def page(client, account):
    client.force_login(account(Role.PROTECTION_OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(response):
    return response.content.decode()


def test_two_records_are_put_side_by_side_and_merged_as_decided(page):
    one = person("A-1", given="Mina", block="3", unit="F-1", needs=["SM-CI"])
    two = person("B-2", given="Zohreh", block="5", unit="F-2", urgency="urgent", countries=["IRQ"])
    merge = reverse("person_merge", args=[one.pk])
    assert page.get(merge).status_code == 200
    side = said(page.post(merge, {"number": "B-2"}))
    for text in ("Mina Karimi", "Zohreh Karimi", "Block 3", "Block 5", "F-1", "F-2", "nationality: Iraq"):
        assert text in side, text
    assert 'name="take_sex"' not in side, "what is alike is not asked"
    unclear = page.post(merge, {"number": "B-2", "compared": "1"})
    assert unclear.status_code == 422 and Merge.objects.count() == 0
    take = {"take_names": "this", "take_urgency": "other", "take_place": "other", "take_family": "this"}
    done = page.post(merge, {"number": "B-2", "compared": "1", "reason": "document", **take})
    assert done.status_code == 302
    one.refresh_from_db()
    assert one.urgency == "urgent" and one.presences.get(ends=None).block == "5"
    assert page.get(reverse("person", args=[two.pk])).headers["Location"] == reverse("person", args=[one.pk])
    origin = said(page.get(reverse("person_merges", args=[one.pk])))
    for text in ("B-2", "a document shows it", "given name: Zohreh", "went over as a further name", "Urgency", "Undo it"):
        assert text.lower() in origin.lower(), text
    undone = page.post(reverse("person_merge_undo", args=[one.pk, Merge.objects.get().pk]), follow=True)
    assert "undone" in said(undone) and page.get(reverse("person", args=[two.pk])).status_code == 200


def test_the_number_of_a_record_that_one_may_not_see_is_answered_like_one_that_nobody_has(page):
    one, _foreign = person("A-1"), person("B-2", team="Others")
    merge = reverse("person_merge", args=[one.pk])
    answers = [page.post(merge, {"number": number}) for number in ("B-2", "X-9")]
    assert {answer.status_code for answer in answers} == {422}
    assert said(answers[0]).replace("B-2", "X-9").count("X-9") == said(answers[1]).count("X-9")
    assert "There is no record here that you may see" in said(answers[0])


def test_a_record_is_split_by_marking_what_belongs_to_the_other_person(page):
    mixed = person("A-1", given="Mina", needs=["WR-PW"])
    with unguarded():
        other_name = mixed.names.create(kind="given", script="Latn", text="Zohreh")
    split = reverse("person_split", args=[mixed.pk])
    form = said(page.get(split))
    assert "given name: Zohreh" in form and "need: " in form
    rows = [f"register.personname:person:{other_name.pk}", f"register.need:person:{mixed.needs.get().pk}"]
    data = {"number": "N-7", "rows": rows, "birth": "this", "sex": "both", "reason": "mixed", "here": "on"}
    done = page.post(split, data)
    fresh = Person.objects.get(number="N-7")
    assert done.headers["Location"] == reverse("person", args=[fresh.pk])
    assert "Zohreh" in said(page.get(done.headers["Location"])) and fresh.needs.get().code == "WR-PW"
    assert page.post(split, {**data, "number": "N-7"}).status_code == 422
    assert page.post(split, {**data, "rows": ["register.personname:person:999999"]}).status_code == 422


def test_need_that_a_reader_may_not_know_is_not_named_when_a_record_is_split(client, account):
    client.force_login(account(Role.REGISTRAR), backend="django.contrib.auth.backends.ModelBackend")
    mixed = person("A-1", needs=["SM-CI"], links=["SWE"])
    form = said(client.get(reverse("person_split", args=[mixed.pk])))
    assert "SM-CI" not in form and "Sweden" not in form and f"register.need:person:{mixed.needs.get().pk}" not in form


def test_families_are_merged_and_split_on_the_page(page):
    for number, unit, relationship in (("A-1", "F-1", "head"), ("A-2", "F-1", "child"), ("B-1", "F-2", "head")):
        person(number, unit=unit, relationship=relationship, given=f"Name{number[-1]}{number[0]}")
    one = FamilyUnit.objects.get(number="F-1")
    merge = reverse("family_merge", args=[one.pk])
    assert page.get(merge).status_code == 200
    assert page.post(merge, {"number": "F-77"}).status_code == 422
    side = said(page.post(merge, {"number": "F-2"}))
    assert "Name1B Karimi" in side and 'name="head"' in side
    done = page.post(merge, {"number": "F-2", "compared": "1", "head": "this", "reason": "family"})
    assert done.status_code == 302 and Membership.objects.filter(family=one).count() == 3
    assert "Merged on" in said(page.get(reverse("family_merges", args=[one.pk])))
    page.post(reverse("family_merge_undo", args=[one.pk, Merge.objects.get().pk]))
    assert Membership.objects.filter(family=one).count() == 2
    child = Membership.objects.get(person__number="A-2")
    split = reverse("family_split", args=[one.pk])
    assert page.get(split).status_code == 200
    done = page.post(split, {"number": "F-3", "members": [child.pk], "reason": "said"})
    assert done.headers["Location"] == reverse("family", args=[FamilyUnit.objects.get(number="F-3").pk])


def test_a_sheet_that_names_a_merged_number_is_told_which_number_holds(page, account):
    one, two = person("A-1"), person("B-2")
    officer = account(Role.REGISTRAR, username="registrar").actor()
    merge_people(by=officer, person=one, other=two, take={}, reason="said", at=NOON)

    class Row:
        number = "B-2"

    class Source:
        number, sheet = 2, ""

    parsed = only_own_cases(Parsed(rows=[Row()], sources=[Source()]), "people", officer)
    assert [(fault.code, fault.mend) for fault in parsed.faults] == [
        ("imports.merged_record", "Write A-1 in the sheet, once for this person.")
    ]
