"""Calendars against dates that were published by others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.dates import Calendar, DateFault, in_calendar, month_name, to_gregorian

# 1 Farvardin in the official calendar of Iran, as published for each of these years.
NOWRUZ = {
    1300: date(1921, 3, 21), 1340: date(1961, 3, 21), 1357: date(1978, 3, 21), 1359: date(1980, 3, 21),
    1371: date(1992, 3, 21), 1375: date(1996, 3, 20), 1376: date(1997, 3, 21), 1379: date(2000, 3, 20),
    1380: date(2001, 3, 21), 1388: date(2009, 3, 21), 1392: date(2013, 3, 21), 1395: date(2016, 3, 20),
    1399: date(2020, 3, 20), 1400: date(2021, 3, 21), 1403: date(2024, 3, 20), 1404: date(2025, 3, 21),
}  # fmt: skip
# Days that the news of the time gave in both calendars (Umm al-Qura).
HIJRI = {
    (1400, 1, 1): date(1979, 11, 20),
    (1434, 9, 1): date(2013, 7, 9),
    (1434, 10, 1): date(2013, 8, 8),
    (1435, 1, 1): date(2013, 11, 4),
}


@pytest.mark.parametrize(("year", "day"), NOWRUZ.items())
def test_the_jalali_year_begins_at_nowruz(year, day):
    assert to_gregorian(Calendar.JALALI, year, 1, 1) == day


def test_22_bahman_1357_is_11_february_1979():
    assert to_gregorian(Calendar.JALALI, 1357, 11, 22) == date(1979, 2, 11)


@pytest.mark.parametrize(("hijri", "day"), HIJRI.items())
def test_hijri_days_are_those_of_umm_al_qura(hijri, day):
    assert to_gregorian(Calendar.HIJRI, *hijri) == day


@given(day=st.dates(date(1924, 8, 1), date(2077, 11, 15)), calendar=st.sampled_from(Calendar))
def test_a_day_goes_to_each_calendar_and_back(day, calendar):
    parts = in_calendar(day, calendar)
    assert parts is not None and to_gregorian(calendar, *parts) == day


@given(day=st.dates(date(1924, 8, 1), date(2077, 11, 14)), calendar=st.sampled_from(Calendar))
def test_days_follow_each_other_in_each_calendar(day, calendar):
    assert in_calendar(day, calendar) < in_calendar(day + timedelta(days=1), calendar)


@pytest.mark.parametrize(
    ("calendar", "parts", "last"),
    [
        (Calendar.JALALI, (1340, 7, 31), 30),
        (Calendar.JALALI, (1388, 12, 30), 29),
        (Calendar.JALALI, (1387, 12, 31), 30),
        (Calendar.GREGORIAN, (1900, 2, 29), 28),
        (Calendar.HIJRI, (1434, 9, 31), 30),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_the_months_length(calendar, parts, last):
    with pytest.raises(DateFault) as fault:
        to_gregorian(calendar, *parts)
    assert fault.value.code == "dates.no_such_day"
    assert fault.value.numbers["last"] == last


def test_the_hijri_table_says_where_it_begins():
    with pytest.raises(DateFault, match="hijri_before_1343"):
        to_gregorian(Calendar.HIJRI, 1342, 1, 1)
    assert in_calendar(date(1924, 7, 1), Calendar.HIJRI) is None


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
@pytest.mark.parametrize("calendar", Calendar)
def test_the_twelve_months_have_twelve_names(calendar, language):
    assert len({month_name(calendar, month, language) for month in range(1, 13)}) == 12
