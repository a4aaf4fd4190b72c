"""The head of the log of reads stands in the audit chain, so that a log cut at its end, or rewritten as a whole, is seen.

Once a minute at most, with whatever is done next: an action takes the newest number and digest along, in its own
transaction. A page that reads waits for none of this.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from safeconduct.core.audit import chain
from safeconduct.core.audit.models import AuditEntry, Outcome
from safeconduct.core.reads import book
from safeconduct.core.storage.errors import StorageFault

SUBJECT = "reads"
ANCHORED = gettext_noop("reads anchored")
EVERY = timedelta(minutes=1)


def anchor(at: datetime) -> bool:
    """Write the head into the audit chain, in a transaction of its own, where it is not yet there; whether it was written."""
    with transaction.atomic():
        chain.lock()
        return _anchor(at, every=timedelta(0))


def beside_an_action(at: datetime) -> None:
    """The same, inside an action's transaction, once a minute at most. A log that cannot be read holds no action up."""
    try:
        _anchor(at, every=EVERY)
    except StorageFault:
        return  # nobody is shown anything meanwhile, and the verification names it


def _anchor(at: datetime, *, every: timedelta) -> bool:
    last = AuditEntry.objects.filter(subject=SUBJECT, act=ANCHORED).order_by("-number").values_list("at", "facts").first()
    if last is not None and timedelta(0) <= at - last[0] < every:
        return False
    head = book.head()
    if head is None or (last is not None and json.loads(last[1])["number"] >= head[0]):
        return False
    chain.append(
        at=at, actor="site", act=ANCHORED, outcome=Outcome.DONE, subject=SUBJECT, facts={"number": head[0], "digest": head[1]}
    )
    return True
