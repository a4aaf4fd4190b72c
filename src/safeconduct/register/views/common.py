"""What the register's pages share."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from safeconduct.register import queries
from safeconduct.register.models import FamilyUnit, Person


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    """The person, or the page for what does not exist: the same where the reader may not see that there is one."""
    found = queries.person(pk, seen_by=request.actor)
    if found is None:
        raise Http404
    return found


def family_or_404(request: HttpRequest, pk: UUID) -> FamilyUnit:
    """The family unit, or the page for what does not exist."""
    found = queries.family(pk, seen_by=request.actor)
    if found is None:
        raise Http404
    return found


def language() -> str:
    """The reader's language."""
    return get_language() or "en"
