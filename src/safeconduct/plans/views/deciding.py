from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.jobs.api import start
from safeconduct.plans import actions, queries
from safeconduct.plans.compute import LOSSES
from safeconduct.plans.models import Plan
from safeconduct.plans.work import COMPUTE, is_small


@page("plans.compute")
@require_POST
def compute_plan(request: HttpRequest) -> HttpResponse:
    asked: dict[str, Any] = {"scenario": request.POST.getlist("scenario")}
    if request.POST.get("near"):
        near, loss = request.POST["near"], request.POST.get("loss", "0")
        if not near.isascii() or not near.isdigit() or loss not in map(str, LOSSES):
            raise Http404
        asked |= {"near": _plan(request, int(near[:9])).number, "loss": int(loss)}
    return start(request, COMPUTE, asked, small=is_small())


@page("plans.approve")
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    actions.approve_plan(by=request.actor, plan=_plan(request, number), at=clock.now())
    return redirect("plan", number=number)


@page("plans.approve")
@require_POST
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    actions.send_back(by=request.actor, plan=_plan(request, number), reason=request.POST.get("reason", ""), at=clock.now())
    return redirect("plan", number=number)


def _plan(request: HttpRequest, number: int) -> Plan:
    found = queries.plan(number, seen_by=request.actor)
    if found is None:
        raise Http404
    return found
