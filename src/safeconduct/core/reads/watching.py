"""Who was read, collected by itself while a page is made: whoever loads a person says so, whether it thinks of it or not.

The register's `Person` and `PersonName` are `Watched`: each row that is loaded adds its person here. What reads names or
numbers past the models (`values_list`, SQL) says `seen(people)`; what shows more than who somebody is says what:
`seen(person, "needs")`. Work that shows nobody stands inside `only_computing()`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models

from safeconduct.core.reads.levels import IDENTITY, REFUSED, known

T = TypeVar("T")
Collected = dict[UUID, set[str]]
_open: ContextVar[Collected | None] = ContextVar("reads", default=None)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Inside, everybody who is read is collected: person → levels of what was read."""
    found: Collected = {}
    token = _open.set(found)
    try:
        yield found
    finally:
        _open.reset(token)


@contextmanager
def only_computing() -> Iterator[None]:
    """Inside, people are loaded to count, compare or choose, and nobody is shown."""
    token = _open.set(None)
    try:
        yield
    finally:
        _open.reset(token)


def quietly(rows: Iterable[T]) -> Iterator[T]:
    """The same rows, loaded one by one without being read; for what goes on between them nothing changes."""
    following = iter(rows)
    while True:
        with only_computing():
            try:
                row = next(following)
            except StopIteration:
                return
        yield row


def seen(people: UUID | models.Model | Iterable[UUID | models.Model], *levels: str) -> None:
    """Somebody was shown (a person, a row's person, or many), and what of them; without a level, who they are.

    Raises KeyError for a level that no room declared.
    """
    said = known(levels or (IDENTITY,))
    found = _open.get()
    if found is None:
        return
    for each in [people] if isinstance(people, UUID | models.Model) else people:
        found.setdefault(each if isinstance(each, UUID) else each.pk, set()).update(said)


def load(person: UUID | None) -> None:
    """A row was loaded that says who this person is. Called for each row: it stays short."""
    found = _open.get()
    if found is not None and person is not None:
        if person in found:
            found[person].add(IDENTITY)
        else:
            found[person] = {IDENTITY}


def shown_nothing() -> None:
    """The answer shows nobody after all: a refusal. Whoever was loaded for it was asked for in vain."""
    found = _open.get()
    for levels in (found or {}).values():
        levels.clear()
        levels.add(REFUSED)


def read_so_far() -> Collection[UUID]:
    """Whom this page has read until now."""
    return frozenset(_open.get() or ())


class Watched(models.Model):
    """A table of which each loaded row tells who somebody is; `watched` names the field that holds the person's id."""

    watched = "id"

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        row = super().from_db(db, field_names, values)
        load(row.__dict__.get(cls.watched))
        return row
