"""What the pages on submissions read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import only_computing, seen
from safeconduct.departures.gate import standing
from safeconduct.departures.models import Submission, SubmissionFile
from safeconduct.plans.api import Plan, plans
from safeconduct.register.api import CONSENTS, Consent, Leaving, Person
from safeconduct.routes.api import Offer


@dataclass(frozen=True)
class Prepared:
    """One offer of an approved plan: who may be submitted now, and who is held back and why (as a code)."""

    offer: Offer
    people: list[Person]
    ready: int
    held: list[tuple[Person, str]]
    files: list[SubmissionFile]

    @property
    def reasons(self) -> Counter[str]:
        return Counter(code for _person, code in self.held)


def approved(*, seen_by: Actor) -> Plan | None:
    """The newest approved plan."""
    if not seen_by.may("departures.see_submissions"):
        return None
    return plans(seen_by=seen_by).filter(state=Plan.State.APPROVED).first()


def prepared(plan: Plan, offer: Offer, *, at: datetime) -> Prepared:
    """How one offer of a plan stands at this moment. Nobody is read by this: the page says whom of them it shows."""
    with only_computing():
        people = list(
            Person.objects.filter(assignments__plan=plan, assignments__offer=offer).prefetch_related("names").order_by("number")
        )
    found = standing(plan, offer, at=at)
    held = [(p, found.held[p.pk]) for p in people if p.pk in found.held]
    files = list(SubmissionFile.objects.filter(plan=plan, offer=offer).select_related("taken_by"))
    return Prepared(offer, people, len(people) - len(held), held, files)


def offers_with_people(plan: Plan) -> list[Any]:
    """The offers in which a plan has a place for anybody."""
    return list(Offer.objects.filter(pk__in=plan.assignments.exclude(offer=None).values("offer")).order_by("key"))


def left_under(consent: Consent) -> Iterator[Leaving]:
    """Submissions that left under a consent."""
    for one in Submission.objects.filter(consent=consent).select_related("file"):
        yield Leaving(_("a submission to a receiving state"), one.file.taken_at, f"departures.submission:{one.pk}", consent)


def left(person: Person, *, seen_by: Actor) -> list[Submission]:
    """What has left about a person, the newest first; nothing for whoever may not see submissions."""
    if not seen_by.may("departures.see_submissions"):
        return []
    seen(person, CONSENTS)
    rows = Submission.objects.filter(person=person).select_related("file", "consent__withdrawal")
    return list(rows.order_by("-file__taken_at"))
