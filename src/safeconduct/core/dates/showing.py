"""Dates for people to read, in their language and calendar, and for spreadsheets to keep."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext, override

from safeconduct.core.dates.birth import BirthDate, Precision, age_on
from safeconduct.core.dates.calendars import Calendar, in_calendar, month_name
from safeconduct.core.languages import localise_digits


def site_day(at: datetime, zone: ZoneInfo) -> date:
    """The day at the site at a moment. At one in the morning in Baghdad it is no longer the day in UTC."""
    if at.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return at.astimezone(zone).date()


def calendar_for(language: str) -> Calendar:
    """The calendar in which readers of a language expect dates: Jalali for Persian, else Gregorian."""
    return Calendar.JALALI if language.startswith("fa") else Calendar.GREGORIAN


def show_date(day: date, *, language: str, calendar: Calendar | None = None) -> str:
    """A day in words: "10 دی ۱۳۹۲", "31 December 2013". Without a calendar, in that of the language.

    Where the Hijri table does not reach (before August 1924), in the Gregorian calendar. read_date() reads it back.
    """
    calendar = calendar or calendar_for(language)
    parts = in_calendar(day, calendar)
    if parts is None:
        return show_date(day, language=language, calendar=Calendar.GREGORIAN)
    year, month, of_month = parts
    return localise_digits(f"{of_month} {month_name(calendar, month, language)} {year}", language)


def show_birth(birth: BirthDate, *, language: str, calendar: Calendar | None = None) -> str:
    """A birth date in a sentence's part: "between 1957 and 1962; told as “about 1338”". Needs Django's settings."""
    calendar = calendar or calendar_for(language)
    with override(language):
        if birth.earliest is None or birth.latest is None:
            return str(gettext("not known"))
        shown = _interval(birth, language, calendar)
        if not birth.as_told or (birth.precision is Precision.DAY and birth.calendar is calendar):
            return shown
        return str(gettext("%(date)s; told as “%(told)s”") % {"date": shown, "told": birth.as_told})


def _interval(birth: BirthDate, language: str, calendar: Calendar) -> str:
    assert birth.earliest is not None and birth.latest is not None
    if birth.earliest == birth.latest:
        return show_date(birth.earliest, language=language, calendar=calendar)
    first, last = in_calendar(birth.earliest, calendar), in_calendar(birth.latest, calendar)
    if birth.precision is Precision.MONTH or first is None or last is None:
        if first and last and first[:2] == last[:2]:
            return localise_digits(f"{month_name(calendar, first[1], language)} {first[0]}", language)
        ends = [show_date(day, language=language, calendar=calendar) for day in (birth.earliest, birth.latest)]
    else:
        ends = [localise_digits(str(parts[0]), language) for parts in (first, last)]
    if ends[0] == ends[1]:
        return ends[0]
    return str(gettext("between %(first)s and %(last)s") % {"first": ends[0], "last": ends[1]})


def show_age(birth: BirthDate, day: date, *, language: str) -> str:
    """The age on a day: "52 years", "between 40 and 44 years", "less than a year". Needs Django's settings."""
    with override(language):
        ages = age_on(birth, day)
        if ages is None:
            return str(gettext("age not known"))
        if ages == (0, 0):
            return str(gettext("less than a year"))
        young, old = (localise_digits(str(age), language) for age in ages)
        if ages[0] == ages[1]:
            return str(ngettext("%(years)s year", "%(years)s years", ages[0]) % {"years": old})
        between = ngettext("between %(young)s and %(old)s year", "between %(young)s and %(old)s years", ages[1])
        return str(between % {"young": young, "old": old})


def write_birth_date(birth: BirthDate) -> str:
    """For a spreadsheet: read_birth_date() reads the same interval and precision back.

    A day is ISO; a month or a year stays in its calendar ("1340 SH", "1340-05 SH", "1961"); any other interval is two
    ISO dates with a slash, after a tilde if it is about ("~1957-03-21/1962-03-20"); unknown is empty.
    """
    if birth.earliest is None or birth.latest is None:
        return ""
    parts = in_calendar(birth.earliest, birth.calendar)
    if birth.precision is Precision.DAY:
        return birth.earliest.isoformat()
    if parts is not None and birth.precision in (Precision.YEAR, Precision.MONTH):
        mark = {Calendar.JALALI: " SH", Calendar.HIJRI: " AH"}.get(birth.calendar, "")
        return (f"{parts[0]}" if birth.precision is Precision.YEAR else f"{parts[0]}-{parts[1]:02}") + mark
    about = "~" if birth.precision is Precision.ABOUT else ""
    return f"{about}{birth.earliest.isoformat()}/{birth.latest.isoformat()}"
