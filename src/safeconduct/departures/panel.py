"""The part of a person's page that tells what has left, when and to whom: what a withdrawal can no longer hold back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.core.languages import country_name
from safeconduct.departures.queries import left
from safeconduct.register.api import FieldGroup, Person


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """Every submission in which this person stood, the newest first."""
    language = get_language() or "en"
    return {"left": [
        {
            "to": country_name(each.file.recipient, language), "on": clock.day_of(each.file.taken_at),
            "groups": [FieldGroup(group).label for group in each.groups], "withdrawn": hasattr(each.consent, "withdrawal"),
        }
        for each in (left(person, seen_by=seen_by) if person.has_submissions else ())  # type: ignore[attr-defined]
    ]}  # fmt: skip
