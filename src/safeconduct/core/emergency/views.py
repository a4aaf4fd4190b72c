from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.pages import page
from safeconduct.core.emergency.ending import lock_from_a_page

# Nothing of the site, no word of what was done, no file to fetch; the browser's own white.
BLANK = b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Blank</title></head><body><p></p></body></html>'


@page("storage.lock_site", stage="locked")
def lock(request: HttpRequest) -> HttpResponse:
    """One question, from a covered screen too; its button has the focus: the key of this page and Enter lock the site."""
    return render(request, "emergency/lock.html")


@page("storage.lock_site", stage="locked")
@require_POST
def lock_now(request: HttpRequest) -> HttpResponse:
    """End everything. The answer says nothing, and takes what the browser kept of the site with it."""
    if request.POST.get("confirmed") != "yes":
        return redirect("lock")
    lock_from_a_page(
        Path(settings.SITE_FOLDER),
        by=request.actor,  # type: ignore[attr-defined]
        at=clock.now(),
        now=datetime.now(UTC),
    )
    request.session = type(request.session)()  # or the middleware would miss the row that was deleted
    answer = HttpResponse(BLANK)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer
