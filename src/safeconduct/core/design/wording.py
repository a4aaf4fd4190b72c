"""Numbers, dates and times as the reader's language writes them. The language is the one active now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi


def language() -> str:
    return get_language() or "en"


def right_to_left() -> bool:
    return get_language_bidi()


def number(value: Any) -> str:
    """A whole number with its thousands parted, a fraction as it is, a dash for nothing: 3104 → "3,104", "۳٬۱۰۴"."""
    from safeconduct.core.languages import localise_digits

    if value is None or value == "":
        return "–"
    if isinstance(value, bool) or not isinstance(value, int):
        return digits(value)
    return localise_digits(value, language())


def digits(value: Any) -> str:
    """A text with its digits in the reader's language, and nothing else changed: years, blocks, codes of offers."""
    from safeconduct.core.languages import localise_digits

    return "" if value is None else localise_digits(str(value), language())


def day_of(value: date | datetime) -> date:
    """The day at the site of a moment; a day is its own."""
    if isinstance(value, datetime):
        return value.astimezone(_zone()).date() if value.tzinfo else value.date()
    return value


def date_shown(value: date | datetime | None, calendar: str = "") -> str:
    """A day in words, in the reader's calendar or in the one named (gregorian, jalali, hijri); empty for None."""
    from safeconduct.core.dates import Calendar, show_date

    if value is None or value == "":
        return ""
    return show_date(day_of(value), language=language(), calendar=Calendar(calendar) if calendar else None)


def time_shown(value: datetime | None) -> str:
    """The time of a moment on the site's clock: "12:04", "۱۲:۰۴"."""
    if value is None:
        return ""
    local = value.astimezone(_zone()) if value.tzinfo else value
    return digits(local.strftime("%H:%M"))


def _zone() -> ZoneInfo:
    return ZoneInfo(getattr(settings, "SITE_ZONE", None) or settings.TIME_ZONE)
