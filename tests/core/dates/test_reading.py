"""Birth dates and exact dates from cells."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.dates import Calendar, DateFault, Precision, age_on, read_birth_date, read_date

TODAY = date(2013, 12, 31)
J, G, H = Calendar.JALALI, Calendar.GREGORIAN, Calendar.HIJRI
DAY, MONTH, YEAR, ABOUT, RANGE = Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.ABOUT, Precision.RANGE
YEAR_1340 = (date(1961, 3, 21), date(1962, 3, 20))
YEAR_1961 = (date(1961, 1, 1), date(1961, 12, 31))


def born(told, **hints):
    return read_birth_date(told, today=TODAY, **hints)


@pytest.mark.parametrize(
    ("told", "day", "calendar"),
    [
        ("1961-05-06", date(1961, 5, 6), G),
        ("1961-05-06T00:00:00", date(1961, 5, 6), G),
        ("1961-05-06 00:00:00", date(1961, 5, 6), G),
        ("1961.05.06", date(1961, 5, 6), G),
        ("31/12/1975", date(1975, 12, 31), G),
        ("31 . 12 . 1975", date(1975, 12, 31), G),
        ("12/31/1975", date(1975, 12, 31), G),
        ("19610506", date(1961, 5, 6), G),
        ("١٩٦١-٠٥-٠٦", date(1961, 5, 6), G),
        ("1340/5/6", date(1961, 7, 28), J),
        ("6/5/1340", date(1961, 7, 28), J),
        ("۱۳۴۰/۰۵/۰۶", date(1961, 7, 28), J),
        ("22 Bahman 1357", date(1979, 2, 11), J),
        ("۲۲ بهمن ۱۳۵۷", date(1979, 2, 11), J),
        ("۲۲ بهمن‌ماه ۱۳۵۷", date(1979, 2, 11), J),
        ("22 دلو 1357", date(1979, 2, 11), J),
        ("31 December 1975", date(1975, 12, 31), G),
        ("Dec. 31st, 1975", date(1975, 12, 31), G),
        ("21 ژوئن 1961", date(1961, 6, 21), G),
        ("15 يناير 1965", date(1965, 1, 15), G),
        ("١٥ كانون الثاني ١٩٦٥", date(1965, 1, 15), G),
        ("1 آذار 1965", date(1965, 3, 1), G),
        ("1 آذر 1344", date(1965, 11, 22), J),
        ("1 محرم 1400", date(1979, 11, 20), H),
        ("1/1/1400 هـ", date(1979, 11, 20), H),
        ("1 Muharram 1400", date(1979, 11, 20), H),
        (22284, date(1961, 1, 3), G),
        (22284.5, date(1961, 1, 3), G),
        ("22284", date(1961, 1, 3), G),
        (datetime(1961, 5, 6), date(1961, 5, 6), G),
        (date(1961, 5, 6), date(1961, 5, 6), G),
        (date(1340, 5, 6), date(1961, 7, 28), J),
    ],
)
def test_a_day_is_read_in_each_way_of_writing(told, day, calendar):
    birth = born(told)
    assert (birth.earliest, birth.latest, birth.precision, birth.calendar) == (day, day, DAY, calendar)
    assert not birth.ambiguous


@pytest.mark.parametrize(
    ("told", "interval", "precision", "calendar"),
    [
        ("1340", YEAR_1340, YEAR, J),
        (1340, YEAR_1340, YEAR, J),
        (1340.0, YEAR_1340, YEAR, J),
        ("۱۳۴۰ ش", YEAR_1340, YEAR, J),
        ("1340 هـ.ش", YEAR_1340, YEAR, J),
        ("متولد ۱۳۴۰", YEAR_1340, YEAR, J),
        ("1340/00/00", YEAR_1340, YEAR, J),
        ("1961", YEAR_1961, YEAR, G),
        (1961, YEAR_1961, YEAR, G),
        ("١٩٦١ م", YEAR_1961, YEAR, G),
        ("سنة ١٩٦١", YEAR_1961, YEAR, G),
        ("1400 AH", (date(1979, 11, 20), date(1980, 11, 8)), YEAR, H),
        ("1400 هجري", (date(1979, 11, 20), date(1980, 11, 8)), YEAR, H),
        ("دی ۱۳۴۰", (date(1961, 12, 22), date(1962, 1, 20)), MONTH, J),
        ("May 1961", (date(1961, 5, 1), date(1961, 5, 31)), MONTH, G),
        ("1961-02", (date(1961, 2, 1), date(1961, 2, 28)), MONTH, G),
        ("about 1340", (date(1959, 3, 22), date(1964, 3, 20)), ABOUT, J),
        ("حدود ۱۳۴۰", (date(1959, 3, 22), date(1964, 3, 20)), ABOUT, J),
        ("تقريباً ١٩٦١", (date(1959, 1, 1), date(1963, 12, 31)), ABOUT, G),
        ("c. 1961", (date(1959, 1, 1), date(1963, 12, 31)), ABOUT, G),
        ("1338-1342", (date(1959, 3, 22), date(1964, 3, 20)), RANGE, J),
        ("between 1338 and 1342", (date(1959, 3, 22), date(1964, 3, 20)), RANGE, J),
        ("بین ۱۳۳۸ و ۱۳۴۲", (date(1959, 3, 22), date(1964, 3, 20)), RANGE, J),
        ("بين ١٩٥٩ و١٩٦٣", (date(1959, 1, 1), date(1963, 12, 31)), RANGE, G),
        ("از ۱۳۳۸ تا ۱۳۴۲", (date(1959, 3, 22), date(1964, 3, 20)), RANGE, J),
        ("1340s", (date(1961, 3, 21), date(1971, 3, 20)), RANGE, J),
        ("دههٔ ۴۰", (date(1961, 3, 21), date(1971, 3, 20)), RANGE, J),
        ("the 1960s", (date(1960, 1, 1), date(1969, 12, 31)), RANGE, G),
        ("۴۵ ساله", (date(1968, 1, 1), date(1968, 12, 31)), RANGE, G),
        ("aged 45", (date(1968, 1, 1), date(1968, 12, 31)), RANGE, G),
        ("about 40 years", (date(1971, 1, 1), date(1975, 12, 31)), ABOUT, G),
        ("8 months", (date(2013, 4, 1), date(2013, 4, 30)), RANGE, G),
    ],
)
def test_what_is_known_less_exactly_is_an_interval(told, interval, precision, calendar):
    birth = born(told)
    assert ((birth.earliest, birth.latest), birth.precision, birth.calendar) == (interval, precision, calendar)


@pytest.mark.parametrize("told", ["", " ", "-", "—", "unknown", "N/A", "نامعلوم", "غير معروف", None, float("nan")])
def test_what_nobody_knows_is_unknown(told):
    assert born(told).precision is Precision.UNKNOWN


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("31 مهر 1340", "no_such_day"),
        ("1388/12/30", "no_such_day"),
        ("30/2/1961", "no_such_day"),
        ("1340/13/1", "no_such_month"),
        ("12/05/61", "two_digit_year"),
        ("61", "two_digit_year"),
        (61, "unclear_number"),
        (99_999, "unclear_number"),
        ("2014-01-01", "in_the_future"),
        ("1800", "year_does_not_fit"),
        ("1961 SH", "year_does_not_fit"),
        ("10 دی 2013", "year_does_not_fit"),
        ("1340 AH", "hijri_before_1343"),
        ("1342-1338", "backwards"),
        ("1255", "too_long_ago"),
        ("130 years", "too_long_ago"),
        ("hello", "not_a_date"),
        ("1/2/3/1961", "not_a_date"),
        ("5 1340 6", "not_a_date"),
        ("9" * 5000, "not_a_date"),
        (True, "not_a_date"),
        (float("inf"), "not_a_date"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_code(told, code):
    with pytest.raises(DateFault) as fault:
        born(told)
    assert fault.value.code == f"dates.{code}"


def test_a_refusal_names_the_day_the_month_and_its_length_and_never_the_cell():
    with pytest.raises(DateFault) as fault:
        born("31 Mehr 1340")
    with override("en"):
        assert fault.value.says == "Mehr 1340 has 30 days; the date says day 31."
        assert fault.value.mend
    with pytest.raises(DateFault) as other:
        born("Maryam 1340")
    assert "Maryam" not in str(other.value) + other.value.says + other.value.mend


def test_of_two_orders_the_day_comes_first_and_the_doubt_is_flagged():
    assert (born("03/04/1975").earliest, born("03/04/1975").ambiguous) == (date(1975, 4, 3), True)
    assert (born("04/04/1975").ambiguous, born("13/04/1975").ambiguous, born("03/04/1354").ambiguous) == (False,) * 3


def test_what_the_column_is_known_to_do_decides():
    assert born("03/04/1975", day_first=False).earliest == date(1975, 3, 4)
    assert born("13/04/1975", day_first=False).earliest == date(1975, 4, 13)
    assert not born("03/04/1975", day_first=True).ambiguous


def test_a_year_is_jalali_unless_it_would_be_still_to_come():
    assert (born("1360").calendar, born("1360").ambiguous) == (J, False)
    assert (born("1420").calendar, born("1420").ambiguous) == (H, True)
    assert read_date("1393/1/15", today=TODAY, future=True) == date(2014, 4, 4)


@pytest.mark.parametrize("told", ["1340", "1961-05", "about 1961", "", "unknown"])
def test_an_exact_day_is_needed_where_one_is_needed(told):
    with pytest.raises(DateFault):
        read_date(told, today=TODAY)


def test_days_to_come_are_taken_only_where_they_make_sense():
    with pytest.raises(DateFault, match="in_the_future"):
        read_date("2014-03-01", today=TODAY)
    assert read_date("2014-03-01", today=TODAY, future=True) == date(2014, 3, 1)


@given(day=st.dates(date(1900, 1, 1), TODAY))
def test_iso_reads_back_as_itself(day):
    assert read_date(day.isoformat(), today=TODAY) == born(day.isoformat()).earliest == day


@given(day=st.dates(date(1906, 1, 9), TODAY))
def test_the_serial_number_of_a_day_reads_as_the_day(day):
    serial = (day - date(1899, 12, 30)).days
    assert read_date(serial, today=TODAY) == day


@given(age=st.integers(0, 120), today=st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_an_age_that_is_told_is_the_age_on_that_day(age, today):
    assert age_on(read_birth_date(f"{age} years", today=today), today) == (age, age)


@given(age=st.integers(0, 120), today=st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_the_interval_of_an_age_cannot_be_wider(age, today):
    birth = read_birth_date(f"{age} years", today=today)
    before = read_birth_date((birth.earliest - timedelta(days=1)).isoformat(), today=today)
    assert age_on(before, today) == (age + 1, age + 1)


BITS = [
    "1340",
    "1961",
    "13",
    "5",
    "۱۳۴۰",
    "/",
    "-",
    " ",
    ".",
    "دی",
    "May",
    "about",
    "بین",
    "و",
    "to",
    "تا",
    "ش",
    "ه",
    "AH",
    "s",
    "سال",
    "~",
    "0",
]


@given(told=st.one_of(st.text(max_size=40), st.lists(st.sampled_from(BITS), max_size=8).map("".join)))
def test_any_text_is_an_interval_unknown_or_refused(told):
    try:
        birth = born(told)
    except DateFault as fault:
        assert fault.says and fault.mend
    else:
        assert birth.earliest is None or birth.earliest <= min(birth.latest, TODAY)


@given(number=st.floats() | st.integers())
def test_any_number_is_an_interval_unknown_or_refused(number):
    try:
        assert born(number).earliest is None or born(number).earliest <= TODAY
    except DateFault as fault:
        assert fault.says and fault.mend
