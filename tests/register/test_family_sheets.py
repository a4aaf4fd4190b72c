"""Families as sheets, with the database between: what is written out is what stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from safeconduct.register.imports import FamilyRow, PersonRow
from safeconduct.register.models import FamilyUnit, Membership, Need, RowState
from safeconduct.register.sheets.families import compare_families, family_rows, take_families
from safeconduct.register.sheets.people import take_people
from tests.factory import NOON, TODAY, person

pytestmark = pytest.mark.django_db


def test_a_relation_that_is_read_back_makes_nobody_a_member(officer):
    for number in ("A", "B", "C", "D", "E"):
        person(number)
    left = FamilyRow("Q2", "C", "head", ends=date(2013, 1, 1))
    told = [FamilyRow("Q1", "A", "child", related_to="B"), left, FamilyRow("", "C", related_to="D", kind="guardian")]
    take_families(by=officer, rows=told, at=NOON)
    back = list(family_rows())
    assert {each.state for each in compare_families(back)} == {RowState.UNCHANGED} and len(back) == 4
    take_families(by=officer, rows=back, at=NOON)
    assert list(Membership.objects.filter(ends=None).values_list("person__number", "family__number")) == [("A", "Q1")]
    assert not FamilyUnit.objects.filter(number="").exists()


def test_who_moves_to_another_family_belongs_to_one_at_a_time(officer):
    for number in ("A", "B"):
        person(number, unit="F1")
    take_families(by=officer, rows=[FamilyRow("F2", "A")], at=NOON)
    take_people(by=officer, rows=[PersonRow("B", (("given", "Mina"),), family="F2")], at=NOON)
    days = Membership.objects.order_by("person__number", "family__number").values_list(
        "person__number", "family__number", "starts", "ends"
    )
    assert list(days) == [
        ("A", "F1", None, TODAY), ("A", "F2", TODAY, None), ("B", "F1", None, TODAY), ("B", "F2", TODAY, None),
    ]  # fmt: skip


def test_what_a_sheet_ends_ends_on_the_day_of_the_site(officer, settings):
    settings.SITE_ZONE = "Asia/Baghdad"
    at_one = datetime(2013, 12, 30, 22, 0, tzinfo=UTC)  # of the 31st, at the site
    for number in ("A", "B"):
        person(number, unit="F1", needs=["SM-CI"])
    take_families(by=officer, rows=[FamilyRow("F2", "A")], at=at_one)
    take_people(by=officer, rows=[PersonRow("B", (("given", "Mina"),), needs=())], at=at_one)
    assert Membership.objects.exclude(ends=None).get().ends == TODAY
    assert Need.objects.get(person__number="B").ends == TODAY
