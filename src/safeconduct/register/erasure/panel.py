"""The part of a person's page that leads to an erasure."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.register.models import Person


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """The newest request about this record."""
    return {"person": person, "erasure": person.erasures.first() if person.was_asked else None}  # type: ignore[attr-defined]
