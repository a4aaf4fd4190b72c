"""Keys that are a slip away: of each other, by one slip, and close by the measure that ranks them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.engines.linkage.names import Reason, fold, near_keys, similar
from safeconduct.engines.linkage.names.keys import _LETTERS, _ONLY_FIRST, _is_key

keys = st.from_regex(f"[{_LETTERS}{_ONLY_FIRST}][{_LETTERS}]{{0,7}}", fullmatch=True).filter(_is_key)
no_clock = settings(deadline=None)


def one_slip(one: str, two: str) -> bool:
    """Whether a letter dropped, added or another, or two neighbours swapped makes one of the other."""
    if len(one) > len(two):
        one, two = two, one
    if len(two) - len(one) == 1:
        return any(two[:place] + two[place + 1 :] == one for place in range(len(two)))
    differ = [place for place, (x, y) in enumerate(zip(one, two, strict=False)) if x != y]
    if len(one) != len(two) or not differ:
        return False
    first, last = differ[0], differ[-1]
    return len(differ) == 1 or (last == first + 1 == differ[1] and one[first] + one[last] == two[last] + two[first])


@no_clock
@given(keys)
def test_every_near_key_is_a_key_that_differs_by_one_slip(key):
    for near in near_keys(key):
        assert near != key
        assert _is_key(near)
        assert one_slip(key, near), (key, near)


@no_clock
@given(keys)
def test_being_near_goes_both_ways(key):
    for near in near_keys(key):
        assert key in near_keys(near), (key, near)


@no_clock
@given(keys, st.data())
def test_whatever_key_is_a_slip_away_is_near(key, data):
    place = data.draw(st.integers(0, len(key)))
    letter = data.draw(st.sampled_from(_LETTERS))
    for other in (key[:place] + key[place + 1 :], key[:place] + letter + key[place:], key[:place] + letter + key[place + 1 :]):
        if other != key and _is_key(other) and max(len(key), len(other)) >= 3:
            assert other in near_keys(key), (key, other)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Mohamad", "Mohamdm"),
        ("Karimi", "Kamiri"),
        ("Rezaei", "Rezai"),
        ("Hosseini", "Hoseni"),
        ("کریمی", "کریمب"),
        ("Moradi", "Morati"),
    ],
)
def test_what_ranks_calls_a_near_key_close_or_equal(asked, meant):
    one, two = fold(asked), fold(meant)
    assert one == two or two in near_keys(one)
    assert similar(asked, meant).reason in (Reason.SAME_KEY, Reason.CLOSE_KEY)


@no_clock
@given(st.sampled_from(["karimi", "mohammad", "rezaei", "hossein", "gholamreza", "sadeghi", "moradi", "شریفی", "محمود"]), st.data())
def test_a_word_whose_key_is_near_counts_as_close_when_names_are_ranked(word, data):
    latin = {"K": "k", "M": "m", "R": "r", "D": "d", "S": "s", "L": "l", "N": "n", "B": "b", "F": "f", "T": "t", "Z": "z"}
    spelt = [near for near in near_keys(fold(word)) if set(near) <= set(latin)]
    near = data.draw(st.sampled_from(spelt))
    written = "".join(latin[letter] for letter in near)
    assert fold(written) == near
    assert similar(word, written).reason is Reason.CLOSE_KEY


def test_two_keys_of_two_letters_or_fewer_are_never_near():
    assert all(len(near) > 2 for near in near_keys("RZ"))
    assert not any(similar("Reza", other).score for other in ("Rida", "Roya", "Aza") if fold(other) != fold("Reza"))
