from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.design.pictures import flow
from safeconduct.core.spreadsheets.api import Sheet, write_xlsx
from safeconduct.plans import queries, sentences
from safeconduct.plans.compute import LOSSES
from safeconduct.plans.groups import LEAST, ROUNDED_TO, as_rows
from safeconduct.plans.models import Plan
from safeconduct.plans.standing import no_longer_hold
from safeconduct.routes.api import OfferStatus, may_be_planned, offers, short_title, status_on, title_of

_MEANING = {"open": "done", "confirmed": "done"}


@page("plans.see_plans")
def plans_page(request: HttpRequest) -> HttpResponse:
    found = list(queries.plans(seen_by=request.actor)[:50])
    talked = [offer for offer in offers(seen_by=request.actor) if _scenario_only(offer)]
    return render(request, "plans/plans.html", {
        "plans": found, "newest": next((p for p in found if not p.is_scenario), None),
        "losses": [(each, sentences.at_most(each)) for each in LOSSES],
        "may_compute": request.actor.may("plans.compute"), "talked": [(o.key, title_of(o)) for o in talked],
    })  # fmt: skip


def _scenario_only(offer: Any) -> bool:
    standing = status_on(offer.statuses.all(), clock.today())
    verdict = may_be_planned(
        status=standing.status if standing else "",
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        on=clock.today(),
        scenario=False,
        minimum_fill=offer.minimum_fill,
    )
    return not verdict.allowed and verdict.code == "offer_not_confirmed"


@page("plans.see_plans")
def plan_page(request: HttpRequest, number: int) -> HttpResponse:
    plan = _plan(request, number)
    offered = list(queries.offers_of(plan))
    remain = queries.why_people_remain(plan)
    earlier = queries.before(plan, seen_by=request.actor)
    return render(request, "plans/plan.html", {
        "plan": plan, "verdict": sentences.verdict(plan.status, plan.value, plan.bound, plan.checked),
        "remain_chosen": plan.people_chosen - plan.people_placed, "remain": sum(n for _code, n in remain),
        "flow": _flow(plan), "bars": [_bar(each, offered) for each in offered],
        "curve": [{"n": n, "text": sentences.at_most(loss), "url": "", "here": loss == plan.loss} for loss, n in plan.curve],
        "asks": _asks(offered), "conditions": _conditions(offered),
        "groups": _groups(plan), "least": LEAST, "rounded_to": ROUNDED_TO,
        "not_planned": [_standing(offer, plan) for offer in queries.not_planned(plan)],
        "reasons": [{"n": n, "text": sentences.why_none(code), "url": f"people/?why={code}"} for code, n in remain],
        "earlier": earlier, "change": queries.change(earlier, plan) if earlier else None,
        "may_decide": request.actor.may("plans.approve") and plan.computed_by_id != request.actor.account,
        "is_own": plan.computed_by_id == request.actor.account,
        "may_see_submissions": request.actor.may("departures.see_submissions"),
    })  # fmt: skip


@page("plans.see_plans")
def plan_today(request: HttpRequest, number: int) -> HttpResponse:
    """Whether the plan still holds; asked apart, because it reads everybody in it again."""
    plan = _plan(request, number)
    return render(request, "plans/today.html", {"plan": plan, "changed": no_longer_hold(plan, on=clock.today())})


def _plan(request: HttpRequest, number: int) -> Plan:
    found = queries.plan(number, seen_by=request.actor)
    if found is None:
        raise Http404
    return found


def _flow(plan: Plan) -> dict[str, Any]:
    """The picture and its table: people by first choice, and by the place that the plan gives."""
    counted = queries.flow_of(plan)
    every = offers_by_id()
    firsts = sorted({first for first, _given in counted}, key=lambda pk: -sum(n for (f, _g), n in counted.items() if f == pk))
    given = [pk for pk in every if any(g == pk for _f, g in counted)]
    left = [(str(pk), short_title(every[pk]), sum(n for (f, _g), n in counted.items() if f == pk)) for pk in firsts]
    right = [(str(pk), short_title(every[pk]), sum(n for (_f, g), n in counted.items() if g == pk)) for pk in given]
    stay = sum(n for (_f, g), n in counted.items() if g is None)
    if stay:
        right.append(("remain", _("Remain"), stay))
    bands = [(str(f), str(g) if g else "remain", n) for (f, g), n in counted.items()]
    placed = {key: n for key, _label, n in right}
    title = _("Where people chose to go first, and where this plan has a place for them")
    rows = [(title_of(every[pk]), n, placed.get(str(pk), 0)) for pk, (_key, _label, n) in zip(firsts, left, strict=True)]
    picture = flow(
        left,
        right,
        bands,
        language=get_language() or "en",
        title=title,
        heads=(_("First choice"), _("Place in this plan")),
    )
    return {"title": title, "picture": picture if counted else "", "rows": rows, "chosen": sum(n for *_x, n in left),
            "placed": sum(n for key, _label, n in right if key != "remain")}  # fmt: skip


def offers_by_id() -> dict[Any, Any]:
    from safeconduct.routes.api import Offer

    return {offer.pk: offer for offer in Offer.objects.order_by("key")}


def _bar(each: Any, offered: list[Any]) -> dict[str, Any]:
    places = each.places
    reserved_free = max(each.reserved - each.planned_with_link, 0) if places is not None else 0
    free = max((places or 0) - each.planned - reserved_free, 0) if places is not None else 0
    return {
        "offer": each.offer, "title": title_of(each.offer), "meaning": _MEANING.get(each.status, "waits"),
        "word": capfirst(OfferStatus(each.status).label), "assumed": _("assumed") if "quota" in each.offer.assumed else "",
        "gone": each.gone, "planned": each.planned, "reserved_free": min(reserved_free, max((places or 0) - each.planned, 0)),
        "free": free, "no_limit": places is None, "scale": max([e.gone + max(e.places or 0, e.planned) for e in offered] or [1]),
        "places": None if places is None else places + each.gone, "price": sentences.price(each.one_more, each.ten_more),
        "medical": each.one_more_medical, "people": each.planned,
    }  # fmt: skip


def _asks(offered: list[Any]) -> dict[str, Any]:
    """Where more places would let most people leave: the picture by fifty more, and the table with one, ten and fifty."""
    limited = [each for each in offered if each.fifty_more is not None]
    ranked = sorted(limited, key=lambda each: (-each.fifty_more, -(each.ten_more or 0), -(each.one_more or 0), each.offer.key))
    rows = [
        (
            title_of(each.offer),
            each.one_more,
            each.ten_more,
            each.fifty_more,
            each.one_more_medical,
            sentences.in_first_choices(each.price),
        )
        for each in ranked
    ]
    return {"picture": [{"n": row[3], "text": row[0], "url": ""} for row in rows if row[3] > 0], "rows": rows}


def _conditions(offered: list[Any]) -> dict[str, Any]:
    """Which condition of an offer, dropped alone, would let most people leave: the picture and the table."""
    every = [(each, one) for each in offered for one in each.dropped]
    every.sort(key=lambda pair: (-pair[1]["more"], -pair[1]["people"], pair[0].offer.key))
    rows = [
        (
            title_of(each.offer),
            sentences.condition(one["condition"]),
            one["people"],
            one["more"],
            sentences.digits(one["predicted"]),
        )
        for each, one in every
    ]
    picture = [{"n": row[3], "text": f"{row[0]}: {row[1]}", "url": ""} for row in rows if row[3] > 0]
    return {"picture": picture, "rows": rows}


def _groups(plan: Plan) -> list[dict[str, Any]]:
    """Results and waiting, kind by kind."""
    kinds = as_rows(plan.groups)
    told = []
    for kind, (heading, words) in sentences.GROUPS.items():
        rows = [(words[code], people, placed, days) for code, people, placed, days in kinds.get(kind, []) if code in words]
        if rows:
            told.append({"heading": heading, "rows": sorted(rows, key=lambda row: [*map(str, words.values())].index(str(row[0])))})
    return told


def _standing(offer: Any, plan: Plan) -> dict[str, Any]:
    standing = status_on(offer.statuses.all(), plan.as_of)
    status = standing.status if standing else ""
    verdict = may_be_planned(
        status=status,
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        on=plan.as_of,
        scenario=False,
        minimum_fill=offer.minimum_fill,
    )
    return {
        "offer": offer, "title": title_of(offer), "word": OfferStatus(status).label if status else _("nothing known"),
        "why": sentences.about_an_offer({"code": verdict.code or "offer_not_confirmed", "numbers": {}}, offer),
    }  # fmt: skip


@page("plans.see_plans")
def plan_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The flow of a plan as a sheet: numbers only, nobody's name."""
    plan = _plan(request, number)
    shown = _flow(plan)
    answer = HttpResponse(content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer.headers["Content-Disposition"] = f'attachment; filename="plan-{plan.number}.xlsx"'
    rows = [[label, first, placed] for label, first, placed in shown["rows"]]
    write_xlsx(answer, [Sheet(_("Plan"), [_("Offer"), _("Chose first"), _("Can go")], rows)])
    return answer
