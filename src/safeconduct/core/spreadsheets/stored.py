"""Days and birth dates as JSON, for rows that wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from safeconduct.core.dates import BirthDate, Calendar, Precision


def birth_to_json(birth: BirthDate | None) -> dict[str, Any] | None:
    """A birth date for a staged row."""
    if birth is None:
        return None
    return {
        "earliest": birth.earliest.isoformat() if birth.earliest else None,
        "latest": birth.latest.isoformat() if birth.latest else None,
        "precision": birth.precision.value,
        "calendar": birth.calendar.value,
        "as_told": birth.as_told,
        "ambiguous": birth.ambiguous,
    }


def birth_from_json(stored: Mapping[str, Any] | None) -> BirthDate | None:
    """The inverse of birth_to_json()."""
    if stored is None:
        return None
    return BirthDate(
        day_from_json(stored["earliest"]),
        day_from_json(stored["latest"]),
        Precision(stored["precision"]),
        Calendar(stored["calendar"]),
        stored["as_told"],
        stored["ambiguous"],
    )


def day_from_json(stored: str | None) -> date | None:
    """An ISO day, or None."""
    return date.fromisoformat(stored) if stored else None
