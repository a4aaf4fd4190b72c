"""Dates in three calendars, as exactly as they are known. Pure; only the sentences need Django."""

from safeconduct.core.dates.birth import BirthDate, Precision, age_on
from safeconduct.core.dates.calendars import Calendar, in_calendar, month_name, to_gregorian
from safeconduct.core.dates.faults import DateFault
from safeconduct.core.dates.reading import read_birth_date, read_date
from safeconduct.core.dates.showing import (
    calendar_for,
    show_age,
    show_birth,
    show_date,
    site_day,
    write_birth_date,
)

__all__ = [
    "BirthDate",
    "Calendar",
    "DateFault",
    "Precision",
    "age_on",
    "calendar_for",
    "in_calendar",
    "month_name",
    "read_birth_date",
    "read_date",
    "show_age",
    "show_birth",
    "show_date",
    "site_day",
    "to_gregorian",
    "write_birth_date",
]
