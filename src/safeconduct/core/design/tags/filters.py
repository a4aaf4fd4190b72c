"""`|day`, `|digits`, `|number`: dates and numbers as the reader writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from safeconduct.core.dates import show_date, site_day
from safeconduct.core.design.tags.library import language, register
from safeconduct.core.languages import localise_digits


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in words, in the reader's calendar: `{{ offer.opens_on|day }}` → "18 April 2013", "۲۹ فروردین ۱۳۹۲".

    A moment is shown as its day at the site. Nothing is shown as nothing.
    """
    if not value:
        return ""
    if isinstance(value, datetime):
        value = site_day(value, ZoneInfo(getattr(settings, "SITE_ZONE", "UTC")))
    return show_date(value, language=language())


@register.filter
def clock_time(value: datetime | None) -> str:
    """The time of day at the site: "12:04", "۱۲:۰۴"."""
    if not value:
        return ""
    here = value.astimezone(ZoneInfo(getattr(settings, "SITE_ZONE", "UTC")))
    return localise_digits(f"{here:%H:%M}", language())


@register.filter
def digits(value: object) -> str:
    """The digits of a text in the reader's script, nothing else changed: years, blocks, versions."""
    return "" if value is None else localise_digits(str(value), language())


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """A count with its thousands parted: "3,104", "۳٬۱۰۴". None is a dash: not known, or not counted."""
    if value is None or value == "":
        return "–"
    whole = int(value)
    if whole == value:
        return localise_digits(whole, language())
    sign = "." if language().startswith("en") else "٫"
    return localise_digits(f"{value}".replace(".", sign), language())
