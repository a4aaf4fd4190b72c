"""The part of a person's page that lists documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import seen
from safeconduct.register.documents.queries import listed
from safeconduct.register.levels import DOCUMENTS
from safeconduct.register.models import Person


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """The documents that this reader may see."""
    found = listed(person, seen_by=seen_by) if person.has_documents else []  # type: ignore[attr-defined]
    if found:
        seen(person, DOCUMENTS)
    return {"person": person, "documents": found, "may_add": seen_by.may("register.add_documents")}
