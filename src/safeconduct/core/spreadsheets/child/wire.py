"""What the child tells its parent: one JSON value a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Protocol, TextIO

# A cell as it travels: text, number, truth or nothing as in JSON; a day as {"d": "2013-12-31"}.
Cell = str | int | float | bool | dict[str, str] | None
# Number of the row as the spreadsheet shows it, its cells, and marks by place: formula, formula_empty, error, too_long, beyond.
RawRow = tuple[int, list[Cell], dict[int, str]]

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Broken(Exception):
    """The file cannot be read: a code of the parent's table of faults, and the numbers of its sentence."""

    def __init__(self, code: str, **numbers: Any) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


class Source(Protocol):
    """A file that is open: the titles of its sheets, the ranges that are merged, and rows that are not empty."""

    titles: list[str]
    about: dict[str, str]
    width: int  # fields of the row that came last, empty ones too; 0 where cells have places of their own

    def merges(self, sheet: int) -> list[str]: ...

    def rows(self, sheet: int) -> Iterator[RawRow]: ...


def say(out: TextIO, value: Any) -> None:
    out.write(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n")


def unescape(text: str) -> str:
    """Signs that XML cannot hold stand as _x000B_ (ECMA-376 part 1, 22.9.2.19); half a pair and NUL are lost letters."""
    if "_x" not in text:
        return text
    signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\0", "\ufffd")
    return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def column_letters(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def whole(number: float) -> int | float:
    """12.0 → 12: spreadsheets know no integers."""
    if number != number or number in (float("inf"), float("-inf")):
        raise Broken("sheets.damaged")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
