"""The part of a person's page that tells in which sheets the person stood."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.register.exports.queries import exports_about
from safeconduct.register.models import FieldGroup, Person
from safeconduct.register.showing import recipient_name


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """Every sheet that told about this person."""
    language = get_language() or "en"
    return {"exports": [
        {
            "on": clock.day_of(one.export.taken_at), "to": recipient_name(one.export.recipient, language=language),
            "groups": [str(FieldGroup(group).label) for group in one.groups], "withdrawn": hasattr(one.consent, "withdrawal"),
        }
        for one in (exports_about(person, seen_by=seen_by) if person.has_left else ())  # type: ignore[attr-defined]
    ]}  # fmt: skip
