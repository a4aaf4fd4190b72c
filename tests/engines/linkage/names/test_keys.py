"""Folded keys: equal over scripts and spellings, different for different names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.engines.linkage.names import fold, is_title, key_groups, search_keys

from .variants import DIFFERENT, VARIANTS

NAMES = st.lists(st.sampled_from([form for forms in VARIANTS for form in forms]), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize("forms", VARIANTS, ids=[forms[1] for forms in VARIANTS])
def test_every_spelling_of_a_name_has_one_key(forms):
    assert {form: fold(form) for form in forms} == dict.fromkeys(forms, fold(forms[0]))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_have_different_keys(one, other):
    assert fold(one) != fold(other)


def test_hardly_two_of_the_well_known_names_share_a_key():
    keys = [fold(forms[0]) for forms in VARIANTS]
    assert len(set(keys)) >= len(keys) - 6


def found(asked: str, stored: str) -> bool:
    """As a register asks its index: each group must meet the stored keys."""
    keys = set(search_keys(stored))
    return all(keys & set(group) for group in key_groups(asked))


@pytest.mark.parametrize("forms", VARIANTS, ids=[forms[1] for forms in VARIANTS])
def test_every_spelling_finds_every_other(forms):
    assert [(one, two) for one in forms for two in forms if not found(one, two)] == []


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("Mohammad Reza Karimi", "محمدرضا کریمی"),
        ("Karimi Mohammadreza", "محمد رضا کریمی"),
        ("سید علی موسوی", "Ali Mousavi"),
        ("Haj Abd al-Rahman", "عبدالرحمن حسینی"),
        ("Zenderoudi", "زنده رودی"),
        ("قره باغی", "Gharabaghi"),
        ("Fatemeh", "سیده فاطمه زهرا حسینی"),
    ],
)
def test_a_name_is_found_however_it_is_joined_ordered_or_titled(asked, stored):
    assert found(asked, stored)


@pytest.mark.parametrize(
    ("asked", "stored"), [("Ali Karimi", "علی احمدی"), ("Reza", "مرتضی کریمی"), ("Maryam Rajabi", "مریم رضایی")]
)
def test_each_word_asked_for_must_be_met(asked, stored):
    assert not found(asked, stored)


@given(name=NAMES)
def test_a_name_always_finds_itself(name):
    assert found(name, name)


@given(name=NAMES)
def test_keys_are_few_distinct_and_sorted(name):
    keys = search_keys(name)
    assert list(keys) == sorted(set(keys))
    assert len(keys) <= 3 * len(name.replace("\u200c", " ").replace("-", " ").split())


@pytest.mark.parametrize("word", ["Seyyed", "سید", "حاج", "Mirza", "میرزا", "Haji", "دكتور", "bin", "بنت", "Dr."])
def test_titles_are_known_in_each_script(word):
    assert is_title(word)


@pytest.mark.parametrize("word", ["Mohammad", "علی", "Karimi", "", "Mirzaei"])
def test_names_are_no_titles(word):
    assert not is_title(word)


def test_a_name_of_titles_alone_can_still_be_searched():
    assert key_groups("Mirza Khan") and found("Mirza Khan", "میرزا خان")


@pytest.mark.parametrize("text", ["", "   ", "-", "'", "،"])
def test_without_letters_there_is_no_key(text):
    assert fold(text) == "" and search_keys(text) == () and key_groups(text) == ()


def test_letters_of_other_scripts_are_kept():
    assert fold("Иван") == "иван"
