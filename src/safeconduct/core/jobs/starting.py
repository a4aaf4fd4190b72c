"""From a page to long work, or to its result where the work is small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from safeconduct.core import clock
from safeconduct.core.jobs.actions import ask
from safeconduct.core.jobs.models import Job
from safeconduct.core.jobs.working import at_once


def start(request: HttpRequest, kind: str, arguments: Mapping[str, Any], *, small: bool) -> HttpResponse:
    """Ask for work and lead to it; `small` work is done at once, by the same code, and leads to its result."""
    job = ask(by=request.actor, kind=kind, arguments=arguments, language=get_language() or "en", at=clock.now())
    if small:
        job = at_once(job)
    return redirect(job.address) if job.state == Job.State.DONE else redirect("job", job.pk)
