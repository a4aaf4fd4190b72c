"""The part of a person's page that says that something from a copy waits for a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.register.models import Person
from safeconduct.register.travelling.queries import known_held


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """How much waits that the reader may know, and whether there ever was anything of that."""
    known = known_held(person, seen_by) if person.has_held else []  # type: ignore[attr-defined]
    return {"waiting": sum(each.decided_at is None for each in known), "had": bool(known), "person": person}
