"""Results and waiting by group: rounded, none of few people, from those whose choice counts."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.plans.groups import LEAST, ROUNDED_TO, as_rows, by_group

ON = date(2014, 1, 1)


def somebody(**values):
    known = {
        "id": uuid4(),
        "sex": "female",
        "child": False,
        "ages": (30, 30),
        "needs": frozenset(),
        "medical": False,
        "urgency": "normal",
    }
    return SimpleNamespace(**known | values)


def row(placed, chose=True):
    return SimpleNamespace(first=uuid4() if chose else None, offer=uuid4() if placed else None)


def told(people, rows, days=100):
    since = {each.id: ON - timedelta(days=days) for each in people}
    return {(kind, code): rest for kind, code, *rest in by_group(people, rows, since, ON)}


@given(st.integers(0, 60), st.data())
def test_no_group_of_few_is_told_of_and_every_number_is_rounded(many, data):
    folk = [somebody(sex=data.draw(st.sampled_from(["female", "male", "other"]))) for _ in range(many)]
    rows = [row(data.draw(st.booleans())) for _ in folk]
    found = told(folk, rows)
    for sex in ("female", "male", "other"):
        count = sum(each.sex == sex for each in folk)
        assert (("sex", sex) in found) == (count >= LEAST)
    for number, placed, days in found.values():
        assert number % ROUNDED_TO == placed % ROUNDED_TO == 0 and (days is None or days % 7 == 0)


def test_women_with_a_disability_are_counted_in_both_groups():
    folk = [somebody(needs=frozenset({"DS-PM"})) for _ in range(22)]
    found = told(folk, [row(n < 2) for n in range(22)])
    assert found["sex", "female"] == found["disability", "yes"] == [20, 0, 98]


def test_whoever_has_no_choice_that_counts_is_in_no_group():
    folk = [somebody() for _ in range(40)]
    assert told(folk, [row(False, chose=False) for _ in folk]) == {}


def test_days_of_few_are_not_told():
    folk = [somebody() for _ in range(40)]
    assert told(folk, [row(n < 30) for n in range(40)])["sex", "female"] == [40, 30, None]


@pytest.mark.parametrize(
    ("ages", "child", "code"),
    [((17, 17), True, "child"), ((59, 60), False, "adult"), ((60, 61), False, "older"), (None, False, "unknown")],
)
def test_an_age_group_is_what_is_surely_so(ages, child, code):
    folk = [somebody(ages=ages, child=child) for _ in range(20)]
    assert ("age", code) in told(folk, [row(False) for _ in folk])


def test_a_kind_of_which_one_group_alone_is_told_is_left_out():
    assert as_rows([["sex", "female", 20, 5, None]]) == {}
