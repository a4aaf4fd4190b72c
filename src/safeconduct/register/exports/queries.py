"""What the pages on exports read."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.register.access import reader_of
from safeconduct.register.exports.actions import A_DAY
from safeconduct.register.models import Export, ExportedPerson, Person


def exports(*, seen_by: Actor) -> QuerySet[Export]:
    """Every request for whoever decides about them, else the reader's own; the newest first."""
    found = Export.objects.select_related("asked_by", "decided_by")
    return found if seen_by.may("register.decide_exports") else found.filter(asked_by=seen_by.account)


def waiting(*, seen_by: Actor, at: datetime) -> QuerySet[Export]:
    """Requests that the reader could decide."""
    if not seen_by.may("register.decide_exports"):
        return Export.objects.none()
    fresh = Q(asked_by=None) | ~Q(asked_by=seen_by.account)
    return exports(seen_by=seen_by).filter(fresh, decided_at=None, asked_at__gte=at - A_DAY)


def state_of(export: Export, *, at: datetime) -> str:
    """waits | allowed | refused | taken | lapsed."""
    if export.taken_at is not None:
        return "taken"
    if export.allowed is False:
        return "refused"
    since = export.decided_at or export.asked_at
    if at - since > A_DAY:
        return "lapsed"
    return "allowed" if export.allowed else "waits"


def exports_about(person: Person, *, seen_by: Actor) -> list[ExportedPerson]:
    """Every sheet that told about a person, the newest first, for whoever has the case."""
    if not reader_of(person, seen_by).may("register.see_case"):
        return []
    found = ExportedPerson.objects.filter(person=person).select_related("export", "consent", "consent__withdrawal")
    return list(found.order_by("-export__taken_at"))
