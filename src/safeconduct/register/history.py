"""A person's time line in the register: one line of everything that is recorded, latest first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.languages import localise_digits
from safeconduct.register.models import Person
from safeconduct.register.showing import recipient_name

Event = dict[str, Any]


def time_line(person: Person, *, may_see_needs: bool, language: str) -> list[Event]:
    """Stays, statuses, family, consents and decisions as events with a day; what has no day stands last."""
    events = [*_stays(person, language), *_statuses(person), *_families(person), *_consents(person, language)]
    if may_see_needs:
        events += [
            {"on": made.decided_on, "title": _("Best-interests decision"),
             "detail": _("allows a plan") if made.allows_plan else _("allows no plan yet")}
            for made in person.best_interests.all()
        ]  # fmt: skip
    events.append({"on": clock.day_of(person.registered_at), "title": _("Registered here")})
    for event in events:
        if event["on"] is None:
            event["when"] = _("day not recorded")
    return sorted(events, key=lambda event: event["on"] or date.min, reverse=True)


def _stays(person: Person, language: str) -> list[Event]:
    events: list[Event] = []
    stays = sorted(person.presences.all(), key=lambda stay: stay.starts or date.min)
    for place, stay in enumerate(stays):
        block = _("Block %(block)s") % {"block": localise_digits(stay.block, language)} if stay.block else ""
        moved = place > 0 and stays[place - 1].ends == stay.starts
        events.append(
            {
                "on": stay.starts,
                "title": _("Moved to another block") if moved else _("Arrived at the site"),
                "detail": block,
            }
        )
        followed = place + 1 < len(stays) and stays[place + 1].starts == stay.ends
        if stay.ends and not followed:
            events.append({"on": stay.ends, "title": _("Left the site")})
    return events


def _statuses(person: Person) -> list[Event]:
    return [
        {"on": status.since, "title": _("Status: %(status)s") % {"status": status.get_status_display()}}
        for status in person.statuses.all()
    ]


def _families(person: Person) -> list[Event]:
    events: list[Event] = []
    for membership in person.memberships.all():
        number = {"family": membership.family.number}
        if membership.starts:
            events.append({"on": membership.starts, "title": _("Joined family %(family)s") % number})
        if membership.ends:
            events.append({"on": membership.ends, "title": _("No longer in family %(family)s") % number})
    return events


def _consents(person: Person, language: str) -> list[Event]:
    events: list[Event] = []
    for consent in person.consents.all():
        what = _("%(purpose)s, to %(recipient)s") % {
            "purpose": consent.get_purpose_display(), "recipient": recipient_name(consent.recipient, language=language),
        }  # fmt: skip
        events.append({"on": clock.day_of(consent.recorded_at), "title": _("Consented"), "detail": what})
        withdrawal = getattr(consent, "withdrawal", None)
        if withdrawal:
            events.append({"on": clock.day_of(withdrawal.withdrawn_at), "title": _("Withdrew a consent"), "detail": what})
    return events
