"""Beginning a log of reads: with the site, after an update, and anew where one was lost."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.audit import chain
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.reads import book
from safeconduct.core.reads.anchoring import ANCHORED, SUBJECT
from safeconduct.core.reads.digests import START
from safeconduct.core.storage.keys import key_of

BEGUN = gettext_noop("log of reads begun")


def keep_a_log(at: datetime) -> None:
    """Make the log of a site that has none yet. One that the audit chain knows is never made again in silence."""
    path = book.place()
    if path.exists() or AuditEntry.objects.filter(subject=SUBJECT).exists():
        return
    book.create(path, key_of(path.parent))
    with transaction.atomic():
        chain.append(at=at, actor="site", act=BEGUN, subject=SUBJECT)


@action(permission="reads.begin_anew", audit=gettext_noop("log of reads begun anew"))
def begin_anew(*, by: Actor, at: datetime) -> int:
    """Begin a new log where the old one is lost. Its first number follows the last that the audit chain knows.

    What was read between that anchor and the loss is not known any more: the entry says so for ever. Raises ReadsThere.
    """
    path = book.place()
    number, digest = last_anchor() or (0, START)
    remark(subject=SUBJECT, first=number + 1, previous=digest)
    book.create(path, key_of(path.parent), after=(number, digest))
    return number + 1


def last_anchor() -> tuple[int, str] | None:
    """The newest number and digest of the log of reads that the audit chain holds."""
    found = AuditEntry.objects.filter(subject=SUBJECT, act=ANCHORED).order_by("-number").values_list("facts", flat=True).first()
    if found is None:
        return None
    facts = json.loads(found)
    return int(facts["number"]), str(facts["digest"])
