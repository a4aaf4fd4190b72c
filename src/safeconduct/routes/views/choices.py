"""What waits for a private talk: provisional choices, and the same change by many on one day."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.core.reads.api import seen
from safeconduct.register.api import CHOICES, visible_to
from safeconduct.routes import queries
from safeconduct.routes.showing import NOT_COUNTED
from safeconduct.routes.views.common import name_of

PAGE = 50
LOOKS_BACK = timedelta(days=60)


@page("routes.record_choices")
def choices(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    waiting = queries.provisional(seen_by=request.actor, on=on)
    start = _start(request.GET.get("after", ""), len(waiting))
    shown = waiting[start : start + PAGE]
    people = visible_to(request.actor).prefetch_related("names").in_bulk([one.person for one in shown])
    seen(people, CHOICES)
    bursts = queries.bursts(seen_by=request.actor, since=on - LOOKS_BACK)
    return render(request, "routes/choices.html", {
        "n": len(waiting), "since": waiting[0].taken_on if waiting else None,
        "rows": [
            {"choice": one, "person": people[one.person], "name": name_of(people[one.person]),
             "why": NOT_COUNTED.get(one.counts.code, ""),
             "days": (on - one.taken_on).days}
            for one in shown if one.person in people
        ],
        "after": start + PAGE if start + PAGE < len(waiting) else None, "before": max(start - PAGE, 0) or "0" if start else None,
        "bursts": [
            {"block": block, "on": day, "n": n, "url": f"{reverse('people')}?{urlencode({'block': block})}"}
            for block, day, n in sorted(bursts, key=lambda burst: burst[1], reverse=True)
        ],
    })  # fmt: skip


def _start(after: str, n: int) -> int:
    return min(int(after), max(n - 1, 0)) if after.isascii() and after.isdigit() else 0
