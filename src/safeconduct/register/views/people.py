"""The list of people: search first, filters beside."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.languages import localise_digits
from safeconduct.core.reads.api import seen
from safeconduct.register import finding, queries
from safeconduct.register import rows as listing
from safeconduct.register.access import sees_everybody
from safeconduct.register.forms.search import SearchForm
from safeconduct.register.queries import PAGE, PeopleFilter
from safeconduct.register.search import Found, search
from safeconduct.register.together import read_together
from safeconduct.register.views.common import language

# How many searches a session remembers, so that Back and paging work.
REMEMBERED = 10
_ALLOWED = {"presence": ("here", "left", "all"), "age": ("child", "adult", "older"), "need": ("any", "none")}


@page("register.see_people")
def people(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _remember(request)
    token = request.GET.get("q", "")
    text = request.session.get("searches", {}).get(token, "")
    shown = _shown(request, searched=bool(text))
    context = _found(request, text, shown) if text else _listed(request, shown)
    return render(request, "register/people.html", {
        **context, "form": SearchForm(initial={"text": text}), "shown": shown, "forgotten": bool(token and not text),
        "text": text, "may_register": request.actor.may("register.register"), "sees_everybody": sees_everybody(request.actor),
        "may_open_in_emergency": request.actor.may("register.open_in_emergency"),
    })  # fmt: skip


def _remember(request: HttpRequest) -> HttpResponse:
    """Keep the words in the session under a token that says nothing, so that no name stands in an address."""
    form = SearchForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["text"]:
        return redirect("people")
    token = secrets.token_urlsafe(9)
    kept = {**request.session.get("searches", {}), token: form.cleaned_data["text"]}
    request.session["searches"] = dict(list(kept.items())[-REMEMBERED:])
    return redirect(f"{reverse('people')}?{urlencode({'q': token})}")


def _shown(request: HttpRequest, *, searched: bool) -> PeopleFilter:
    """What the address asks for. A search looks among those who left too; a list begins with those who are here."""
    given = {name: request.GET.get(name, "") for name in ("presence", "age", "need", "block")}
    for name, allowed in _ALLOWED.items():
        if given[name] not in allowed:
            given[name] = ""
    if not request.actor.may("register.see_needs"):
        given["need"] = ""
    presence = given["presence"] or ("all" if searched else "here")
    return PeopleFilter(presence=presence, age=given["age"], need=given["need"], block=given["block"][:40])


def _query(shown: PeopleFilter) -> PeopleFilter:
    return replace(shown, presence="" if shown.presence == "all" else shown.presence)


def _listed(request: HttpRequest, shown: PeopleFilter) -> dict[str, Any]:
    on = clock.today()
    found = queries.people(seen_by=request.actor, shown=_query(shown), on=on)
    people, after = queries.page_after(found, after=request.GET.get("after", "")[:40])
    blocks = listing.blocks(seen_by=request.actor)
    if blocks is None:  # too many for a count on every page
        here = left = None
    else:
        here = sum(n for _block, n in blocks)
        left = queries.left_counted(here, seen_by=request.actor)
    return {
        "rows": listing.rows(people, seen_by=request.actor, on=on, language=language()),
        "after": after,
        "here": here,
        "left": left,
        "groups": _groups(request, shown, _counted(here, left), blocks or []),
    }


def _counted(here: int | None, left: int | None) -> dict[str, int | None]:
    return {"here": here, "left": left, "all": None if here is None or left is None else here + left}


@dataclass(frozen=True)
class FoundRow:
    """A row that a search found: with its reason, and the pieces of its names that were met."""

    row: listing.Row
    why: Any
    main: list[finding.Piece]
    other: list[finding.Piece]


def _found(request: HttpRequest, text: str, shown: PeopleFilter) -> dict[str, Any]:
    on = clock.today()
    found = search(text, seen_by=request.actor)
    now = [stay.block for hit in found.hits for stay in hit.person.presences.all() if stay.ends is None]
    here = len(now)
    counted = {"here": here, "left": len(found.hits) - here, "all": len(found.hits)}
    hits = _filtered(request, found, shown)
    start = int(request.GET.get("after", "")) if request.GET.get("after", "").isdecimal() else 0
    page_hits = hits[start : start + PAGE]
    seen(hit.person for hit in page_hits)
    read_together([hit.person for hit in page_hits], "needs", "best_interests", "memberships")
    rows = listing.rows([hit.person for hit in page_hits], seen_by=request.actor, on=on, language=language())
    return {
        "rows": [_found_row(row, hit.likeness.reason, found.keys) for row, hit in zip(rows, page_hits, strict=True)],
        "found": found,
        "after": str(start + PAGE) if start + PAGE < len(hits) else "",
        "before": str(max(start - PAGE, 0)) if start else None,
        "all_url": f"?{urlencode({'q': request.GET['q'], 'presence': 'all'})}",
        "here_url": f"?{urlencode({'q': request.GET['q'], 'presence': 'here'})}",
        "hits": len(found.hits),
        "hits_here": here,
        "matching": len(hits),
        "spellings": finding.spellings((hit.person for hit in found.hits), found.keys),
        "titles": finding.titles_left_out(text),
        "groups": _groups(request, shown, counted, listing.in_order(Counter(now).items())),
    }


def _found_row(row: listing.Row, reason: str, keys: tuple[str, ...]) -> FoundRow:
    main, other = row.name.main, row.name.other
    return FoundRow(
        row, finding.why(row.person, reason, keys), finding.pieces(main.text, keys) if main else [],
        finding.pieces(other.text, keys) if other else [],
    )  # fmt: skip


def _filtered(request: HttpRequest, found: Found, shown: PeopleFilter) -> list[Any]:
    if shown == PeopleFilter(presence="all"):
        return found.hits
    among = [hit.person.pk for hit in found.hits]
    wanted = queries.people(seen_by=request.actor, shown=_query(shown), on=clock.today(), among=among)
    kept = set(wanted.values_list("pk", flat=True))
    return [hit for hit in found.hits if hit.person.pk in kept]


def _groups(
    request: HttpRequest, shown: PeopleFilter, counted: Mapping[str, int | None], blocks: list[tuple[str, int]]
) -> list[Any]:
    """The filters beside the list; each is an address that holds codes only."""
    search_token = {"q": request.GET["q"]} if request.GET.get("q") and "q" in request.GET else {}

    def choice(label: object, name: str, value: str, number: int | None = None) -> tuple[object, int | None, str, bool]:
        on = getattr(shown, name) == value
        asked = {**vars(shown), name: value}
        return label, number, "?" + urlencode({**search_token, **{k: v for k, v in asked.items() if v}}), on

    groups = [
        (_("Presence"), [
            choice(_("Here now"), "presence", "here", counted["here"]),
            choice(_("Left"), "presence", "left", counted["left"]),
            choice(_("All"), "presence", "all", counted["all"]),
        ]),
        (_("Age"), [
            choice(_("Any age"), "age", ""), choice(_("Perhaps under 18"), "age", "child"),
            choice(_("18 to 59"), "age", "adult"), choice(_("60 and over"), "age", "older"),
        ]),
    ]  # fmt: skip
    if request.actor.may("register.see_needs"):
        groups.append((_("Specific needs"), [
            choice(_("With or without"), "need", ""), choice(_("Any"), "need", "any"), choice(_("None recorded"), "need", "none"),
        ]))  # fmt: skip
    named = [(block, number) for block, number in blocks if block]
    if named:
        groups.append((_("Block"), [
            choice(_("Any block"), "block", ""),
            *(choice(localise_digits(block, language()), "block", block, number) for block, number in named),
        ]))  # fmt: skip
    return groups
