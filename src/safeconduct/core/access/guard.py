"""The database refuses a write that no action makes.

Armed for every request, command and test. During a GET nothing of ours is written at all. Tables that belong to
libraries stand in one list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.signals import connection_created

from safeconduct.core.access.actions import acting

LIBRARY_TABLES = frozenset(
    {"django_session", "django_migrations", "django_content_type", "axes_accessattempt", "axes_accessattemptexpiration",
     "axes_accesslog", "axes_accessfailurelog"}
)  # fmt: skip
# What a worker notes of a job: that it began, and how often. What a job changes, and its ends, are actions.
LIBRARY_TABLES |= {"jobs_job"}
# The audit entry of a refusal is written after the rollback, outside the action that was refused.
_CHAIN = frozenset({"audit_auditentry"})
_WRITE = re.compile(r"^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+[\"'`]?([A-Za-z0-9_]+)", re.I)
_mode: ContextVar[str] = ContextVar("guard", default="off")  # off | actions | nothing
_filled: ContextVar[str] = ContextVar("filled", default="")


class UnguardedWrite(RuntimeError):
    """Something wrote to one of our tables outside an action."""


@contextmanager
def only_actions_write() -> Iterator[None]:
    """Inside, our tables change through actions only."""
    yield from _set("actions")


@contextmanager
def nothing_writes() -> Iterator[None]:
    """Inside, our tables do not change at all: a GET, or a query under test."""
    yield from _set("nothing")


@contextmanager
def while_migrating() -> Iterator[None]:
    """Inside, Django rebuilds tables; used by the one function that brings a site up to date."""
    yield from _set("off")


@contextmanager
def filling(alias: str) -> Iterator[None]:
    """Inside, another database that is being made may be written, such as a copy that travels; the site's own stays guarded."""
    if alias == DEFAULT_DB_ALIAS:
        raise ValueError("the site's own database is written by actions only")
    token = _filled.set(alias)
    try:
        yield
    finally:
        _filled.reset(token)


def _set(mode: str) -> Iterator[None]:
    token = _mode.set(mode)
    try:
        yield
    finally:
        _mode.reset(token)


def _watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    mode = _mode.get()
    if mode != "off" and context["connection"].alias != _filled.get():
        found = _WRITE.match(sql)
        if found and not _allowed(found.group(1).lower(), mode):
            raise UnguardedWrite(
                f"{found.group(1)} was written outside an action"
                if mode == "actions"
                else f"{found.group(1)} was written while only reading"
            )
    return execute(sql, params, many, context)


def _allowed(table: str, mode: str) -> bool:
    if table in LIBRARY_TABLES:
        return True
    if mode == "nothing":
        return False
    return acting() or table in _CHAIN


def install() -> None:
    """Watch every connection from its first statement on."""
    connection_created.connect(_connected, dispatch_uid="safeconduct.guard")


def _connected(*, connection: Any, **_: Any) -> None:
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)
