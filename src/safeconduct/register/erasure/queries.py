"""What the pages on erasures read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.register.models import Consent, Erasure, ExportedPerson, Person


def erasures(*, seen_by: Actor) -> QuerySet[Erasure]:
    """Every request, for whoever decides on them: the record itself is not shown."""
    if not seen_by.may("register.decide_erasure"):
        return Erasure.objects.none()
    return Erasure.objects.select_related("asked_by", "decided_by")


def to_decide(*, seen_by: Actor) -> QuerySet[Erasure]:
    """Those that the reader could decide."""
    others = Q(asked_by=None) | ~Q(asked_by=seen_by.account)
    return erasures(seen_by=seen_by).filter(others, decided_at=None)


def what_stays(person: Person) -> dict[str, int]:
    """What must stay on record when a person is erased, counted."""
    return {
        "consents": Consent.objects.filter(person=person).count(), "exports": ExportedPerson.objects.filter(person=person).count(),
    }  # fmt: skip


def waits(person: Person) -> Erasure | None:
    """The request that waits for a decision."""
    return Erasure.objects.filter(person=person, decided_at=None).first()
