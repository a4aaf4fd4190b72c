"""The part of a person's page that leads to who looked at it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.core.reads.faults import ReadsNotWritten
from safeconduct.core.reads.queries import looks_at
from safeconduct.core.storage.errors import StorageFault
from safeconduct.register.models import Person

DAYS = 7


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """How often somebody looked in the last week, and in how many roles."""
    try:
        looks = looks_at(person.pk, since=clock.now() - timedelta(days=DAYS))
    except StorageFault as fault:
        raise ReadsNotWritten(reason=fault.sentence()) from fault  # the page could not leave anyhow
    return {"person": person, "times": len(looks), "roles": len({role for look in looks for role in look.roles})}
