"""A table that was read, its rows, and what rows become when a room has understood them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from safeconduct.core.spreadsheets.faults import RowFault

Cell = str | int | float | date | bool | None
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, its cells by header (empty ones are absent or None).

    `marks` tells which cells need care: "formula" (its last value was taken), "formula_empty", "error", "too_long".
    """

    number: int
    cells: Mapping[str, Cell]
    marks: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""

    def to_json(self) -> dict[str, Any]:
        cells = {header: {"d": cell.isoformat()} if isinstance(cell, date) else cell for header, cell in self.cells.items()}
        return {"number": self.number, "cells": cells, "marks": dict(self.marks), "sheet": self.sheet}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Row:
        cells = {
            header: date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell for header, cell in stored["cells"].items()
        }
        return cls(stored["number"], cells, stored.get("marks", {}), stored.get("sheet", ""))


@dataclass
class Table:
    """A sheet of a file. `rows` can be read once, row by row; SheetFault may still come while they are read."""

    headers: list[str]
    rows: Iterator[Row]
    sheet: str  # the title; empty for text
    encoding: str = ""
    separator: str = ""
    file: str = ""
    header_row: int = 1
    sheets: tuple[str, ...] = ()  # the sheets that are read: further ones if a long table continues there
    other_sheets: tuple[str, ...] = ()


@dataclass
class Parsed(Generic[T]):
    """Rows that were understood, each with its place; every fault of every other row; and what only needs a look."""

    rows: list[T] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)  # beside `rows`: from where each came
    faulty: list[Row] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
