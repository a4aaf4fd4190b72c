"""Doing the work that waits: one job after the other, each held by one process alone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from django.utils import translation

from safeconduct.core import clock
from safeconduct.core.access.api import Account, Actor, Refusal, Role
from safeconduct.core.jobs import actions, holding
from safeconduct.core.jobs.kinds import Progress, kinds
from safeconduct.core.jobs.models import Job
from safeconduct.core.jobs.refusals import Cancelled, EndedByAnError, NotAllowedAnyMore, TooOften

MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)


def work_that_waits() -> Iterator[Job]:
    """Jobs that nobody does: those that wait, and those of somebody who is no more, the oldest first."""
    yield from Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING)).order_by("asked_at", "pk")


def work_once() -> Job | None:
    """Do the first job that nobody does; None where there is none."""
    for job in work_that_waits():
        if done := do(job):
            return done
    return None


def do(job: Job) -> Job | None:
    """Do a job, where nobody else does it: to its end, its failure, or its cancelling."""
    with holding.held(job.pk) as mine:
        if mine is None:
            return None
        job.refresh_from_db()
        if job.is_over:
            holding.forget(job.pk)
            return None
        _note(job, state=Job.State.RUNNING, attempts=job.attempts + 1)
        with translation.override(job.language):
            try:
                if job.attempts > MOST_ATTEMPTS:
                    raise TooOften()
                _done(job, mine)
            except Refusal as why:
                actions.fail(by=_keeper(), job=job, why=why, at=clock.now())
            except Exception as error:
                log.error("job %s ended: %s", job.kind, type(error).__name__, exc_info=True)
                actions.fail(by=_keeper(), job=job, why=EndedByAnError(), at=clock.now())
        job.refresh_from_db()
        holding.forget(job.pk)
        return job


def _done(job: Job, mine: holding.Held) -> None:
    kind, by = kinds()[job.kind], _asker(job)
    if not by.may(kind.permission):
        raise NotAllowedAnyMore()

    def progress(done: int, of: int) -> None:
        if mine.is_cancelled:
            raise Cancelled()
        mine.tell(done, of)

    def finish(effect: Callable[[], str]) -> None:
        actions.complete(by=by, job=job, effect=effect, at=clock.now())

    progress(0, 0)
    kind.do(job.arguments, by, progress, finish)


def _asker(job: Job) -> Actor:
    """Whoever asked, with the roles of this moment."""
    account = Account.objects.get(pk=job.asked_by_id)
    if not account.is_active:
        raise NotAllowedAnyMore()
    return account.actor("job")


def _keeper() -> Actor:
    """The software itself: a failure is recorded also where whoever asked may do nothing any more."""
    return Actor.setting_up([Role.ADMINISTRATOR])


def _note(job: Job, **values: object) -> None:
    """The worker's own bookkeeping."""
    for name, value in values.items():
        setattr(job, name, value)
    Job.objects.filter(pk=job.pk).update(**values)


def at_once(job: Job) -> Job:
    """Do a small job in this process, as a worker would."""
    do(job)
    job.refresh_from_db()
    return job


__all__ = ["Progress", "at_once", "do", "work_once", "work_that_waits"]
