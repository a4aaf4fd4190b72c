from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.plans import queries, sentences
from safeconduct.plans.models import Assignment, Plan
from safeconduct.plans.otherwise import Effect, effects
from safeconduct.plans.views.plan import _plan, offers_by_id
from safeconduct.register.api import name_of, reader_of, sees_everybody
from safeconduct.routes.api import Offer, title_of


@page("plans.see_plans")
def plan_people(request: HttpRequest, number: int) -> HttpResponse:
    plan = _plan(request, number)
    asked = {name: request.GET.get(name, "") for name in ("why", "offer", "change", "after")}
    if asked["why"] and asked["why"] not in sentences.WHY_NONE:
        raise Http404
    only = _changed(request, plan, asked["change"])
    rows, more = queries.people(
        plan, why=asked["why"], offer=asked["offer"], only=only, seen_by=request.actor, after=asked["after"]
    )
    return render(request, "plans/people.html", {
        "plan": plan, "only_own": not sees_everybody(request.actor),
        "rows": [_row(row) for row in rows], "after": more, "asked": asked,
        "heading": sentences.why_none(asked["why"]) if asked["why"] else "",
    })  # fmt: skip


def _changed(request: HttpRequest, plan: Any, wanted: str) -> frozenset[UUID] | None:
    earlier = queries.before(plan, seen_by=request.actor)
    if wanted not in ("gained", "lost", "moved") or earlier is None:
        return None
    found: frozenset[UUID] = getattr(queries.change(earlier, plan), wanted)
    return found


def _row(row: Assignment) -> dict[str, Any]:
    names = name_of(row.person, language=get_language() or "en")
    return {
        "person": row.person, "names": names, "offer": title_of(row.offer) if row.offer else "",
        "why": "" if row.offer else sentences.why_none(row.why), "rank": row.rank,
    }  # fmt: skip


@page("plans.see_plans")
def plan_person(request: HttpRequest, number: int, pk: UUID) -> HttpResponse:
    plan = _plan(request, number)
    row = queries.assignment(plan, pk, seen_by=request.actor)
    if row is None:
        raise Http404
    return render(request, "plans/person.html", {
        "plan": plan, **told(row), "may_tell_effect": _may_tell_effect(request, plan, row),
    })  # fmt: skip


@page("plans.tell_effect")
def other_choice(request: HttpRequest, number: int, pk: UUID) -> HttpResponse:
    """What another choice would change, for the person's own ears. The answer stands on this page only, and is kept nowhere."""
    plan = _plan(request, number)
    row = queries.assignment(plan, pk, seen_by=request.actor)
    if row is None or not _may_tell_effect(request, plan, row):
        raise Http404
    asked = request.method == "POST" and {"asked", "private"} <= request.POST.keys()
    rows = [_effect(each) for each in effects(plan, row, on=clock.today())] if asked else []
    return render(request, "plans/other_choice.html", {
        "plan": plan, "row": row, "names": name_of(row.person, language=get_language() or "en"), "asked": asked, "effects": rows,
        "missing": request.method == "POST" and not asked,
    })  # fmt: skip


def _may_tell_effect(request: HttpRequest, plan: Plan, row: Assignment) -> bool:
    newest = queries.newest(seen_by=request.actor)
    return newest == plan and reader_of(row.person, request.actor).may("plans.tell_effect")


def _effect(each: Effect) -> dict[str, Any]:
    if each.given is None or each.given == each.offer.pk:
        says = sentences.if_chosen(each.reason, each.offer)
    else:
        says = _("No place here; the plan would give %(offer)s.") % {"offer": title_of(offers_by_id()[each.given])}
    return {"title": title_of(each.offer), "place": each.given == each.offer.pk, "says": says}


def told(row: Assignment, known: Collection[Offer] = ()) -> dict[str, Any]:
    """All that a plan says about one person, as sentences; first what was chosen. `known`: every offer, where they were read."""
    every = {offer.pk: offer for offer in known} or offers_by_id()
    by_key = {str(pk): offer for pk, offer in every.items()}
    reasons = []
    for reason in row.reasons:
        offer = by_key.get(reason["offer"] or "")
        reasons.append({
            "title": title_of(offer) if offer else _("Every offer"), "offer": offer, "code": reason["code"],
            "says": sentences.about_an_offer(reason, offer), "lacked": sentences.lacked(reason),
            "chosen": reason["code"] not in ("not_chosen",),
        })  # fmt: skip
    reasons.sort(key=lambda each: (each["code"] != "given", not each["chosen"]))
    change = row.nearest
    near = sentences.nearest(change, title_of(by_key[change["offer"]])) if change and change["offer"] in by_key else ""
    return {
        "row": row, "names": name_of(row.person, language=get_language() or "en"),
        "title": title_of(row.offer) if row.offer else "",
        "why": "" if row.offer else sentences.why_none(row.why), "nearest": near,
        "chosen": [r for r in reasons if r["chosen"]], "others": [r for r in reasons if not r["chosen"]],
    }  # fmt: skip


@page("plans.see_plans")
def compare(request: HttpRequest, number: int, other: int) -> HttpResponse:
    plan, earlier = _plan(request, number), _plan(request, other)
    places = {each.offer_id: each for each in queries.offers_of(earlier)}
    now = {each.offer_id: each for each in queries.offers_of(plan)}
    offers = offers_by_id()
    table = [
        (title_of(offers[pk]), places[pk].planned if pk in places else None, now[pk].planned if pk in now else None)
        for pk in offers if pk in places or pk in now
    ]  # fmt: skip
    change = queries.change(earlier, plan)
    return render(request, "plans/compare.html", {"plan": plan, "earlier": earlier, "offers": table, "change": change})
