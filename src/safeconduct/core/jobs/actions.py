"""Asking for work, and its ends. What a worker notes in between is its own bookkeeping and no entry of the audit chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, NotPermitted, Refusal, action, remark
from safeconduct.core.jobs import holding
from safeconduct.core.jobs.kinds import kinds
from safeconduct.core.jobs.models import Job
from safeconduct.core.jobs.refusals import Cancelled, WorkIsOver


@action(permission="jobs.run", audit=gettext_noop("work asked for"))
def ask(*, by: Actor, kind: str, arguments: Mapping[str, Any], language: str, at: datetime) -> Job:
    """Ask for work. It begins when a worker is free. `arguments`: identifiers and codes, never a name."""
    if by.account is None or not by.may(kinds()[kind].permission):
        raise NotPermitted()
    remark(kind=kind)
    return Job.objects.create(kind=kind, arguments=dict(arguments), language=language, asked_by_id=by.account, asked_at=at)


@action(permission="jobs.run", audit=gettext_noop("work done"))
def complete(*, by: Actor, job: Job, effect: Callable[[], str], at: datetime) -> Job:
    """What the work changes, and that it is done, in one transaction. Raises Cancelled where somebody cancelled it before."""
    found = Job.objects.get(pk=job.pk)
    if found.is_over:
        raise Cancelled()
    found.address = effect()
    found.state, found.ended_at = Job.State.DONE, at
    found.save(update_fields=["state", "address", "ended_at"])
    remark(kind=found.kind)
    return found


@action(permission="jobs.run", audit=gettext_noop("work failed"))
def fail(*, by: Actor, job: Job, why: Refusal, at: datetime) -> Job:
    """Record why work failed: a code for the chain, a sentence for whoever asked."""
    found = Job.objects.get(pk=job.pk)
    if not found.is_over:
        found.state = Job.State.CANCELLED if isinstance(why, Cancelled) else Job.State.FAILED
        found.code, found.says, found.ended_at = why.code, str(why), at
        found.save(update_fields=["state", "code", "says", "ended_at"])
    remark(kind=found.kind, code=why.code)
    return found


@action(permission="jobs.see_own", audit=gettext_noop("work cancelled"))
def cancel(*, by: Actor, job: Job, at: datetime) -> Job:
    """Cancel one's own work. Where it goes on, it ends at its next step and changes nothing. Raises WorkIsOver."""
    found = Job.objects.get(pk=job.pk)
    if found.asked_by_id != by.account:
        raise NotPermitted()
    if found.is_over:
        raise WorkIsOver()
    holding.cancel(found.pk)
    if found.state == Job.State.WAITING:
        found.state, found.code, found.says, found.ended_at = Job.State.CANCELLED, Cancelled.code, str(Cancelled()), at
        found.save(update_fields=["state", "code", "says", "ended_at"])
    remark(kind=found.kind)
    return found


@action(permission="jobs.see_own", audit=gettext_noop("work asked for again"))
def ask_again(*, by: Actor, job: Job, at: datetime) -> Job:
    """The same work once more, after it failed."""
    found = Job.objects.get(pk=job.pk)
    if found.asked_by_id != by.account or found.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise NotPermitted()
    return ask(by=by, kind=found.kind, arguments=found.arguments, language=found.language, at=at)
