"""Beginning a log of reads: with the site, after an update, and anew where one was lost."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, action, remark
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


class NothingToCut(Refusal):
    code = "reads.nothing_to_cut"
    says = _("No entry of the log of reads is older than %(days)s days.")


@action(permission="reads.cut", audit=gettext_noop("old reads cut off"))
def cut_old(*, by: Actor, at: datetime) -> int:
    """Take every entry away that is older than READS_KEPT_DAYS; the number of the first that stays.

    The audit chain keeps where the log begins now, and the digest before it, so that it verifies as before. The entries go
    when that is certain to stand; where the machine stops in between they stay, and are cut at the next time.
    """
    days = settings.READS_KEPT_DAYS
    oldest = book.when(at - timedelta(days=days))
    newest = "(SELECT max(number) FROM entries)"  # stays in any case: the next entry follows it
    kept = book.ask(f"SELECT number, previous FROM entries WHERE at >= ? OR number = {newest} ORDER BY number LIMIT 1", [oldest])
    begins = book.ask("SELECT min(number) FROM entries")[0][0]
    if not kept or kept[0][0] == begins:
        raise NothingToCut(days=days)
    first, previous = kept[0]
    remark(subject=SUBJECT, first=first, previous=previous, rows=first - begins)
    transaction.on_commit(lambda: book.cut_before(first))
    return int(first)
