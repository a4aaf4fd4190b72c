"""One person's page: who, what waits, family, consents, everything so far, and what other rooms add."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, page
from safeconduct.core.dates import show_birth, show_date
from safeconduct.core.languages import country_name, language_name, localise_digits
from safeconduct.core.reads.api import seen
from safeconduct.register import rows as listing
from safeconduct.register.access import reader_of
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.consents import entry
from safeconduct.register.history import time_line
from safeconduct.register.levels import CASE, CONSENTS, MEDICAL, NEEDS, RELATIVES_ABROAD
from safeconduct.register.merging.consents import overtaken_until
from safeconduct.register.merging.queries import record_that_holds
from safeconduct.register.models import FieldGroup, Person
from safeconduct.register.needs import RESTRICTED, category, label_for_reader
from safeconduct.register.panels import panels_for
from safeconduct.register.rules import consent_state, is_child
from safeconduct.register.showing import age_of, birth_of, father_of, name_of, recipient_name
from safeconduct.register.views.common import language, person_or_404
from safeconduct.register.views.kin import family_of, relations_for
from safeconduct.register.why import why_seen

_STATES = {"in_force": "done", "not_yet": "waits", "ended": "none", "withdrawn": "none", "ask_again": "waits"}


@page("register.see_people")
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        found, on, tongue = person_or_404(request, pk), clock.today(), language()
    except NoSuchRecord:
        holds = record_that_holds(pk, seen_by=request.actor)
        if holds is None:
            raise
        return redirect("person", holds.pk)
    actor = reader_of(found, request.actor)
    may_see_case, may_see_abroad = actor.may("register.see_case"), actor.may("register.see_relatives_abroad")
    if may_see_case:
        seen(found, CASE, CONSENTS)
    if may_see_abroad:
        seen(found, RELATIVES_ABROAD)
    family = family_of(found, seen_by=actor, on=on, language=tongue)
    company = listing.company_of([pk], seen_by=request.actor, on=on).get(pk) if _may_know_company(found, actor) else None
    waits = listing.waits_for(found, company, on=on)
    name = name_of(found, language=tongue)
    return render(request, "register/person.html", {
        "person": found, "name": name, "father": father_of(found, language=tongue),
        "sentences": _sentences(found, len(family["members"]) - 1 if family else 0, tongue),
        "waits": waits, "acts": _acts(found, actor), "first_wait": _first_wait(waits, found, actor),
        "age": age_of(found, on=on, language=tongue), "born": show_birth(birth_of(found), language=tongue),
        "nationalities": [country_name(n.country, tongue) for n in found.nationalities.all()],
        "languages": [language_name(spoken.language, tongue) for spoken in found.languages.all()],
        "status": next((s for s in found.statuses.all() if s.ends is None), None),
        "stay": listing.stay_of(found), "why": why_seen(found, actor), "may_see_case": may_see_case,
        "may_see_needs": actor.may("register.see_needs"), "needs": _needs(found, actor),
        "may_see_abroad": may_see_abroad,
        "abroad": [(country_name(link.country, tongue), _kinship(link.kinship)) for link in found.family_links.all()],
        "residences": [(country_name(r.country, tongue), r.from_year, r.to_year) for r in found.earlier_residences.all()],
        "family": family, "relations": relations_for(found, seen_by=actor, language=tongue, family=family) if may_see_case else [],
        "events": time_line(found, may_see_needs=actor.may("register.see_needs"), language=tongue) if may_see_case else [],
        "consents": _consents(found, clock.now(), tongue) if may_see_case else [],
        "panels": panels_for(found, seen_by=actor, on=on),
    })  # fmt: skip


def _is_child(person: Person) -> bool:
    return is_child(person.born_latest, needs=listing.needs_of(person), on=clock.today())


def _may_know_company(person: Person, actor: Actor) -> bool:
    return actor.may("register.see_needs") and _is_child(person)


def _sentences(person: Person, others: int, tongue: str) -> list[str]:
    """The page in a sentence or three: how old, where, with whom."""
    age = age_of(person, on=clock.today(), language=tongue)
    known = person.born_earliest is not None
    said = [_("%(age)s old.") % {"age": capfirst(age.text)} if known else _("The age is not known.")]
    stay = listing.stay_of(person)
    if stay is None:
        said.append(_("Not recorded as being here."))
    elif stay.ends:
        said.append(_("Left the site on %(day)s.") % {"day": show_date(stay.ends, language=tongue)})
    elif stay.block:
        said.append(_("Lives in block %(block)s.") % {"block": localise_digits(stay.block, tongue)})
    else:
        said.append(_("Is here; the block is not recorded."))
    if others:
        text = ngettext("One other person is in the family.", "%(n)s others are in the family.", others)
        said.append(text % {"n": localise_digits(others, tongue)})
    return said


def _needs(person: Person, actor: Actor) -> list[tuple[Any, str]]:
    """Label and code of each need that lasts; a restricted one only as its category, once, where the reader need not know more."""
    if not actor.may("register.see_needs"):
        return []
    see_all = actor.may("register.see_medical_needs")
    seen(person, NEEDS)
    shown: dict[str, Any] = {}
    for need in person.needs.all():
        if need.ends is None:
            hidden = category(need.code) in RESTRICTED and not see_all
            if category(need.code) in RESTRICTED and see_all:
                seen(person, MEDICAL)
            shown[category(need.code) if hidden else need.code] = label_for_reader(need.code, may_see_restricted=see_all)
    return [(capfirst(label), code) for code, label in sorted(shown.items())]


def _kinship(code: str) -> str:
    words = {
        "spouse": _("spouse"), "parent": _("parent"), "child": _("child"), "sibling": _("brother or sister"),
        "grandparent": _("grandparent"), "grandchild": _("grandchild"),
    }  # fmt: skip
    return words.get(code, _("relative"))


def _consents(person: Person, at: datetime, tongue: str) -> list[dict[str, Any]]:
    """What may leave, to whom, until its last day, and where each consent stands."""
    words = {
        "in_force": _("In force"), "not_yet": _("Not yet in force"), "ended": _("Ended"), "withdrawn": _("Withdrawn"),
        "ask_again": _("Ask again: records were merged or split since"),
    }  # fmt: skip
    found = []
    overtaken = overtaken_until([person.pk]).get(person.pk) if person.consents.all() and person.was_merged else None  # type: ignore[attr-defined]
    for consent in person.consents.all():
        state = consent_state(entry(consent, overtaken), on=clock.today(), at=at)
        found.append({
            "consent": consent, "recipient": recipient_name(consent.recipient, language=tongue), "state": state,
            "last_day": consent.ends - timedelta(days=1), "meaning": _STATES[state], "word": words[state],
            "groups": [FieldGroup(each).label for each in consent.scope],
        })  # fmt: skip
    order = list(_STATES)
    return sorted(found, key=lambda each: order.index(each["state"]))


def _acts(person: Person, actor: Actor) -> dict[str, str]:
    """The addresses of what this reader may do for this person."""
    acts: dict[str, str] = {}
    if actor.may("register.register"):
        for name in ("person_correct", "person_move", "person_leave", "family_join", "relation_new"):
            acts[name] = reverse(name, args=[person.pk])
    if actor.may("register.record_consent"):
        acts["consent_new"] = reverse("consent_new", args=[person.pk])
    if actor.may("register.decide_best_interests") and _is_child(person):
        acts["best_interests_new"] = reverse("best_interests_new", args=[person.pk])
    return acts


def _first_wait(waits: tuple[Any, ...], person: Person, actor: Actor) -> dict[str, Any] | None:
    """The most urgent thing that waits, with the way to mend it where this reader may."""
    if not waits:
        return None
    acts, first = _acts(person, actor), waits[0]
    decide = first.meaning == "attention"
    url = acts.get("best_interests_new" if decide else "person_correct", "")
    return {"wait": first, "url": url, "label": _("Record the decision") if decide else _("Correct the record")}
