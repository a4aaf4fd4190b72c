"""`@action`: the one way to change anything.

It opens the outermost transaction, takes the chain's lock first (or a withdrawal slips between check and act), checks the
permission, runs, appends to the audit chain, commits. Called inside another it joins it. A refusal is recorded too, after the
rollback. There is no switch that skips any of this.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from safeconduct.core.access.actors import Actor
from safeconduct.core.access.refusals import NotPermitted, Refusal
from safeconduct.core.access.standing import refuse_outside
from safeconduct.core.audit import chain
from safeconduct.core.audit.models import Outcome

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Declared:
    """What an action declares of itself; the docs list it."""

    name: str
    permission: str
    audit: str


_beside: list[Callable[[datetime], None]] = []
_declared: dict[str, Declared] = {}
_notes: ContextVar[dict[str, Any] | None] = ContextVar("notes", default=None)


def declared() -> dict[str, Declared]:
    """Every action of the loaded rooms by its dotted name, sorted."""
    return dict(sorted(_declared.items()))


def acting() -> bool:
    """Whether an action is running in this context."""
    return _notes.get() is not None


def beside_each(do: Callable[[datetime], None]) -> None:
    """Something small that rides along in the transaction of every outermost action, such as an anchor."""
    if do not in _beside:
        _beside.append(do)


def remark(**facts: Any) -> None:
    """Add numbers, codes or identifiers (never a name) to the audit entry of the action that is running."""
    notes = _notes.get()
    if notes is None:
        raise RuntimeError("remark() belongs inside an action")
    notes.update(facts)


def action(*, permission: str, audit: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function `f(*, by: Actor, …, at: datetime)` an action that needs `permission` and is logged as `audit`."""
    if not permission or not audit:
        raise TypeError("an action needs a permission and an audit phrase")

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(function).parameters
        if "by" not in parameters or "at" not in parameters:
            raise TypeError(f"the action {function.__name__} must take by= and at=")
        _declared[f"{function.__module__}.{function.__name__}"] = Declared(function.__name__, permission, audit)

        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            by, at = kwargs.get("by"), kwargs.get("at")
            if not isinstance(by, Actor) or not isinstance(at, datetime):
                raise TypeError("an action needs by=Actor and at=datetime")
            run = functools.partial(_run, function, args, kwargs, by, at, permission, audit)
            if acting():
                return run()
            try:
                with transaction.atomic(durable=True):
                    chain.lock()
                    for beside in _beside:
                        beside(at)
                    return run()
            except Refusal as refusal:
                _record_refusal(by, at, audit, refusal)
                raise

        return act

    return decorate


def _run(function: Callable[..., R], args: Any, kwargs: Any, by: Actor, at: datetime, permission: str, audit: str) -> R:
    token = _notes.set({})
    try:
        if not by.may(permission):
            raise NotPermitted()
        refuse_outside(by, permission, [*args, *kwargs.values()])
        result = function(*args, **kwargs)
        facts = dict(_notes.get() or {})
        subject = str(facts.pop("subject", "")) or _subject(result)
        chain.append(at=at, actor=by.mark, act=audit, subject=subject, facts=facts)
        return result
    finally:
        _notes.reset(token)


def _record_refusal(by: Actor, at: datetime, audit: str, refusal: Refusal) -> None:
    with transaction.atomic():
        chain.append(at=at, actor=by.mark, act=audit, outcome=Outcome.REFUSED, subject=refusal.about,
                     facts={"code": refusal.code})  # fmt: skip


def _subject(result: object) -> str:
    return f"{result._meta.label_lower}:{result.pk}" if isinstance(result, models.Model) else ""
