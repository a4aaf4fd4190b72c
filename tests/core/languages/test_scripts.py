"""Directions, digits and plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.languages import LANGUAGES, ascii_digits, direction, language_name, localise_digits, plain


@pytest.mark.parametrize(
    ("code", "runs"),
    [
        ("en", "ltr"),
        ("fa", "rtl"),
        ("ar", "rtl"),
        ("ar-IQ", "rtl"),
        ("fa_AF", "rtl"),
        ("ku", "ltr"),
        ("ku_Arab", "rtl"),
    ],
)
def test_a_language_runs_as_it_is_written(code, runs):
    assert direction(code) == runs


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (3104, "en", "3,104"),
        (3104, "fa", "۳٬۱۰۴"),
        (3104, "ar", "٣٬١٠٤"),
        (-7, "fa", "-۷"),
        ("1392", "fa", "۱۳۹۲"),
        ("A-0042", "ar", "A-0042"),
        ("C4", "fa", "C4"),
        ("1392", "en", "1392"),
    ],
)
def test_numbers_are_parted_by_thousands_and_codes_stay_as_they_are(value, language, shown):
    assert localise_digits(value, language) == shown


@given(number=st.integers(), language=st.sampled_from(LANGUAGES))
def test_local_digits_read_back_as_the_same_number(number, language):
    assert int(ascii_digits(localise_digits(str(number), language))) == number


@given(text=st.text(max_size=30))
def test_plain_words_are_plain_already(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("إيرانية", "ايرانيه"), ("بی‌تابعیت", "بيتابعيت"), ("Türkiye", "TURKIYE"), ("Côte d'Ivoire", "cote divoire")],
)
def test_accidents_of_typing_vanish(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("fa", "en", "Persian"),
        ("fas", "en", "Persian"),
        ("prs", "en", "Dari"),
        ("fa", "fa", "فارسی"),
        ("ckb", "en", "Central Kurdish"),
        ("q0", "en", "q0"),
    ],
)
def test_a_language_has_a_name_in_each_language(code, language, name):
    assert language_name(code, language) == name
