"""A birth date as people know it: an interval, how exactly it is known, and what was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from safeconduct.core.dates.calendars import Calendar


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"
    RANGE = "range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BirthDate:
    """Born on a day from `earliest` to `latest`, both included; None and None if nobody knows.

    `as_told` is what the person or the paper said, in the `calendar` in which it was said. `ambiguous`: day and month,
    or the calendar, could also be read otherwise; whoever imports it should ask.
    """

    earliest: date | None
    latest: date | None
    precision: Precision
    calendar: Calendar
    as_told: str
    ambiguous: bool = False

    def __post_init__(self) -> None:
        if (self.earliest is None) != (self.latest is None) or (self.earliest is None) != (self.precision is Precision.UNKNOWN):
            raise ValueError("Either both ends are known, or neither is and the precision is unknown.")
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError("The earliest day is not after the latest.")


def age_on(birth: BirthDate, day: date) -> tuple[int, int] | None:
    """The youngest and the oldest that the person can be on a day, in full years; None if nobody knows.

    Somebody born on 29 February turns a year older on 1 March. Nobody is younger than 0: an interval may reach past
    `day`.
    """
    if birth.earliest is None or birth.latest is None:
        return None
    return max(full_years(birth.latest, day), 0), max(full_years(birth.earliest, day), 0)


def full_years(since: date, day: date) -> int:
    """Full years from one day to another, by the Gregorian calendar."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def years_before(day: date, years: int) -> date:
    """The last day on which somebody could be born who is this many years old on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1) - timedelta(days=1)
