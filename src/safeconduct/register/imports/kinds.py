"""The kinds of sheets that can be read in. A room declares its own; the story of an import knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from safeconduct.core.spreadsheets.api import Column, Parsed


@dataclass(frozen=True)
class Compared:
    """How a row stands to what is known; `likely`: (number of a person, code of the reason)."""

    row: Any
    state: str
    changed: tuple[str, ...] = ()
    likely: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of sheet: its columns, who may read it in, how its rows are read, compared, taken in, and written out."""

    name: str
    label: Any
    permission: str
    columns: Sequence[Column]
    read: Callable[..., Parsed[Any]]  # (table, mapping, *, today) → Parsed
    compare: Callable[[Sequence[Any]], Iterable[Compared]]
    take: Callable[..., int]  # action (by, rows, at, progress) → rows taken
    row_from_json: Callable[[Any], Any]
    export: Callable[[date], Iterable[Sequence[Any]]]  # rows in the order of `columns`
    export_permission: str
    groups: Mapping[str, Any] = field(default_factory=dict)  # column → group of fields; empty where nobody stands in the sheet


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    """Make a kind of sheet known."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order in which sheets build on each other."""
    order = ("people", "families", "offers", "choices")
    return {name: _kinds[name] for name in order if name in _kinds}
