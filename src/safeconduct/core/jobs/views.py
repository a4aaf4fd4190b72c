"""How far one's own long work is."""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.core.jobs import actions, holding, queries
from safeconduct.core.jobs.kinds import kinds
from safeconduct.core.jobs.models import Job
from safeconduct.core.jobs.refusals import WorkIsOver

MEANINGS = {"waiting": "waits", "running": "waits", "done": "done", "failed": "attention", "cancelled": "none"}
REFRESH = 2  # seconds; without script the page comes again by itself


@page("jobs.see_own")
def jobs(request: HttpRequest) -> HttpResponse:
    """The reader's own work; for an administrator everybody's, without what it is about."""
    return render(request, "jobs/jobs.html", {
        "jobs": [_shown(one) for one in queries.own(seen_by=request.actor)[:50]],
        "everybodys": [_shown(one) for one in queries.everybodys(seen_by=request.actor)[:100]],
    })  # fmt: skip


@page("jobs.see_own")
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is; where it is done, on to its result."""
    found = _or_404(request, pk)
    if found.state == Job.State.DONE and found.address and "stay" not in request.GET:
        return redirect(found.address)
    response = render(request, "jobs/job.html", _shown(found))
    if not found.is_over:
        response.headers["Refresh"] = str(REFRESH)
    return response


@page("jobs.see_own")
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    with contextlib.suppress(WorkIsOver):  # it ended a moment before
        actions.cancel(by=request.actor, job=_or_404(request, pk), at=clock.now())
    return redirect("job", pk)


@page("jobs.see_own")
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    return redirect("job", actions.ask_again(by=request.actor, job=_or_404(request, pk), at=clock.now()).pk)


def _or_404(request: HttpRequest, pk: UUID) -> Job:
    found = queries.job(pk, seen_by=request.actor)
    if found is None:
        raise NoSuchWork()
    return found


class NoSuchWork(Refusal):
    code = "jobs.no_such_work"
    status = 404


def _shown(one: Job) -> dict[str, Any]:
    known = kinds().get(one.kind)
    told = holding.progress(one.pk) if one.state == Job.State.RUNNING else None
    share = round(100 * told[0] / told[1]) if told and told[1] else None
    abandoned = one.state == Job.State.RUNNING and not holding.is_held(one.pk)
    return {
        "job": one, "label": known.label if known else one.kind, "meaning": MEANINGS[one.state], "done": told[0] if told else 0,
        "of": told[1] if told else 0, "share": share, "abandoned": abandoned,
    }  # fmt: skip
