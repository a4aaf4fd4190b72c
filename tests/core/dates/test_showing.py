"""Dates for people, and back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.dates import (
    BirthDate,
    Calendar,
    DateFault,
    Precision,
    age_on,
    read_birth_date,
    read_date,
    show_age,
    show_birth,
    show_date,
    site_day,
    write_birth_date,
)

TODAY = date(2013, 12, 31)
LANGUAGES = st.sampled_from(["en", "fa", "ar"])


@pytest.mark.parametrize(
    ("language", "calendar", "shown"),
    [
        ("en", None, "31 December 2013"),
        ("fa", None, "۱۰ دی ۱۳۹۲"),
        ("ar", None, "٣١ ديسمبر ٢٠١٣"),
        ("en", Calendar.JALALI, "10 Dey 1392"),
        ("fa", Calendar.GREGORIAN, "۳۱ دسامبر ۲۰۱۳"),
        ("ar", Calendar.HIJRI, "٢٨ صفر ١٤٣٥"),
    ],
)
def test_a_day_is_shown_in_the_readers_calendar_and_digits(language, calendar, shown):
    assert show_date(TODAY, language=language, calendar=calendar) == shown


@given(day=st.dates(date(1906, 1, 1), TODAY), language=LANGUAGES, calendar=st.sampled_from(Calendar))
def test_what_is_shown_reads_back_as_the_same_day(day, language, calendar):
    assert read_date(show_date(day, language=language, calendar=calendar), today=TODAY) == day


TOLD = st.sampled_from(
    [
        *("1961-05-06", "1340/5/6", "1340", "1961", "1400 AH", "دی 1340", "May 1961", "رمضان 1400", "about 1340"),
        *("1338-1342", "the 1960s", "45 years", "about 40 years", "8 months", "unknown"),
    ]
)


@given(told=TOLD)
def test_a_written_birth_date_reads_back_with_its_interval_and_precision(told):
    birth = read_birth_date(told, today=TODAY)
    again = read_birth_date(write_birth_date(birth), today=TODAY)
    assert (again.earliest, again.latest, again.precision) == (birth.earliest, birth.latest, birth.precision)


@pytest.mark.parametrize(
    ("told", "language", "shown"),
    [
        ("about 1338", "en", "between 1957 and 1962; told as “about 1338”"),
        ("1961", "en", "1961; told as “1961”"),
        ("1961-05-06", "en", "6 May 1961"),
        ("16/2/1340", "en", "6 May 1961; told as “16/2/1340”"),
        ("May 1961", "en", "May 1961; told as “May 1961”"),
        ("دی ۱۳۴۰", "en", "between 22 December 1961 and 20 January 1962; told as “دی ۱۳۴۰”"),
        ("-", "en", "not known"),
    ],
)
def test_a_birth_date_is_shown_with_what_was_told(told, language, shown):
    assert show_birth(read_birth_date(told, today=TODAY), language=language) == shown


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("1961-12-31", "52 years"),
        ("2012-12-31", "1 year"),
        ("1970-1973", "between 40 and 43 years"),
        ("8 months", "less than a year"),
        ("unknown", "age not known"),
    ],
)
def test_an_age_is_shown_as_exactly_as_it_is_known(told, shown):
    assert show_age(read_birth_date(told, today=TODAY), TODAY, language="en") == shown


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2000, 2, 29), date(2013, 2, 28), 12),
        (date(2000, 2, 29), date(2013, 3, 1), 13),
        (date(1995, 12, 31), date(2013, 12, 31), 18),
        (date(1996, 1, 1), date(2013, 12, 31), 17),
    ],
)
def test_full_years_are_counted(birth, day, age):
    assert age_on(BirthDate(birth, birth, Precision.DAY, Calendar.GREGORIAN, ""), day) == (age, age)


@given(
    ends=st.tuples(st.dates(date(1900, 1, 1), TODAY), st.dates(date(1900, 1, 1), TODAY)).map(sorted),
    day=st.dates(date(1900, 1, 1), TODAY),
)
def test_the_youngest_age_is_never_above_the_oldest(ends, day):
    young, old = age_on(BirthDate(*ends, Precision.RANGE, Calendar.GREGORIAN, ""), day)
    assert 0 <= young <= old


@pytest.mark.parametrize(
    ("earliest", "latest", "precision"),
    [
        (date(1962, 1, 1), date(1961, 1, 1), Precision.RANGE),
        (None, date(1961, 1, 1), Precision.RANGE),
        (None, None, Precision.YEAR),
        (date(1961, 1, 1), date(1961, 1, 1), Precision.UNKNOWN),
    ],
)
def test_an_interval_that_makes_no_sense_cannot_exist(earliest, latest, precision):
    with pytest.raises(ValueError):
        BirthDate(earliest, latest, precision, Calendar.GREGORIAN, "")


def test_after_midnight_in_baghdad_it_is_the_next_day():
    at = datetime(2013, 12, 31, 22, 30, tzinfo=UTC)
    assert site_day(at, ZoneInfo("Asia/Baghdad")) == date(2014, 1, 1)
    with pytest.raises(ValueError):
        site_day(datetime(2013, 12, 31), ZoneInfo("Asia/Baghdad"))


def test_a_fault_is_a_value_error():
    assert issubclass(DateFault, ValueError)
