"""What the register's pages share."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from safeconduct.core.access.api import NotYourCase
from safeconduct.register import queries
from safeconduct.register.access import reader_of, visible_to
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.models import FamilyUnit, Person


def person_or_404(request: HttpRequest, pk: UUID) -> Person:
    """The person: the same page where there is none and where the reader may not see that there is one.

    Refuses too where the page is one of the case and the case is not the reader's.
    """
    found = queries.person(pk, seen_by=request.actor)
    if found is None:
        raise NoSuchRecord()
    refuse_from_outside(request, found)
    return found


def known_person_or_404(request: HttpRequest, pk: UUID, *beside: str) -> Person:
    """The same for pages of other rooms, with the tables beside the person that they name."""
    found = visible_to(request.actor).prefetch_related("names", *beside).filter(pk=pk).first()
    if found is None:
        raise NoSuchRecord()
    refuse_from_outside(request, found)
    return found


def refuse_from_outside(request: HttpRequest, person: Person) -> None:
    """Raise NotYourCase where a view's own permission holds within cases only, and this case is not the reader's."""
    wanted = request.resolver_match.func.policy.permission if request.resolver_match else None
    if wanted and not reader_of(person, request.actor).may(wanted):
        raise NotYourCase()


def family_or_404(request: HttpRequest, pk: UUID) -> FamilyUnit:
    """The family unit, or the page for what does not exist."""
    found = queries.family(pk, seen_by=request.actor)
    if found is None:
        raise NoSuchRecord()
    return found


def language() -> str:
    """The reader's language."""
    return get_language() or "en"
