"""One date as told, without words round it: numbers and perhaps a month, to a span of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from safeconduct.core.dates.calendars import YEARS, Calendar, find_month, in_calendar, last_day, to_gregorian
from safeconduct.core.dates.faults import DateFault
from safeconduct.core.languages import plain

# Serial numbers of spreadsheets count from 30 December 1899 (the 1900 system, from March 1900 on).
_SERIAL_START: Final = date(1899, 12, 30)
# Below, a number is likelier an age or a year than a day before 1906.
_SERIALS: Final = range(2201, 80_001)
_BESIDE: Final = (
    "سال متولد موالید مولود عام سنه year born in on of the روز یوم ماه شهر شنبه یکشنبه دوشنبه سهشنبه چهارشنبه "
    "پنجشنبه جمعه یک دو سه چهار پنج الاحد الاثنین الثلاثاء الاربعاء الخمیس الجمعه السبت monday tuesday wednesday "
    "thursday friday saturday sunday mon tue wed thu fri sat sun"
)
_WORDS_BESIDE: Final = frozenset(plain(_BESIDE).split())


@dataclass(frozen=True, slots=True)
class Told:
    """What a date says: from `earliest` to `latest`, `parts` 3 for a day, 2 for a month, 1 for a year."""

    earliest: date
    latest: date
    parts: int
    calendar: Calendar
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hints:
    """Known beside the text: the day on which it is read, a calendar that was named, the order of the column."""

    today: date
    calendar: Calendar | None = None
    day_first: bool | None = None
    may_be_future: bool = False


def read_told(text: str, hints: Hints) -> Told:
    """A day, a month or a year from text such as "10 دی 1392", "31/12/2013", "1961-05" or "1340"."""
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain(text))
    named = find_month(words)
    rest = (named[0] if named else words).split()
    numbers = [word for word in rest if word not in _WORDS_BESIDE]
    if not numbers or not all(number.isdigit() and number.isascii() for number in numbers):
        raise DateFault("dates.not_a_date")
    if len(numbers) == 1 and not named:
        return _one_number(numbers[0], hints)
    if len(numbers) + bool(named) not in (2, 3) or not all(0 < len(number) <= 4 for number in numbers):
        raise DateFault("dates.not_a_date")
    return _day_or_month(numbers, named[1:] if named else None, hints)


def read_number(value: float, hints: Hints) -> Told:
    """A number of a spreadsheet's cell: a year of a calendar, or else a serial day (1900 system)."""
    whole = int(value)
    if any(whole in years for years in YEARS.values()) and whole == value:
        return _span(whole, None, None, hints)
    if whole not in _SERIALS:
        raise DateFault("dates.unclear_number")
    day = _SERIAL_START + timedelta(days=whole)
    return Told(day, day, 3, Calendar.GREGORIAN)


def read_parts(year: int, month: int, day: int, hints: Hints) -> Told:
    """A cell that already is a date; one from 1250 to 1450 was typed in Jalali numbers."""
    return _span(year, month, day, hints)


def _one_number(number: str, hints: Hints) -> Told:
    if len(number) == 8:
        return _span(int(number[:4]), int(number[4:6]), int(number[6:]), hints)
    if len(number) == 5:
        return read_number(int(number), hints)
    if len(number) == 4:
        return _span(int(number), None, None, hints)
    raise DateFault("dates.two_digit_year" if len(number) == 2 else "dates.unclear_number")


def _day_or_month(numbers: list[str], named: tuple[Calendar, int] | None, hints: Hints) -> Told:
    years = [place for place, number in enumerate(numbers) if len(number) == 4]
    if not years:
        raise DateFault("dates.two_digit_year")
    if len(years) > 1 or years[0] not in (0, len(numbers) - 1):
        raise DateFault("dates.not_a_date")
    year = int(numbers.pop(years[0]))
    if named:
        calendar, month = named
        hints = Hints(hints.today, calendar, hints.day_first, hints.may_be_future)
        return _span(year, month, int(numbers[0]) if numbers else None, hints)
    if len(numbers) == 1:
        return _span(year, int(numbers[0]), None, hints)
    if years[0] == 0:
        return _span(year, int(numbers[0]), int(numbers[1]), hints)
    return _day_and_month(year, int(numbers[0]), int(numbers[1]), hints)


def _day_and_month(year: int, first: int, second: int, hints: Hints) -> Told:
    """Day first, as nearly everywhere, unless only the other order fits or the column is known to have it."""
    month_first = second > 12 or (hints.day_first is False and first <= 12)
    month, day = (first, second) if month_first else (second, first)
    told = _span(year, month, day, hints)
    unclear = hints.day_first is None and 0 < first <= 12 and 0 < second <= 12 and first != second
    swaps = told.calendar is Calendar.GREGORIAN and unclear
    return Told(told.earliest, told.latest, told.parts, told.calendar, told.ambiguous or swaps)


def _span(year: int, month: int | None, day: int | None, hints: Hints) -> Told:
    """The days that a year, a month or a day covers. A month or day of zero was not known to whoever wrote it."""
    calendar, ambiguous = _calendar_of(year, hints)
    if not month:
        first, last = to_gregorian(calendar, year, 1, 1), to_gregorian(calendar, year, 12, last_day(calendar, year, 12))
        return Told(first, last, 1, calendar, ambiguous)
    if not day:
        last = to_gregorian(calendar, year, month, last_day(calendar, year, month))
        return Told(to_gregorian(calendar, year, month, 1), last, 2, calendar, ambiguous)
    exact = to_gregorian(calendar, year, month, day)
    return Told(exact, exact, 3, calendar, ambiguous)


def _calendar_of(year: int, hints: Hints) -> tuple[Calendar, bool]:
    """The calendar of a year, and whether it is a guess.

    One that was named wins. Else 1250 to 1450 is Jalali, the calendar of the residents' papers; a year still to come
    there is Hijri where the date must be past. Anything else is Gregorian.
    """
    if hints.calendar is Calendar.HIJRI and year in range(1250, 1343):
        raise DateFault("dates.hijri_before_1343", year=year)
    if hints.calendar:
        if year not in YEARS[hints.calendar]:
            raise DateFault("dates.year_does_not_fit", year=year)
        return hints.calendar, False
    now = in_calendar(hints.today, Calendar.JALALI)
    if now and not hints.may_be_future and year in YEARS[Calendar.HIJRI] and year > now[0]:
        return Calendar.HIJRI, True
    for calendar in (Calendar.JALALI, Calendar.GREGORIAN):
        if year in YEARS[calendar]:
            return calendar, False
    raise DateFault("dates.year_does_not_fit", year=year)
