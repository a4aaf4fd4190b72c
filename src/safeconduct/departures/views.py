from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.languages import country_name
from safeconduct.core.reads.api import IDENTITY, seen
from safeconduct.departures import actions, queries
from safeconduct.departures.sentences import HELD_BACK
from safeconduct.plans.api import Plan, plan
from safeconduct.register.api import CONSENTS, PLAN, name_of, open_among, sees_everybody
from safeconduct.routes.api import Offer, OfferKind, title_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("departures.see_submissions")
def submissions(request: HttpRequest) -> HttpResponse:
    shown = queries.approved(seen_by=request.actor)
    offers = []
    if shown is not None:
        for offer in queries.offers_with_people(shown):
            standing = queries.prepared(shown, offer, at=clock.now())
            offers.append({"standing": standing, "title": title_of(offer), "all": len(standing.people)})
    return render(request, "departures/submissions.html", {"plan": shown, "offers": offers})


@page("departures.see_submissions")
def offer_submissions(request: HttpRequest, number: int, key: str) -> HttpResponse:
    shown, offer = _both(request, number, key)
    standing = queries.prepared(shown, offer, at=clock.now())
    language = get_language() or "en"
    held = [{"person": p, "names": name_of(p, language=language), "says": HELD_BACK[code]} for p, code in standing.held]
    held_numbers = {each["person"].pk for each in held}
    ready = [{"person": p, "names": name_of(p, language=language)} for p in standing.people if p.pk not in held_numbers]
    counted = {"ready": len(ready), "held": len(held)}
    if not sees_everybody(request.actor):  # the numbers are of everybody, the names of the reader's own cases
        known = open_among(request.actor, [p.pk for p in standing.people])
        ready, held = ([each for each in part if each["person"].pk in known] for part in (ready, held))
    seen((each["person"] for each in [*ready, *held]), IDENTITY, PLAN, CONSENTS)
    context: dict[str, Any] = {
        "plan": shown, "standing": standing, "title": title_of(offer), "held": held, "ready": ready, "counted": counted,
        "state": country_name(offer.destination, language), "may_submit": request.actor.may("departures.submit"),
        "is_return": offer.kind == OfferKind.VOLUNTARY_REPATRIATION,
    }  # fmt: skip
    return render(request, "departures/offer.html", context)


@page("departures.submit")
@require_POST
def take_out(request: HttpRequest, number: int, key: str) -> HttpResponse:
    shown, offer = _both(request, number, key)
    file, data = actions.take_out_submissions(by=request.actor, plan=shown, offer=offer, at=clock.now())
    answer = HttpResponse(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="submissions-{offer.key}-{file.taken_at:%Y-%m-%d}.xlsx"'
    return answer


def _both(request: HttpRequest, number: int, key: str) -> tuple[Plan, Offer]:
    shown = plan(number, seen_by=request.actor)
    if shown is None:
        raise Http404
    return shown, get_object_or_404(Offer, key=key)
