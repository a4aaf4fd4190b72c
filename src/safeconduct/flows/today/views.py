from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.design.pictures import ways
from safeconduct.flows.today import queries
from safeconduct.plans.api import flow_of, newest
from safeconduct.routes.api import Offer, short_title, title_of


@page("flows.see_today")
def today(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    return render(request, "flows/today.html", {
        "day": on, "says": queries.sentence(seen_by=request.actor, on=on), "work": queries.work(seen_by=request.actor, on=on),
        "picture": _picture(request),
    })  # fmt: skip


def _picture(request: HttpRequest) -> dict[str, Any] | None:
    """Where people chose to go first, and whether the newest plan has a place: numbers only."""
    plan = newest(seen_by=request.actor)
    if plan is None:
        return None
    offers = {offer.pk: offer for offer in Offer.objects.order_by("key")}
    rows: dict[Any, list[int]] = {}
    for (first, given), n in flow_of(plan).items():
        counted = rows.setdefault(first, [0, 0])
        counted[0] += n
        counted[1] += n if given == first else 0
    ordered = sorted(rows.items(), key=lambda each: -each[1][0])
    table = [(title_of(offers[pk]), chosen, placed) for pk, (chosen, placed) in ordered]
    left = [(str(pk), short_title(offers[pk]), n) for pk, (n, _placed) in ordered]
    placed, total = sum(p for _t, _c, p in table), sum(c for _t, c, _p in table)
    right = [each for each in (("place", _("Have a place there"), placed), ("remain", _("Remain"), total - placed)) if each[2]]
    bands = [(str(pk), "place", p) for pk, (_c, p) in ordered if p] + [
        (str(pk), "remain", c - p) for pk, (c, p) in ordered if c > p
    ]
    kinds = {(source, target): "way" if target == "place" else "still" for source, target, _n in bands}
    title = _("First choices, and the places that the newest plan has for them")
    picture = (
        ways(
            [left, right],
            [bands],
            language=get_language() or "en",
            title=title,
            heads=(_("First choice"), _("In the newest plan")),
            kinds=[kinds],
            stay=[(), ("remain",)],
        )
        if total
        else ""
    )
    return {"title": title, "svg": picture, "rows": table, "plan": plan, "chosen": total, "placed": placed}
