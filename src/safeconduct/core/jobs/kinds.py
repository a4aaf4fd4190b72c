"""Kinds of work, declared by the rooms that know how to do them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from safeconduct.core.access.api import Actor

Progress = Callable[[int, int], None]


class Finish(Protocol):
    """Runs the effect and marks the job done in one transaction; the effect gives the address of its result."""

    def __call__(self, effect: Callable[[], str]) -> None: ...


@dataclass(frozen=True)
class Kind:
    """One kind of work: what it is called, who may ask for it, and how it is done.

    `do(arguments, by, progress, finish)` computes outside any transaction, and lets what it changes happen inside `finish`,
    once. It may be started again from its beginning after a crash, until `finish` has ended.
    """

    name: str
    label: Any
    permission: str
    do: Callable[[Mapping[str, Any], Actor, Progress, Finish], None]


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    """Make a kind known; called when its room is loaded."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    return dict(_kinds)
