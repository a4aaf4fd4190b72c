"""The part of a person's page that tells what the newest plan says."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.plans import queries
from safeconduct.plans.views.people import told
from safeconduct.register.api import Person


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """The newest plan's answer for this person; nothing where there is no plan, or the person is in none."""
    plan = queries.newest(seen_by=seen_by)
    row = queries.assignment(plan, person.pk, seen_by=seen_by) if plan else None
    if plan is None or row is None:
        return {"plan": None}
    answer = told(row)
    return {"plan": plan, "offer": answer["title"], "why": answer["why"], "nearest": answer["nearest"], "person": person}
