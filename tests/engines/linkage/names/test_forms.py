"""The normal form: what counts as typed alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.engines.linkage.names import fold, normal_form

LETTERS = st.text(alphabet="abçşğİıßKhÀأإآٱؤئيىیكکةۀهەھءـًَُّ\u200c\u200d\u200f'’-. ۱٢3ﻼﷲﺡڤۆێ", max_size=12)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("علي كريمي", "علی کریمی"),
        ("محمد‌رضا", "محمد رضا"),
        ("مُحَمَّـــد", "محمد"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("أحمد إبراهيم آدم ٱلله", "احمد ابراهیم ادم الله"),
        ("فاطمة", "فاطمه"),
        ("موسى", "موسی"),
        ("رضائي", "رضایی"),
        ("زهراء", "زهرا"),
        ("۱۲٣4", "1234"),
        ("  Gholam-Hossein,  KARIMI ", "gholam hossein karimi"),
        ("Is’haq Sa'id ʿAbbās", "ishaq said abbas"),
        ("Şirin Čangiz Riḍā", "shirin changiz ridha"),
        ("Müller Straße", "muller strasse"),
        ("\u200fمحمد\u200e", "محمد"),
    ],
)
def test_what_is_typed_alike_has_one_form(typed, form):
    assert normal_form(typed) == form


@given(text=st.one_of(st.text(max_size=30), LETTERS))
def test_the_form_of_a_form_is_itself(text):
    assert normal_form(normal_form(text)) == normal_form(text)


@given(text=st.one_of(st.text(max_size=30), LETTERS))
def test_equal_forms_have_equal_keys(text):
    assert fold(normal_form(text)) == fold(text)
