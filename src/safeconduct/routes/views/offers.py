"""The list of offers and the page of one: how firm, for whom, how many places, what is not known, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.languages import country_name
from safeconduct.core.sources.models import Source
from safeconduct.routes import queries
from safeconduct.routes.models import Offer, OfferClaim, SheetSection
from safeconduct.routes.rules import may_be_planned
from safeconduct.routes.showing import (
    COLUMNS,
    NOT_PLANNED,
    in_tongue,
    ladder,
    places_of,
    said_on,
    source_line,
    status_word,
    title_of,
    tongue,
    who_may_go,
)
from safeconduct.routes.views.common import offer_or_404

# What the receiving state asks and leaves out, in three languages each.
_TEXTS = ("conditions", "exclusions", "unknowns")


@page("routes.see_offers")
def offers(request: HttpRequest) -> HttpResponse:
    rows = [_row(offer) for offer in queries.offers(seen_by=request.actor)]
    return render(request, "routes/offers.html", {
        "planned": [row for row in rows if not row["why"]], "others": [row for row in rows if row["why"]],
        "may_edit": request.actor.may("routes.edit_offers"),
    })  # fmt: skip


def _row(offer: Offer) -> dict[str, Any]:
    standing = queries.status_on(offer.statuses.all(), clock.today())
    verdict = may_be_planned(
        status=standing.status if standing else "",
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        on=clock.today(),
        scenario=False,
        minimum_fill=offer.minimum_fill,
    )
    meaning, word = status_word(standing.status if standing else None)
    return {
        "offer": offer, "title": title_of(offer), "meaning": meaning, "word": word, "kind": capfirst(offer.get_kind_display()),
        "destination": country_name(offer.destination, tongue()), "places": places_of(offer), "taken": offer.used,
        "assumed": "quota" in offer.assumed, "who": _(" · ").join(who_may_go(offer)), "who_assumed": "criteria" in offer.assumed,
        "why": NOT_PLANNED.get(verdict.code, ""), "since": standing.on if standing else None,
    }  # fmt: skip


@page("routes.see_offers")
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    found = offer_or_404(request, slug)
    row = _row(found)
    entries = list(found.statuses.all())
    sheets = sorted(found.sheets.all(), key=lambda sheet: -sheet.version)
    return render(request, "routes/offer.html", row | {
        "rungs": ladder(entries, clock.today(), assumed=found.assumed), "entries": [_entry(e) for e in reversed(entries)],
        "who": who_may_go(found), "bar": bar_of(found, certain=not row["why"]), "assumed": set(found.assumed),
        "texts": [(capfirst(COLUMNS[field]), in_tongue(found, field), field in found.assumed) for field in _TEXTS],
        "claims": claims_by_subject(found.claims.all()), "sheets": sheets,
        "newest": [
            (section.get_kind_display(), getattr(section, tongue()))
            for sheet in sheets[:1] for section in hard_first(sheet.sections.all())
        ],
        "sources": sources_of(found), "may_edit": request.actor.may("routes.edit_offers"),
    })  # fmt: skip


def _entry(entry: Any) -> dict[str, Any]:
    meaning, word = status_word(entry.status)
    return {
        "entry": entry,
        "meaning": meaning,
        "word": word,
        "source": source_line(entry),
        "url": entry.source.url if entry.source else "",
    }


def bar_of(offer: Offer, *, certain: bool) -> dict[str, Any]:
    """The places of an offer as the stretches of its bar: taken, reserved, for medical cases, free."""
    left = max((offer.quota or 0) - offer.used, 0)
    reserved = min(offer.reserved_for_links, left)
    medical = min(offer.medical_quota or 0, left - reserved)
    return {
        "gone": min(offer.used, offer.quota or offer.used), "reserved_free": reserved if certain else 0,
        "medical_free": medical if certain else 0, "free": left - (reserved + medical if certain else 0), "certain": certain,
        "no_limit": offer.quota is None, "scale": offer.quota or max(2 * offer.used, 1),
    }  # fmt: skip


def hard_first(sections: Iterable[SheetSection]) -> list[SheetSection]:
    """The sections of a sheet, the hard parts before all others, else as published."""
    hard = (SheetSection.Kind.NOT_PROMISED, SheetSection.Kind.EXCLUSIONS, SheetSection.Kind.UNKNOWN)
    return sorted(sections, key=lambda section: (section.kind not in hard, section.position))


def claims_by_subject(claims: Iterable[OfferClaim]) -> list[dict[str, Any]]:
    """Who says what, a subject after the other; where two say different things, both stand side by side."""
    groups: dict[str, list[OfferClaim]] = defaultdict(list)
    for claim in claims:
        groups[claim.about].append(claim)
    return [
        {
            "about": capfirst(COLUMNS.get(about, about)), "differ": len({claim.says for claim in said}) > 1,
            "said": [{"claim": c, "says": in_tongue(c, "says"), "on": said_on(c.said), "source": c.source} for c in said],
        }
        for about, said in groups.items()
    ]  # fmt: skip


def sources_of(offer: Offer) -> list[dict[str, Any]]:
    """Every source that a claim or a status of the offer names, once, by date."""
    named: dict[str, Source] = {}
    for each in (*offer.claims.all(), *offer.statuses.all()):
        if each.source:
            named[each.source.key] = each.source
    return [{"source": one, "on": said_on(one.published)} for one in sorted(named.values(), key=lambda s: (s.published, s.key))]
