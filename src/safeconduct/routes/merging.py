"""What becomes of choices and marks when two records turn out to be one person's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_date
from safeconduct.register.api import Person, Steps, tie, unless_alike
from safeconduct.routes.models import Choice, Mark
from safeconduct.routes.showing import title_of


def _choices_go_over(steps: Steps, person: Person, other: Person, take: Mapping[str, str], at: datetime) -> None:
    """The newest talk counts, as ever; the older ones stay with it."""
    both = [row for each in (person, other) for row in Choice.objects.filter(person=each, superseded_at=None)]
    for older in sorted(both, key=lambda one: (one.recorded_at, one.person_id == person.pk))[:-1]:
        steps.change(older, superseded_at=at)
    for row in Choice.objects.filter(person=other).order_by("recorded_at", "pk"):
        steps.change(row, person_id=person.pk)


def _talk(choice: Choice, reader: Actor, language: str) -> str:
    if not reader.may("routes.see_choices"):
        return ""
    return _("What was chosen in the talk of %(day)s") % {"day": show_date(choice.taken_on, language=language)}


def _mark(mark: Mark, reader: Actor, language: str) -> str:
    if not reader.may("routes.see_eligibility"):
        return ""
    return _("%(kind)s by an officer: %(offer)s") % {"kind": mark.get_kind_display(), "offer": title_of(mark.offer, language)}


def declare_ties() -> None:
    """Make the tables of this room known to merges; called when the room is loaded."""
    tie(Choice, move=_choices_go_over, shown=_talk)
    tie(Mark, move=unless_alike(Mark, "offer_id", ends="ended_at"), shown=_mark)
