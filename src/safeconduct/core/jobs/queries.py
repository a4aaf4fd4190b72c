"""What the pages on long work read."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.core.jobs.models import Job


def own(*, seen_by: Actor) -> QuerySet[Job]:
    """The reader's own work, the newest first."""
    return Job.objects.filter(asked_by=seen_by.account) if seen_by.account is not None else Job.objects.none()


def everybodys(*, seen_by: Actor) -> QuerySet[Job]:
    """All work, for an administrator: of what kind and how it stands, not what it is about."""
    return Job.objects.defer("arguments", "address") if seen_by.may("jobs.see_all") else Job.objects.none()


def job(pk: UUID, *, seen_by: Actor) -> Job | None:
    """One of the reader's own."""
    return own(seen_by=seen_by).filter(pk=pk).first()
