"""Offers, answers and rules as a reader sees them: words, meanings and sentences in the active language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from safeconduct.core.dates import Calendar, month_name, show_date
from safeconduct.core.languages import localise_digits
from safeconduct.routes.eligibility import rule_of
from safeconduct.routes.models import Offer, OfferStatus, StatusEntry
from safeconduct.routes.rules import LADDER

# Status → the shape beside its word.
MEANINGS = {
    "open": "done", "confirmed": "done", "announced": "waits", "discussed": "waits", "reported": "waits", "suspended": "attention",
    "closed": "none",
}  # fmt: skip
ANSWER_MEANINGS = {"yes": "done", "no": "none", "not_now": "waits"}
# Why an offer cannot be planned now, by the code of `rules.may_be_planned`.
NOT_PLANNED: dict[str, Any] = {
    "offer_closed": gettext_lazy("The offer is closed."),
    "offer_not_confirmed": gettext_lazy("Nobody confirmed it in writing. It may stand in a scenario only."),
    "offer_window_over": gettext_lazy("Its time is over."),
    "group_choices_open": gettext_lazy("Each person still decides about it in private; it is planned after its last day."),
    "offer_not_yet_open": gettext_lazy("It opens on a later day."),
}
# Why an answer, or a whole talk, does not count, by the code of `rules.choice_counts` and `rules.answer_counts`.
NOT_COUNTED: dict[str, Any] = {
    "others_in_the_room": gettext_lazy("Somebody other than the interviewer and a chosen interpreter was in the room."),
    "interpreter_not_chosen": gettext_lazy("The person did not choose the interpreter."),
    "no_sheet_published": gettext_lazy("No information sheet is published for this offer."),
    "sheet_not_received": gettext_lazy("It is not recorded that the person heard an information sheet."),
    "sheet_outdated": gettext_lazy("A newer information sheet has been published since."),
}
PRESENT: dict[str, Any] = {
    "interviewer": gettext_lazy("the interviewer"),
    "interpreter": gettext_lazy("an interpreter"),
    "family": gettext_lazy("somebody of the family"),
    "official": gettext_lazy("an official"),
    "resident": gettext_lazy("another resident"),
    "other": gettext_lazy("somebody else"),
}
# The columns of an offer, as claims and the list of assumed values name them.
COLUMNS: dict[str, Any] = {
    "quota": gettext_lazy("places"),
    "used": gettext_lazy("places taken before"),
    "medical_quota": gettext_lazy("places for medical cases"),
    "reserved_for_links": gettext_lazy("places reserved for people with relatives there"),
    "minimum_fill": gettext_lazy("least size of the group"),
    "opens_on": gettext_lazy("first day"),
    "closes_on": gettext_lazy("last day"),
    "status": gettext_lazy("status"),
    "status_on": gettext_lazy("date of the status"),
    "conditions": gettext_lazy("conditions"),
    "exclusions": gettext_lazy("exclusions"),
    "unknowns": gettext_lazy("what is not known"),
    "criteria": gettext_lazy("who may go"),
    "guarantor": gettext_lazy("guarantor"),
    "supervising_body": gettext_lazy("supervising body"),
    "legal_basis": gettext_lazy("legal basis"),
    "existence": gettext_lazy("whether the offer exists"),
    "answer": gettext_lazy("what was answered to it"),
    "kept": gettext_lazy("whether it was kept"),
}


def tongue() -> str:
    """The language that is spoken now: en, fa or ar."""
    return (get_language() or "en")[:2]


def in_tongue(thing: Any, field: str) -> str:
    """A text of three columns (`says`, `says_fa`, `says_ar`) in the active language, else the English one."""
    return str(getattr(thing, f"{field}_{tongue()}", "") or getattr(thing, field))


def title_of(offer: Offer) -> str:
    """An offer's title in the active language, else the English one."""
    return in_tongue(offer, "title")


def short_title(offer: Offer) -> str:
    """What fits beside a picture: the title up to its colon; a return keeps all of it, for it is not the country that offers."""
    title = title_of(offer)
    return title if offer.kind == "voluntary_repatriation" else title.split(":")[0]


def who_may_go(offer: Offer) -> list[str]:
    """Each clause of the offer's rule as a sentence; all must hold."""
    return [capfirst(reading) for reading in rule_of(offer.criteria).readings(tongue())]


def places_of(offer: Offer) -> str:
    """“210 places”, or that there is no upper limit."""
    if offer.quota is None:
        return _("no upper limit")
    return ngettext("%(n)s place", "%(n)s places", offer.quota) % {"n": number(offer.quota)}


def number(value: int) -> str:
    """A count in the reader's digits."""
    return localise_digits(value, tongue())


def status_word(status: str | None) -> tuple[str, str]:
    """Meaning and word of an offer's standing; of none, that nothing is known."""
    return (MEANINGS[status], capfirst(str(OfferStatus(status).label))) if status else ("none", _("nothing known"))


def said_on(text: str) -> str:
    """A date as far as it is known: 2013, 2013-03 or 2013-03-18, in words. A part of a date stays in its own calendar."""
    parts = text.strip().split("-")
    if not all(part.isdigit() for part in parts):
        return text
    if len(parts) == 3:
        return show_date(date(*map(int, parts)), language=tongue())
    if len(parts) == 2:
        return localise_digits(f"{month_name(Calendar.GREGORIAN, int(parts[1]), tongue())} {parts[0]}", tongue())
    return localise_digits(text, tongue())


def room(present: Iterable[str], *, interpreter_chosen: bool) -> str:
    """Who was in the room, as a list of words."""
    words = [
        str(PRESENT.get(who, who)) for who in sorted(present, key=lambda who: list(PRESENT).index(who) if who in PRESENT else 9)
    ]
    if "interpreter" in present and not interpreter_chosen:
        words.append(_("the interpreter was not the person's choice"))
    return _(", ").join(words)


def ladder(entries: Iterable[StatusEntry], on: date, *, assumed: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The rungs that the offer has reached, by what counts, and those that are still ahead."""
    reached = sorted((e for e in entries if e.counts and e.on <= on), key=lambda e: (e.on, e.pk))
    rungs: list[dict[str, Any]] = []
    for before, entry in zip([None, *reached], reached, strict=False):
        if before and before.status == entry.status:  # said again: no new rung
            continue
        rungs.append({
            "label": capfirst(str(OfferStatus(entry.status).label)), "state": "was", "on": entry.on, "source": source_line(entry),
            "url": entry.source.url if entry.source else "",
        })  # fmt: skip
    if rungs:
        rungs[-1] |= {"state": "now", "assumed": _("date assumed") if "status_on" in assumed else ""}
    last = reached[-1].status if reached else ""
    ahead = LADDER[LADDER.index(last) + 1 :] if last in LADDER else () if reached else LADDER
    return rungs + [{"label": capfirst(str(OfferStatus(step).label)), "state": "ahead"} for step in ahead]


def source_line(entry: StatusEntry) -> str:
    """Who said it, and where it stands."""
    where = entry.source.publisher if entry.source else entry.source_text
    return _(", ").join(dict.fromkeys(part for part in (entry.speaker, where) if part))
