"""Understand the cells of one row: text, ids, words of a list, numbers, days. Every fault is kept, none is raised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, Final, TypeVar, cast

from safeconduct.core.dates import BirthDate, DateFault, read_birth_date, read_date
from safeconduct.core.languages import ascii_digits, country_code, plain
from safeconduct.core.spreadsheets.faults import RowFault
from safeconduct.core.spreadsheets.limits import CELL
from safeconduct.core.spreadsheets.rows import Cell, Row
from safeconduct.core.spreadsheets.words import YES_NO, Words

T = TypeVar("T")
Code = TypeVar("Code", bound=str)

ID_LENGTH: Final = 40
_LISTED: Final = re.compile(r"[;؛،|\n\r]+")
_INVISIBLE: Final = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_LOST: Final = "\ufffd"  # what stands where a letter could not be read
_NOTHING: Final = frozenset(("", "-", "--", "---", "–", "—", ".", "n/a", "#n/a", "null", "nil", "nan"))
_LONGEST_NOTHING: Final = 4
_MEMORY: Final = 50_000
_AGES: Final = frozenset(plain(word) for word in ("age", "âge", "âge en années", "age in years", "سن", "العمر", "Alter"))
_WHOLE: Final = re.compile(r"[+-]?\d+(?:\.0+)?")


Reader = TypeVar("Reader", bound=Callable[..., Any])


def _remembered(read: Reader) -> Reader:
    """Sheets say the same words over and over: a cell that was read without a fault is read once a column."""

    @wraps(read)
    def reading(self: RowReader, column: str, *args: Any, **options: Any) -> Any:
        cell = self.row.cells.get(self.headers.get(column, ""))
        if cell is None and not self.row.marks and not options.get("required"):
            return None
        key = (read.__name__, column, type(cell), cell)
        if key in self.memory and not self.row.marks:
            return self.memory[key]
        told = len(self.faults) + len(self.warnings)
        value = read(self, column, *args, **options)
        if told == len(self.faults) + len(self.warnings) and len(self.memory) < _MEMORY and not self.row.marks:
            self.memory[key] = value
        return value

    return cast(Reader, reading)


class RowReader:
    """Reads the cells of a row by our columns. What is wrong gathers in `faults`, what is odd in `warnings`."""

    def __init__(self, row: Row, headers: Mapping[str, str], today: date, memory: dict[Any, Any] | None = None) -> None:
        """`memory`, shared by the rows of one table, keeps what a cell of a column was read as."""
        self.row, self.headers, self.today = row, headers, today
        self.memory = {} if memory is None else memory
        self.faults: list[RowFault] = []
        self.warnings: list[RowFault] = []
        for header, mark in row.marks.items():
            if mark == "beyond":
                self.faults.append(RowFault(row.number, "", row.cells.get(header), "rows.beyond_headers", header, row.sheet))

    def raw(self, column: str) -> Cell:
        """The cell as it was read; None where the column is absent, the cell is empty or cannot be trusted."""
        header = self.headers.get(column)
        if header is None:
            return None
        mark = self.row.marks.get(header, "") if self.row.marks else ""
        if mark and mark != "formula":
            code = {"formula_empty": "formula", "error": "formula_error", "too_long": "cell_too_long"}[mark]
            self.fault(column, f"sheets.{code}", limit=CELL)
            return None
        return self.row.cells.get(header)

    def text(self, column: str, *, longest: int = 200, required: bool = False, lines: bool = False) -> str | None:
        """Text without invisible signs and needless blanks, in Unicode's composed form; None where it is empty."""
        cell = self.raw(column)
        if cell is None and not required:
            return None
        text = "" if cell is None else clean_text(written(cell), lines=lines)
        if _LOST in text:
            self.fault(column, "rows.lost_letters")
            return None
        if len(text) <= _LONGEST_NOTHING and text.casefold() in _NOTHING:
            text = ""
        if text and len(text) > longest:
            self.fault(column, "rows.too_long", limit=longest)
            return None
        if not text:
            if required and not self._faulted(column):
                self.fault(column, "rows.missing")
            return None
        return text

    def id(self, column: str, *, required: bool = False) -> str | None:
        """A number of a person, a family, an offer: digits of any script are the same digits, 12.0 is 12."""
        text = self.text(column, longest=ID_LENGTH, required=required)
        return None if text is None else clean_id(text)

    def items(self, column: str) -> list[str]:
        """What a cell lists, parted by semicolons, bars or lines; twice the same counts once."""
        text = self.text(column, longest=CELL, lines=True)
        parts = [] if text is None else [part.strip() for part in _LISTED.split(text)]
        return list(dict.fromkeys(part for part in parts if part))

    @_remembered
    def word(self, column: str, words: Words, *, required: bool = False) -> str | None:
        """One code of a list, from a word in any of its languages."""
        text = self.text(column, longest=CELL, required=required)
        if text is None:
            return None
        code = words.read(text)
        if code is None:
            self.fault(column, "rows.unknown_word", known=", ".join(words.codes))
        return code

    @_remembered
    def flag(self, column: str) -> bool | None:
        """Yes or no."""
        cell = self.raw(column)
        if isinstance(cell, bool):
            return cell
        code = self.word(column, YES_NO)
        return None if code is None else code == "yes"

    def whole(self, column: str, *, least: int = 0, most: int = 2_147_483_647) -> int | None:
        """A whole number, digits of any script, thousands parted or not."""
        text = self.text(column, longest=CELL)
        if text is None:
            return None
        bare = re.sub(r"(?<=\d)[,٬' ](?=\d{3}\b)", "", ascii_digits(text)).replace("−", "-")
        if not _WHOLE.fullmatch(bare) or len(bare) > 25:
            self.fault(column, "rows.not_a_number")
            return None
        number = int(bare.split(".")[0])
        if number < least:
            self.fault(column, "rows.too_small", least=least)
            return None
        if number > most:
            self.fault(column, "rows.too_large", most=most)
            return None
        return number

    @_remembered
    def day(self, column: str, *, future: bool = False) -> date | None:
        """An exact day in any of the three calendars."""
        cell = self.raw(column)
        if cell is None or (isinstance(cell, str) and clean_text(cell).casefold() in _NOTHING):
            return None
        try:
            return read_date(cell, today=self.today, future=future)
        except DateFault as wrong:
            self.date_fault(column, wrong)
            return None

    @_remembered
    def birth(self, column: str, *, longest: int = 60) -> BirthDate | None:
        """A birth date as exactly as it is known; None where nothing is said about it."""
        cell = self.raw(column)
        if cell is None or (isinstance(cell, str) and not clean_text(cell)):
            return None
        if plain(self.headers[column]) in _AGES and plain(written(cell)).isdecimal():
            cell = f"{written(cell)} years"
        try:
            birth = read_birth_date(cell, today=self.today)
        except DateFault as wrong:
            self.date_fault(column, wrong)
            return None
        if len(birth.as_told) > longest:
            self.fault(column, "rows.too_long", limit=longest)
            return None
        if birth.ambiguous:
            self.warn(column, "rows.ambiguous_date")
        return birth

    @_remembered
    def country(self, column: str, *, required: bool = False) -> str | None:
        """The alpha-3 code of one country."""
        text = self.text(column, longest=CELL, required=required)
        if text is None:
            return None
        code = country_code(text)
        if code is None:
            self.fault(column, "rows.unknown_country")
        return code

    @_remembered
    def countries(self, column: str) -> tuple[str, ...] | None:
        """Alpha-3 codes of the countries in a list. "Korea, Republic of" is one; "Iran, Iraq" are two."""
        found: list[str] = []
        for item in self.items(column):
            parts = [item] if country_code(item) else [part for part in re.split(r"[,/+&]", item) if part.strip()]
            for part in parts:
                code = country_code(part)
                if code is None:
                    self.fault(column, "rows.unknown_country")
                elif code not in found:
                    found.append(code)
        return tuple(found) or None

    @_remembered
    def listed(self, column: str, read: Callable[[str], T | None], code: str, **numbers: Any) -> tuple[T, ...] | None:
        """Every item of a list as `read` understands it; one fault where any is not understood."""
        found = [part for item in self.items(column) for part in _parted(item, read)]
        if any(item is None for item in found):
            self.fault(column, code, **numbers)
        return tuple(dict.fromkeys(item for item in found if item is not None)) or None

    def fault(self, column: str, code: str, **numbers: Any) -> None:
        self.faults.append(self._made(column, code, numbers))

    def warn(self, column: str, code: str, **numbers: Any) -> None:
        self.warnings.append(self._made(column, code, numbers))

    def date_fault(self, column: str, wrong: DateFault) -> None:
        self.faults.append(self._made(column, wrong.code, wrong.numbers))

    def _made(self, column: str, code: str, numbers: Mapping[str, Any]) -> RowFault:
        return row_fault(self.row, self.headers, column, code, numbers)

    def _faulted(self, column: str) -> bool:
        return any(fault.column == column for fault in self.faults)


def _parted(item: str, read: Callable[[str], T | None]) -> list[T | None]:
    """An item as it is; else parted by commas, or by blanks as Kobo parts the answers to one question."""
    for sign in (None, r"[,/]", r"\s+"):
        found = [read(part) for part in (re.split(sign, item) if sign else [item]) if part.strip()]
        if found and None not in found:
            return found
    return [None]


def row_fault(row: Row, headers: Mapping[str, str], column: str, code: str, numbers: Mapping[str, Any] | None = None) -> RowFault:
    """A fault of a row in one of our columns, with their header and what the cell holds."""
    header = headers.get(column, "")
    return RowFault(row.number, column, row.cells.get(header), code, header, row.sheet, dict(numbers or {}))


def written(cell: Cell) -> str:
    """A cell as text: 12.0 → "12", a day as ISO."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def clean_text(text: str, *, lines: bool = False) -> str:
    """Composed Unicode, no invisible marks, single blanks; lines are kept where they part a list."""
    if text.isprintable():  # no mark is, no line break is
        return " ".join(unicodedata.normalize("NFC", text).split())
    bare = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    if lines:
        return "\n".join(" ".join(_printable(line).split()) for line in bare.splitlines()).strip()
    return " ".join(_printable(bare).split())


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)


def clean_id(text: str) -> str:
    """An id as it is compared: ASCII digits, single blanks."""
    return ascii_digits(clean_text(text))


def headers_by_column(mapping: Mapping[str, str]) -> dict[str, str]:
    """Our column → their header, from their header → our column."""
    return {column: header for header, column in mapping.items()}
