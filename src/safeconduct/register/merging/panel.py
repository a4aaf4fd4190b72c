"""The part of a person's page that tells of merges and splits, and leads to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.register.merging.queries import merges_of
from safeconduct.register.models import Person


def read(person: Person, seen_by: Actor, on: date) -> dict[str, Any]:
    """Whether this record was merged or split, and whether the reader may do it."""
    merges = list(merges_of(person)) if person.was_merged else []  # type: ignore[attr-defined]
    return {"person": person, "merges": merges, "may_merge": seen_by.may("register.merge")}
