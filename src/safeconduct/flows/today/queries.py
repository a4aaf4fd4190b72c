"""What the first page reads: the state of everybody in a sentence, and what waits for the reader."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.core.audit.api import until_next_entry
from safeconduct.core.languages import localise_digits
from safeconduct.plans.api import waiting
from safeconduct.register.api import (
    children_without_decision,
    counts,
    erasures_to_decide,
    exports_to_decide,
    open_decisions,
    openings,
    rights_that_end,
    without_anybody,
)
from safeconduct.routes.api import bursts, count_chosen, provisional

BURSTS_SINCE = timedelta(days=30)


def sentence(*, seen_by: Actor, on: date) -> dict[str, int] | None:
    """People here, who have left, who left this month, and those here whose choice counts; None for who may not see people."""
    if not seen_by.may("register.see_people"):
        return None
    return until_next_entry(seen_by, _everybody, on).copy()


def _everybody(on: date) -> dict[str, int]:
    return {**counts(on=on, since=on.replace(day=1)), "chosen": count_chosen(on=on)}


def work(*, seen_by: Actor, on: date) -> list[dict[str, Any]]:
    """What waits for the reader's roles, the most urgent first. No illness and no name stands in it."""
    items = [
        *_openings(seen_by), *_exports(seen_by), *_erasures(seen_by), *_brought(seen_by), *_children(seen_by, on),
        *_bursts(seen_by, on), *_provisional(seen_by, on), *_plan(seen_by, on), *_without(seen_by),
    ]  # fmt: skip
    for item in items:
        item.setdefault("days", (on - item["since"]).days or None if item.get("since") else None)
    return items


def _openings(by: Actor) -> list[dict[str, Any]]:
    """For a supervisor: cases that somebody opened in an emergency, and nobody read why."""
    if not by.may("register.read_openings"):
        return []
    waiting_for = list(openings(seen_by=by, unread=True).values_list("opened_at", flat=True))
    if not waiting_for:
        return []
    n = len(waiting_for)
    return [{
        "meaning": "attention", "word": _("Attention"), "url": reverse("openings"), "action": _("Read"),
        "since": clock.day_of(min(waiting_for)),
        "title": ngettext("One case was opened in an emergency", "%(n)s cases were opened in an emergency", n) % {"n": _shown(n)},
        "detail": _("Read who opened it and why, and say whether it was justified."),
    }]  # fmt: skip


def _exports(by: Actor) -> list[dict[str, Any]]:
    """For a second person: sheets about people that a colleague asked for."""
    found = list(exports_to_decide(seen_by=by, at=clock.now()).values_list("asked_at", flat=True))
    if not found:
        return []
    return [{
        "meaning": "waits", "word": _("Waits"), "url": reverse("decide_exports"), "action": _("Read"),
        "since": clock.day_of(min(found)),
        "title": ngettext("A sheet about people waits for your decision", "%(n)s sheets about people wait for your decision",
                          len(found)) % {"n": _shown(len(found))},
        "detail": _("It leaves only with your yes, and only within a day."),
    }]  # fmt: skip


def _erasures(by: Actor) -> list[dict[str, Any]]:
    """For a data-protection officer: requests for erasure."""
    found = list(erasures_to_decide(seen_by=by).values_list("asked_at", flat=True))
    if not found:
        return []
    return [{
        "meaning": "waits", "word": _("Waits"), "url": reverse("erasures"), "action": _("Read"),
        "since": clock.day_of(min(found)),
        "title": ngettext("A request for erasure waits for your decision", "%(n)s requests for erasure wait for your decision",
                          len(found)) % {"n": _shown(len(found))},
        "detail": _("A record that is erased cannot be brought back."),
    }]  # fmt: skip


def _brought(by: Actor) -> list[dict[str, Any]]:
    """For whoever has the case: what came back on a travelling copy and was changed here too."""
    n = open_decisions(seen_by=by)
    if not n:
        return []
    return [{
        "meaning": "waits", "word": _("Waits"), "url": reverse("travels"), "action": _("Compare"),
        "title": ngettext("What a travelling copy brought of one person waits for a decision",
                          "What travelling copies brought of %(n)s people waits for a decision", n) % {"n": _shown(n)},
        "detail": _("It was changed in the register too, or somebody else must write it."),
    }]  # fmt: skip


def _without(by: Actor) -> list[dict[str, Any]]:
    """For a supervisor: cases that nobody has."""
    n = without_anybody(seen_by=by, at=clock.now())
    if not n:
        return []
    return [{
        "meaning": "waits", "word": _("Waits"), "url": reverse("cases") + "?given=nobody", "action": _("Give on"),
        "title": ngettext("One case is assigned to nobody", "%(n)s cases are assigned to nobody", n) % {"n": _shown(n)},
        "detail": _("Nobody sees what is in it, and nobody works on it."),
    }]  # fmt: skip


def _children(by: Actor, on: date) -> list[dict[str, Any]]:
    if not by.may("register.see_needs"):
        return []
    n = until_next_entry(by, _children_waiting, by, rights_that_end(by), on)
    if not n:
        return []
    return [
        {
            "meaning": "attention",
            "word": _("Attention"),
            "url": reverse("people") + "?age=child",
            "action": _("Open"),
            "title": ngettext(
                "For one child no best-interests decision was made", "For %(n)s children no best-interests decision was made", n
            )
            % {"n": _shown(n)},
            "detail": _("Until the decision, and their own views, no plan includes them."),
        }
    ]


def _children_waiting(by: Actor, _rights: frozenset[UUID], on: date) -> int:
    return len(children_without_decision(seen_by=by, on=on))


def _bursts(by: Actor, on: date) -> list[dict[str, Any]]:
    if not by.may("routes.record_choices"):
        return []
    return [
        {
            "meaning": "attention",
            "word": _("Attention"),
            "url": reverse("choices"),
            "action": _("Open"),
            "since": day,
            "title": _("%(n)s people of block %(block)s changed their choice alike on one day") % {"n": _shown(n), "block": block},
            "detail": _("This judges nobody. Speak with each of them again, alone and in private."),
        }
        for block, day, n in until_next_entry(by, _changed_alike, by, on)
    ]


def _changed_alike(by: Actor, on: date) -> list[tuple[str, date, int]]:
    return bursts(seen_by=by, since=on - BURSTS_SINCE)


def _provisional(by: Actor, on: date) -> list[dict[str, Any]]:
    if not by.may("routes.record_choices"):
        return []
    n, since = until_next_entry(by, _not_counting, by, rights_that_end(by), on)
    if not n:
        return []
    return [{
        "meaning": "waits", "word": _("Waits"), "url": reverse("choices"), "action": _("Open"), "since": since,
        "title": ngettext("One choice does not count yet", "%(n)s choices do not count yet", n) % {"n": _shown(n)},
        "detail": _("Somebody else was in the room. Speak with each again, in private."),
    }]  # fmt: skip


def _not_counting(by: Actor, _rights: frozenset[UUID], on: date) -> tuple[int, date | None]:
    """How many choices do not count yet, and the day of the first."""
    found = provisional(seen_by=by, on=on)
    return len(found), found[0].taken_on if found else None


def _plan(by: Actor, on: date) -> list[dict[str, Any]]:
    plan = waiting(seen_by=by)
    if plan is None:
        return []
    return [
        {
            "meaning": "waits",
            "word": _("Waits"),
            "url": reverse("plan", args=[plan.number]),
            "action": _("Read the plan"),
            "since": plan.as_of,
            "title": _("A plan needs a second person"),
            "detail": ngettext("In it one person can leave.", "In it %(n)s people can leave.", plan.people_placed)
            % {"n": _shown(plan.people_placed)},
        }
    ]


def _shown(n: int) -> str:
    return localise_digits(n, get_language() or "en")
