"""Unusual reads, for those who watch over the work: accounts, hours and counts, and nobody's name from the register."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.access.models import Account
from safeconduct.core.access.pages import page
from safeconduct.core.reads import queries
from safeconduct.core.reads.faults import ReadsNotWritten
from safeconduct.core.storage.errors import StorageFault

SHOWN, USUAL = timedelta(days=14), timedelta(days=90)
KINDS: dict[str, Any] = {
    "people": _("people shown"), "outside": _("records opened from outside the case"),
    "refused": _("records asked for and not shown"),
}  # fmt: skip


@page("reads.see_unusual")
def unusual(request: HttpRequest) -> HttpResponse:
    """Hours of the last two weeks in which an account read many more people than is usual for it."""
    now = clock.now()
    try:
        found = queries.unusual(since=now - USUAL, shown_since=now - SHOWN)
    except StorageFault as fault:
        raise ReadsNotWritten(reason=fault.sentence()) from fault
    numbers = {each.actor: each.actor.rpartition(":")[2] for each in found}
    accounts = Account.objects.in_bulk([int(n) for n in set(numbers.values()) if n.isdecimal()])
    rows = [
        {"one": each, "what": KINDS[each.kind], "ends": each.hour + timedelta(hours=1), "in_shell": each.actor.startswith("shell"),
         "account": accounts.get(int(numbers[each.actor])) if numbers[each.actor].isdecimal() else None}
        for each in found
    ]  # fmt: skip
    return render(request, "reads/unusual.html", {"rows": rows, "many": settings.READS_MANY, "times": settings.READS_TIMES_USUAL})
