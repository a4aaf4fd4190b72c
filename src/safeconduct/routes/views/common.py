"""What the pages of offers and choices share."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from safeconduct.register.api import Person, full_names, known_person_or_404
from safeconduct.routes import queries
from safeconduct.routes.models import Offer
from safeconduct.routes.showing import tongue


def offer_or_404(request: HttpRequest, slug: str) -> Offer:
    """The offer, or the page for what does not exist."""
    found = queries.offer(slug, seen_by=request.actor)
    if found is None:
        raise Http404
    return found


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    """The person, the same way where the reader may not see that there is one."""
    return known_person_or_404(request, pk, "memberships")


def name_of(person: Person) -> str:
    """A person's name in the script of the active language, else in the other; without any, the registration number."""
    names = full_names(person.names.all())
    first, second = ("Arab", "Latn") if tongue() in ("fa", "ar") else ("Latn", "Arab")
    return names.get(first) or names.get(second) or person.number
