"""What offers and choices add to a person's page: the standing choice, officers' marks, and what each offer asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from safeconduct.core.access.api import Actor
from safeconduct.core.languages import language_name
from safeconduct.core.reads.api import seen
from safeconduct.register.api import CHOICES, ELIGIBILITY, Person
from safeconduct.register.api import ages as ages_of
from safeconduct.routes import queries
from safeconduct.routes.criteria import Criterion, Facts, Verdict
from safeconduct.routes.eligibility import FOR_THE_CASE, rule_of
from safeconduct.routes.models import Answer, Choice, Mark, MarkKind, Offer
from safeconduct.routes.rules import answer_counts, choice_counts
from safeconduct.routes.showing import ANSWER_MEANINGS, NOT_COUNTED, room, status_word, title_of, tongue

# What a criterion looks at → the permission without which its verdict would tell what the reader must not know.
RESTRICTED = {"need": "register.see_medical_needs", "family_link": "register.see_relatives_abroad"}


def read_talks(person: Person, actor: Actor, on: date) -> dict[str, Any]:
    """What the person chose, talk by talk."""
    choices = list(queries.choices_of(person, seen_by=actor)) if person.has_choices else []  # type: ignore[attr-defined]
    seen(person, CHOICES)
    newest = {offer.pk: offer.newest for offer in queries.known_offers(actor, on)}  # type: ignore[attr-defined]
    stands = next((choice for choice in choices if choice.superseded_at is None), None)
    return {
        "person": person, "stands": choice_shown(stands, newest) if stands else None,
        "history": [choice_shown(choice, newest) for choice in choices if choice.superseded_at is not None],
        "may_record": actor.may("routes.record_choices"),
    }  # fmt: skip


def read_eligibility(person: Person, actor: Actor, on: date) -> dict[str, Any]:
    """Officers' marks, and what each offer asks of the person."""
    facts = facts_of_person(person, on)
    marks = queries.marks_of(person, seen_by=actor) if person.has_marks else ()  # type: ignore[attr-defined]
    seen(person, ELIGIBILITY)
    return {
        "person": person, "marks": [mark_shown(mark) for mark in marks],
        "eligibility": [_eligibility(offer, facts, actor) for offer in queries.known_offers(actor, on)],
        "may_record": actor.may("routes.record_choices"), "may_mark": actor.may("routes.mark_pairs"),
    }  # fmt: skip


def choice_shown(choice: Choice, newest: dict[Any, int | None]) -> dict[str, Any]:
    """One talk: its answers with the sheet that was heard, who was in the room, and whether it counts."""
    talk = choice_counts(present=choice.present, interpreter_chosen=choice.interpreter_chosen)
    return {
        "choice": choice, "room": capfirst(room(choice.present, interpreter_chosen=choice.interpreter_chosen)),
        "language": language_name(choice.language, tongue()), "counts": talk.allowed,
        "why": NOT_COUNTED.get(talk.code, ""), "answers": [_answer(entry, choice, newest, talk) for entry in choice.entries.all()],
    }  # fmt: skip


def _answer(entry: Any, choice: Choice, newest: dict[Any, int | None], talk: Any) -> dict[str, Any]:
    version = entry.sheet.version if entry.sheet else None
    heard = answer_counts(
        sheet_version=version, newest_version=newest.get(entry.offer_id),
        published_on=entry.sheet.published_on if entry.sheet else None, taken_on=choice.taken_on,
    )  # fmt: skip
    outdated = heard.code == "sheet_outdated"
    if talk.allowed and heard.allowed:
        meaning, word = "done", _("Counts")
    elif not talk.allowed:
        meaning, word = "attention", _("Provisional")
    else:
        meaning, word = "attention", _("Outdated") if outdated else _("Does not count")
    return {
        "offer": entry.offer, "title": title_of(entry.offer), "said": capfirst(str(Answer(entry.answer).label)), "rank": entry.rank,
        "said_meaning": ANSWER_MEANINGS[entry.answer], "version": version, "newest": newest.get(entry.offer_id),
        "meaning": meaning, "word": word, "why": NOT_COUNTED.get(heard.code or talk.code, ""),
    }  # fmt: skip


def mark_shown(mark: Mark) -> dict[str, Any]:
    """A pin or a bar: of which offer, by whom, why, and whether a review was asked for."""
    pinned = mark.kind == MarkKind.PIN
    return {
        "mark": mark, "title": title_of(mark.offer), "meaning": "waits" if pinned else "attention",
        "word": _("Pinned to this offer") if pinned else _("Barred from this offer"),
    }  # fmt: skip


def facts_of_person(person: Person, on: date) -> Facts:
    """What the register says of this one person, from what the page has read already."""
    return Facts(
        nationalities=frozenset(n.country for n in person.nationalities.all()), ages=ages_of(person, on), sex=person.sex,
        status=next((s.status for s in person.statuses.all() if s.ends is None), ""),
        earlier_residences=frozenset(r.country for r in person.earlier_residences.all()),
        family_links=frozenset(link.country for link in person.family_links.all()),
        needs=frozenset(need.code for need in person.needs.all() if need.ends is None),
    )  # fmt: skip


def _eligibility(offer: Offer, facts: Facts, actor: Actor) -> dict[str, Any]:
    rule = rule_of(offer.criteria)
    readings = [capfirst(reading) for reading in rule.readings(tongue())]
    meaning, word = status_word(offer.standing)  # type: ignore[attr-defined]
    clauses = [
        {"reading": reading, **_met(clause, verdict, actor)}
        for reading, (clause, verdict) in zip(readings, rule.check(facts), strict=True)
    ]  # fmt: skip
    return {"offer": offer, "title": title_of(offer), "meaning": meaning, "word": word, "clauses": clauses}


def _met(clause: tuple[Criterion, ...], verdict: Verdict, actor: Actor) -> dict[str, Any]:
    """Met, not met or not known, in a word and a shape; withheld where it would tell what the reader must not know."""
    kinds = {one.kind for one in clause}
    if any(not actor.may(RESTRICTED[kind]) for kind in kinds & RESTRICTED.keys()):
        return {"meaning": "none", "word": _("not shown to your role"), "note": ""}
    if verdict.met:
        return {"meaning": "done", "word": _("Met"), "note": ""}
    note = _("Somebody of the same family may meet it.") if kinds & FOR_THE_CASE else ""
    if verdict.met is None:
        return {"meaning": "waits", "word": _("Not known"), "note": _("The register does not say. Ask, and complete it.")}
    return {"meaning": "none", "word": _("Not met"), "note": note}
