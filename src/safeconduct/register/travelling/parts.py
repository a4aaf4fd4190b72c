"""What of a person travels, table by table. Each room declares its own: who takes it along, and whose changes come back.

A `Part` is rows that stand as they are now; a `Ledger` is entries that are only ever added. What no room declares stays at home.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from safeconduct.register.merging.steps import stored
from safeconduct.register.travelling.merge import Value

if TYPE_CHECKING:
    from safeconduct.core.access.api import Actor
    from safeconduct.register.models import HeldChange, Person
    from safeconduct.register.travelling.entering import Entering

# A row in words for whoever decides: the values of the slot and of the row, the reader, the reader's language.
Say = Callable[[dict[str, Any], "Actor", str], str]
Row = list[Any]


@dataclass(frozen=True)
class Part:
    """A table whose rows stand as they are. `slot` and `values` are columns; two rows of one slot are changed as one.

    `named`: column → the field by which it is written instead of an identifier, such as the number of a family unit.
    `hidden`: rows that this actor may not take along. `ends`: the column that is filled when a row is over.
    """

    name: str
    says: Any
    model: type[models.Model]
    slot: tuple[str, ...]
    values: tuple[str, ...]
    see: str
    write: str
    say: Say
    hidden: Callable[[models.Model, Actor], bool] = lambda row, actor: False
    named: dict[str, Callable[[models.Model], Any]] | None = None
    after: Callable[[Person], None] | None = None

    def rows(self, people: Collection[UUID], alias: str = "default") -> list[models.Model]:
        """The rows of some people."""
        found = self.model._base_manager.using(alias).filter(person__in=list(people)).order_by("pk")
        return list(found.select_related(*(name for name in ("family",) if name in self.values)))

    def record(self, rows: Iterable[models.Model]) -> dict[str, Value]:
        """The rows of one person as slots."""
        found: dict[str, Value] = {}
        for row in rows:
            found.setdefault(self.slot_of(row), []).append(self.value_of(row))
        return {slot: sorted(value, key=_sorted_by) for slot, value in found.items()}

    def slot_of(self, row: models.Model) -> str:
        """The name of a row's slot."""
        plain = stored(row)
        return json.dumps([plain[column] for column in self.slot], ensure_ascii=False)

    def value_of(self, row: models.Model) -> Row:
        """A row's values, by the names under which both sides know them."""
        plain, named = stored(row), self.named or {}
        return [named[column](row) if column in named else plain[column] for column in self.values]

    def told(self, slot: str, row: Row) -> dict[str, Any]:
        """A row's columns with their values."""
        return {**dict(zip(self.slot, json.loads(slot), strict=True)), **dict(zip(self.values, row, strict=True))}


@dataclass(frozen=True)
class Ledger:
    """Entries that are only added. An entry is a plain dict with an `id`.

    `rows`: what goes into the copy. `entries`: one person's, on either side. `enter` writes one here, or holds it.
    `decide` follows where one was held; a ledger without it is never held: its entries count whoever carries them.
    """

    name: str
    says: Any
    see: str
    write: str
    rows: Callable[[Collection[UUID], str], list[models.Model]]
    entries: Callable[[UUID, str], list[dict[str, Any]]]
    enter: Callable[[Entering, dict[str, Any]], None]
    decide: Callable[[HeldChange, bool, datetime], None] | None
    say: Callable[[dict[str, Any], Actor, str], str]


# What goes along beside people: the offers a person can choose among.
Along = Callable[["Actor"], list[models.Model]]

_parts: dict[str, Part] = {}
_ledgers: dict[str, Ledger] = {}
_along: list[Along] = []


def part(each: Part) -> None:
    """Let a table travel. Called once, when the room is loaded."""
    _parts[each.name] = each


def ledger(each: Ledger) -> None:
    """Let a ledger travel. Called once, when the room is loaded."""
    _ledgers[each.name] = each


def along(rows: Along) -> None:
    """Let rows travel that are nobody's. Called once, when the room is loaded."""
    _along.append(rows)


def parts() -> dict[str, Part]:
    """Every part by its name, in the order of declaration."""
    return dict(_parts)


def ledgers() -> dict[str, Ledger]:
    """Every ledger by its name, in the order of declaration."""
    return dict(_ledgers)


def rows_along(actor: Actor) -> list[models.Model]:
    """The rows that are nobody's."""
    return [row for rows in _along for row in rows(actor)]


def _sorted_by(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)
