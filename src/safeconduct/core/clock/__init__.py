"""The clock, read at the interface and handed down. A demonstration site may stand at a day of the past."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from safeconduct.core.dates import site_day


def now() -> datetime:
    """This moment; on a demonstration site, this time of day on the day at which the case stands."""
    if not settings.SITE_TODAY:
        return timezone.now()
    zone = ZoneInfo(settings.SITE_ZONE)
    today = date.fromisoformat(settings.SITE_TODAY)
    return datetime.combine(today, timezone.now().astimezone(zone).time(), zone)


def real() -> datetime:
    """This moment of the real clock, also on a demonstration: codes and sessions run by it."""
    return timezone.now()


def today() -> date:
    """The site's day."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """The site's day at a moment; never UTC's."""
    return site_day(at, ZoneInfo(settings.SITE_ZONE))
