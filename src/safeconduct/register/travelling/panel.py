"""The part of a person's page that says that something from a copy waits for a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.register.models import HeldChange, Person


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """How much waits, and whether there ever was anything."""
    if not person.has_held:  # type: ignore[attr-defined]
        return {"waiting": 0, "had": False, "person": person}
    return {"waiting": HeldChange.objects.filter(person=person, decided_at=None).count(), "had": True, "person": person}
