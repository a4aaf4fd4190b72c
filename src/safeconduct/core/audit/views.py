from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from safeconduct.core.access.pages import page
from safeconduct.core.audit import chain
from safeconduct.core.audit.facts import facts_shown
from safeconduct.core.audit.models import AuditEntry


@page("audit.see")
def entries(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    found = AuditEntry.objects.order_by("-number")
    if before.isdigit():
        found = found.filter(number__lt=int(before))
    rows = list(found[:51])
    for row in rows:
        row.facts_shown = facts_shown(row.facts)  # type: ignore[attr-defined]
        row.act_shown = row.act and gettext(row.act)  # type: ignore[attr-defined]
    return render(request, "audit/entries.html", {"entries": rows[:50], "older": rows[49].number if len(rows) > 50 else None})


@page("audit.see")
def verification(request: HttpRequest) -> HttpResponse:
    count, breaks = chain.verify()
    return render(request, "audit/verification.html", {"count": count, "breaks": breaks[:100]})
