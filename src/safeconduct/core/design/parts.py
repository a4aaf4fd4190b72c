"""What components are given: small immutable values. Labels and sentences arrive already in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A head of a table. With a `key` it can be sorted by; `number` sets units under units."""

    label: Any
    key: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column a table is sorted. In an address: `?sort=name`, descending `?sort=-name`."""

    key: str = ""
    descending: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str], *, among: Collection[str], default: str = "") -> Sort:
        """The sort that an address asks for, if the table offers it; else the default."""
        for asked in (query.get("sort", ""), default):
            if asked.removeprefix("-") in among:
                return cls(asked.removeprefix("-"), asked.startswith("-"))
        return cls()

    def of(self, key: str) -> str:
        """How a column is sorted now, in ARIA's words: ascending, descending or none."""
        if key != self.key:
            return "none"
        return "descending" if self.descending else "ascending"

    def pressed(self, key: str) -> str:
        """What `sort` becomes when a head is pressed: ascending first, then turned round."""
        return f"-{key}" if self.of(key) == "ascending" else key


@dataclass(frozen=True, slots=True)
class DataTable:
    """A picture's numbers as a table: head, rows and a foot of label and numbers. None stands for "does not apply"."""

    head: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    foot: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """A step on the ladder of an offer's firmness, with who said so. `state`: was, now, ended or next."""

    title: Any
    state: str = "next"
    on: date | None = None
    source: Any = ""
    assumed: Any = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """How many people, why, and the address of their list."""

    people: int
    says: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class Relative:
    """One of a family as a person's page shows it. `withheld`: no name, because its owner has not agreed."""

    relationship: Any
    name: Any = ""
    url: str = ""
    note: Any = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list, and whether it is on."""

    label: Any
    url: str
    on: bool = False
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """An offer in a person's order; `key` travels in the form that moves it."""

    key: str
    title: Any
    note: Any = ""
