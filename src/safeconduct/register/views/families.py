"""Families: the list and one unit."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.register import queries
from safeconduct.register import rows as listing
from safeconduct.register.views.common import family_or_404, language
from safeconduct.register.views.kin import disputed, tree


@page("register.see_people")
def families(request: HttpRequest) -> HttpResponse:
    found, after = queries.families(seen_by=request.actor, after=request.GET.get("after", "")[:40])
    return render(request, "register/families.html", {
        "families": found, "after": after, "counted": queries.count_families(seen_by=request.actor),
    })  # fmt: skip


@page("register.see_people")
def family(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit = family_or_404(request, pk)
    on, tongue = clock.today(), language()
    members = queries.members(unit, seen_by=request.actor)
    rows = listing.rows([m.person for m in members], seen_by=request.actor, on=on, language=tongue)
    context = {
        "unit": unit, "members": list(zip(members, rows, strict=True)),
        "here": sum(row.presence is not None and row.presence.ends is None for row in rows),
        "disputes": [(row.name, disputed(m.disputed_by)) for m, row in zip(members, rows, strict=True) if m.disputed_by],
        "may_register": request.actor.may("register.register"),
        "may_merge": request.actor.may("register.merge"),
        **tree(members, person=None, on=on, language=tongue),
    }  # fmt: skip
    return render(request, "register/family.html", context)
