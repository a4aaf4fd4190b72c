"""Families as sheets, with the database between: what is written out is what stands."""

from __future__ import annotations

from datetime import date

import pytest

from safeconduct.register.imports import FamilyRow
from safeconduct.register.models import FamilyUnit, Membership, RowState
from safeconduct.register.sheets.families import compare_families, family_rows, take_families
from tests.factory import NOON, person

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
