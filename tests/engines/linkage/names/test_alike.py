"""How alike two names are: an order, a symmetry, a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.engines.linkage.names import Reason, normal_form, similar
from safeconduct.engines.linkage.names.alike import _edits

from .variants import VARIANTS

WORDS = st.sampled_from([form for forms in VARIANTS for form in forms])
NAMES = st.lists(WORDS, max_size=4).map(" ".join)


@given(one=NAMES, two=NAMES)
def test_likeness_is_symmetric_and_between_0_and_1(one, two):
    assert similar(one, two) == similar(two, one)
    assert 0 <= similar(one, two).score <= 1


@given(one=NAMES, two=NAMES)
def test_only_equal_forms_are_fully_alike(one, two):
    assert (similar(one, two).score == 1) == (normal_form(one) == normal_form(two) != "")


@pytest.mark.parametrize("forms", VARIANTS, ids=[forms[1] for forms in VARIANTS])
def test_other_spellings_are_alike_but_not_fully(forms):
    scores = {form: similar(forms[0], form) for form in forms if normal_form(form) != normal_form(forms[0])}
    assert {form for form, likeness in scores.items() if not 0.75 <= likeness.score < 1} == set()


@pytest.mark.parametrize(
    ("one", "two", "reason"),
    [
        ("علی کریمی", "علي كريمي", Reason.SAME_FORM),
        ("Ali Karimi", "Karimi, Ali", Reason.SAME_WORDS),
        ("Ali Karimi", "علی کریمی", Reason.SAME_KEY),
        ("Mohammad Reza Karimi", "محمدرضا کریمی", Reason.SAME_KEY),
        ("Nasrin Karimi", "Nastrin Karimi", Reason.CLOSE_KEY),
        ("Reza Davari", "رضا داوری اردکانی", Reason.PART_MISSING),
        ("Akbar Karimi", "Nasrin Karimi", Reason.PART_DIFFERS),
        ("Akbar", "Nasrin", Reason.UNLIKE),
        ("", "", Reason.UNLIKE),
    ],
)
def test_each_likeness_has_its_reason(one, two, reason):
    assert similar(one, two).reason is reason


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        ("حمید احمدی", "Hamid Ahmadi", "Hamed Ahmadi"),
        ("علی کریمی", "علي كريمي", "Ali Karimi"),
        ("Ali Karimi", "علی کریمی", "علی کرمانی"),
        ("Maryam Rajavi", "Maryam Rajabi", "Maryam Rezaei"),
        ("Seyyed Ali Karimi", "Ali Karimi", "Seyyed Ali"),
        ("Ali Karimi", "Ali Karimi Tehrani", "Ali Tehrani"),
    ],
)
def test_the_nearer_name_ranks_higher(asked, better, worse):
    assert similar(asked, better).score > similar(asked, worse).score


@pytest.mark.parametrize(
    ("one", "two", "edits"),
    [("kitten", "sitting", 3), ("ab", "ba", 1), ("ca", "abc", 3), ("", "abc", 3), ("a", "a", 0)],
)
def test_edits_are_those_of_optimal_string_alignment(one, two, edits):
    assert _edits(one, two) == edits
