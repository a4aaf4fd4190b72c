"""From what a cell holds to a date or a birth date: words for "about", ranges, decades, ages, three calendars."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from safeconduct.core.dates import wording
from safeconduct.core.dates.birth import BirthDate, Precision, full_years, years_before
from safeconduct.core.dates.calendars import Calendar, in_calendar, to_gregorian
from safeconduct.core.dates.faults import DateFault
from safeconduct.core.dates.told import Hints, Told, read_number, read_parts, read_told
from safeconduct.core.languages import plain

# "About" a year or an age: as much before and after. A convention of ours; the words as told are kept beside it.
ABOUT_YEARS: Final = 2
OLDEST: Final = 125


def read_birth_date(value: str | int | float | date | datetime | None, *, today: date, day_first: bool | None = None) -> BirthDate:
    """A birth date from a cell, in whatever way it was told. DateFault tells what is wrong and how to mend it.

    Reads ISO, d/m/y and y/m/d with any separator, digits of any script, months by name (English, French, German,
    Persian, Dari, Arabic of Iraq, Egypt and the Maghreb), a year or a month alone, "about 1340", "1338-1342",
    "between … and …", "1340s" and «دهه ۴۰», "about 40 years" and «۴۵ ساله», serial numbers of spreadsheets; empty, "-"
    and "unknown" are unknown. A month or day of 00 was not known.

    Calendars: a name of a month or a mark decides (ش SH; هـ ق AH H; م AD). Without one, 1250 to 1450 is Jalali, never
    Hijri, except that a Jalali year still to come is read as Hijri, and flagged. Day comes before month unless
    `day_first=False`; when it is None and both orders fit a Gregorian date, the result is flagged `ambiguous`.
    "About" is two years each way; an age counts back from `today`. Refused: two-digit years, days that do not exist,
    dates still to come, more than 125 years ago.
    """
    as_told = _as_told(value)
    hints = Hints(today, day_first=day_first)
    birth = _from_text(value, as_told, hints) if isinstance(value, str) else _from_cell(value, as_told, hints)
    if birth.earliest is not None and birth.latest is not None:
        if birth.earliest > today:
            raise DateFault("dates.in_the_future")
        if full_years(birth.latest, today) > OLDEST:
            raise DateFault("dates.too_long_ago", years=OLDEST)
    return birth


def read_date(
    value: str | int | float | date | datetime, *, today: date, day_first: bool | None = None, future: bool = False
) -> date:
    """An exact day, read as read_birth_date does; of two orders of day and month, the day first.

    Days still to come are refused unless `future` (the window of an offer).
    """
    hints = Hints(today, day_first=day_first, may_be_future=future)
    if isinstance(value, str):
        text, calendar = wording.without_marks(wording.typed(value))
        if plain(text) in wording.UNKNOWN:
            raise DateFault("dates.needs_a_day")
        told = read_told(wording.TIME.sub("", text), replace(hints, calendar=calendar))
    else:
        told = _told_by_cell(value, hints)
    if told.parts < 3:
        raise DateFault("dates.needs_a_day")
    if told.earliest > today and not future:
        raise DateFault("dates.in_the_future")
    return told.earliest


def _as_told(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())[: wording.LONGEST]


def _from_cell(value: float | date | datetime | None, as_told: str, hints: Hints) -> BirthDate:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return BirthDate(None, None, Precision.UNKNOWN, Calendar.GREGORIAN, as_told)
    return _birth(_told_by_cell(value, hints), as_told)


def _told_by_cell(value: object, hints: Hints) -> Told:
    if isinstance(value, datetime | date):
        return read_parts(value.year, value.month, value.day, hints)
    if isinstance(value, bool) or not isinstance(value, int | float) or value in (math.inf, -math.inf):
        raise DateFault("dates.not_a_date")
    return read_number(value, hints)


def _from_text(value: str, as_told: str, hints: Hints) -> BirthDate:
    typed = wording.typed(value)
    if plain(typed) in wording.UNKNOWN:
        return BirthDate(None, None, Precision.UNKNOWN, Calendar.GREGORIAN, as_told)
    text, about = wording.ABOUT.subn(" ", typed)
    text = " ".join(text.split())
    aged = _by_age(text, bool(about), as_told, hints.today)
    if aged:
        return aged
    text, calendar = wording.without_marks(text)
    text = wording.TIME.sub("", text)
    hints = replace(hints, calendar=calendar)
    return (
        _by_decade(text, as_told, hints)
        or _by_range(text, bool(about), as_told, hints)
        or _about(_birth(read_told(text, hints), as_told), bool(about))
    )


def _birth(told: Told, as_told: str) -> BirthDate:
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[told.parts - 1]
    return BirthDate(told.earliest, told.latest, precision, told.calendar, as_told, told.ambiguous)


def _about(birth: BirthDate, about: bool) -> BirthDate:
    """Two years each way, in the calendar in which it was told."""
    if not about or birth.earliest is None or birth.latest is None:
        return birth
    earliest = _years_later(birth.earliest, -ABOUT_YEARS, birth.calendar)
    after = _years_later(birth.latest + timedelta(days=1), ABOUT_YEARS, birth.calendar)
    return replace(birth, earliest=earliest, latest=after - timedelta(days=1), precision=Precision.ABOUT)


def _years_later(day: date, years: int, calendar: Calendar) -> date:
    parts = in_calendar(day, calendar)
    if parts is None:
        return day + timedelta(days=round(years * 354.37))
    year, month, of_month = parts
    try:
        return to_gregorian(calendar, year + years, month, of_month)
    except DateFault:
        return day + timedelta(days=round(years * 365.2425))


def _by_age(text: str, about: bool, as_told: str, today: date) -> BirthDate | None:
    months = wording.MONTHS_OLD.fullmatch(text)
    if months:
        return _born_within(_months_before(today, int(months[1]) + 1), _months_before(today, int(months[1])), about, as_told)
    age = wording.AGE.fullmatch(text)
    if not age:
        return None
    years, spread = int(age[1] or age[2]), ABOUT_YEARS if about else 0
    if years > OLDEST:
        raise DateFault("dates.too_long_ago", years=OLDEST)
    oldest, youngest = years_before(today, years + 1 + spread), years_before(today, max(years - spread, 0))
    return _born_within(oldest, youngest, about, as_told)


def _born_within(after: date, until: date, about: bool, as_told: str) -> BirthDate:
    precision = Precision.ABOUT if about else Precision.RANGE
    return BirthDate(after + timedelta(days=1), until, precision, Calendar.GREGORIAN, as_told)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _by_decade(text: str, as_told: str, hints: Hints) -> BirthDate | None:
    decade = wording.DECADE.fullmatch(text)
    if not decade:
        return None
    start = int(decade[1] or decade[2])
    # "The forties" in Persian without a century are those of the Jalali 1300s.
    start += 1300 if start < 100 else 0
    first, last = read_told(str(start), hints), read_told(str(start + 9), hints)
    return BirthDate(first.earliest, last.latest, Precision.RANGE, first.calendar, as_told, first.ambiguous)


def _by_range(text: str, about: bool, as_told: str, hints: Hints) -> BirthDate | None:
    found = wording.BETWEEN.fullmatch(text) or wording.TO.fullmatch(text)
    if not found:
        return None
    start, end = (part for part in found.groups() if part)
    first, last = read_told(start, hints), read_told(end, hints)
    if first.earliest > last.latest:
        raise DateFault("dates.backwards")
    precision = Precision.ABOUT if about else Precision.RANGE
    ambiguous = first.ambiguous or last.ambiguous
    return BirthDate(first.earliest, last.latest, precision, first.calendar, as_told, ambiguous)
