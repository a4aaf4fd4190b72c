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
from safeconduct.core.reads.verification import verify
from safeconduct.core.storage.errors import StorageFault

SHOWN, USUAL = timedelta(days=14), timedelta(days=90)
KINDS: dict[str, Any] = {
    "people": _("people shown"), "outside": _("records opened from outside the case"),
    "refused": _("records asked for and not shown"),
}  # fmt: skip
BREAKS: dict[str, Any] = {
    "edited": _("the entry, or whom it names, was changed"), "missing": _("the entry is missing"),
    "relinked": _("the entry does not follow the one before"), "truncated": _("the end of the log was cut off"),
    "unmarked": _("the log begins where the audit chain does not know that it may"), "damaged": _("the file itself is damaged"),
}  # fmt: skip


@page("audit.see")
def verification(request: HttpRequest) -> HttpResponse:
    """Whether the log of reads holds, in itself and against the audit chain; asked apart, because it reads all of it."""
    try:
        count, breaks = verify()
    except StorageFault as fault:
        return render(request, "reads/verification.html", {"fault": fault})
    shown = [(each.number, BREAKS[each.code]) for each in breaks[:100]]
    return render(request, "reads/verification.html", {"count": count, "breaks": shown, "n": len(breaks)})


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
