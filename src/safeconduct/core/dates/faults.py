"""What can be wrong with a date in a sheet, and the mend. Numbers only: a cell may hold a name by mistake."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.core.languages import localise_digits

_FAULTS: Final[dict[str, tuple[Any, Any]]] = {
    "dates.not_a_date": (
        _("This is not read as a date."),
        _("Write it as year-month-day, as a year, as “about 1340”, or leave it empty if nobody knows."),
    ),
    "dates.two_digit_year": (
        _("The year has two digits."),
        _("Write the year with four digits."),
    ),
    "dates.no_such_day": (
        _("%(month)s %(year)s has %(last)s days; the date says day %(day)s."),
        _("Check the day, or give only the month and the year."),
    ),
    "dates.no_such_month": (
        _("A year has 12 months; the date says month %(month)s."),
        _("Check the month, or give only the year."),
    ),
    "dates.year_does_not_fit": (
        _("The year %(year)s does not fit the calendar of this date."),
        _("Check the year, or name the calendar: 1340 SH (Jalali), 1381 AH (Hijri), 1961 AD."),
    ),
    "dates.hijri_before_1343": (
        _("Hijri dates are read from the year 1343 (August 1924) on; the date says %(year)s."),
        _("Give the Gregorian or Jalali year."),
    ),
    "dates.in_the_future": (
        _("This date is still to come."),
        _("Check the year and its calendar."),
    ),
    "dates.too_long_ago": (
        _("This date is more than %(years)s years ago."),
        _("Check the year and its calendar."),
    ),
    "dates.backwards": (
        _("The range ends before it begins."),
        _("Write the earlier date first."),
    ),
    "dates.needs_a_day": (
        _("An exact day is needed here."),
        _("Write day, month and year."),
    ),
    "dates.unclear_number": (
        _("The number alone is neither a year nor a date of a spreadsheet."),
        _("Write the year with four digits, or an age as “45 years”."),
    ),
}


class DateFault(ValueError):
    """A date that cannot be taken: `code` for machines, `says` and `mend` for people, in the language that is active.

    Never holds the text that was read.
    """

    def __init__(self, code: str, **numbers: Any) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers

    @property
    def says(self) -> str:
        return str(_FAULTS[self.code][0]) % self._shown()

    @property
    def mend(self) -> str:
        return str(_FAULTS[self.code][1]) % self._shown()

    def _shown(self) -> dict[str, str]:
        return {name: localise_digits(str(number), get_language() or "en") for name, number in self.numbers.items()}
