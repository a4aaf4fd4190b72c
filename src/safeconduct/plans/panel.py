"""The part of a person's page that tells what the newest plan says."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.plans import queries
from safeconduct.plans.views.people import told
from safeconduct.register.api import Person
from safeconduct.routes.api import known_offers


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """The newest plan's answer for this person; nothing where there is no plan, or the person is in none."""
    row = queries.in_the_newest(person, seen_by=seen_by)
    if row is None:
        return {"plan": None}
    answer = told(row, known_offers(seen_by, on))
    return {"plan": row.plan, "offer": answer["title"], "why": answer["why"], "nearest": answer["nearest"], "person": person}
