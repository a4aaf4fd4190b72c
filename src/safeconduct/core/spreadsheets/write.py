"""Write tables that round-trip without loss, are never cut, and hold no live formula."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Protocol

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from safeconduct.core.spreadsheets.child.text import LIVE
from safeconduct.core.spreadsheets.faults import SheetFault
from safeconduct.core.spreadsheets.limits import CELL, SHEET_ROWS
from safeconduct.core.spreadsheets.read import continued_title
from safeconduct.core.spreadsheets.rows import Cell

# Excel's calendar has a day that never was in February 1900.
_FIRST_DAY = date(1900, 3, 1)
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Stream(Protocol):
    """Where bytes can be written: a file, memory, an answer to a browser."""

    def write(self, content: bytes, /) -> Any: ...


@dataclass(frozen=True)
class Sheet:
    """A table to write: a title, headers, and rows with a cell a header, in their order."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Receipt:
    """How many rows were written, headers apart, and the SHA-256 of the file."""

    rows: int
    sha256: str


def write_xlsx(
    target: Path | Stream, sheets: Sequence[Sheet], *, right_to_left: bool = False, sheet_rows: int = SHEET_ROWS
) -> Receipt:
    """An xlsx workbook. A table longer than a sheet continues in the next one under the same headers.

    Numbers, days and truth keep their kind; text is never a formula, link or number. To a path it is streamed and takes
    little memory, with its scraps in the same folder; to a stream it is made in memory and leaves nothing on the disk.
    SheetFault for a cell of more than 32,767 characters; nothing is left half-written.
    """
    if not isinstance(target, Path):
        made = io.BytesIO()
        count = _write_book(made, {"in_memory": True}, sheets, right_to_left, sheet_rows)
        target.write(made.getvalue())
        return Receipt(count, hashlib.sha256(made.getvalue()).hexdigest())
    with whole_or_nothing(target) as path, TemporaryDirectory(prefix=".", dir=path.parent) as scraps:
        options = {"constant_memory": True, "tmpdir": scraps}
        count = _write_book(str(path), options, sheets, right_to_left, sheet_rows)
    return Receipt(count, digest(target))


def _write_book(file: Any, options: dict[str, Any], sheets: Sequence[Sheet], right_to_left: bool, sheet_rows: int) -> int:
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options | safe)
    book.use_zip64()
    try:
        pages = _Pages(book, right_to_left, sheet_rows)
        count = sum(pages.fill(sheet) for sheet in sheets)
    except BaseException:
        with suppress(FileCreateError, OSError):
            book.close()
        raise
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*error.args[0].args) from None
    return count


@contextmanager
def whole_or_nothing(target: Path | IO[bytes]) -> Iterator[Path | IO[bytes]]:
    """A path beside the target to write to; it becomes the target when all went well, and is gone otherwise.

    A stream, which is in memory, is its own place.
    """
    if not isinstance(target, Path):
        yield target
        return
    path = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield path
        os.replace(path, target)
    finally:
        path.unlink(missing_ok=True)


class _Pages:
    """The sheets of a workbook as they are filled."""

    def __init__(self, book: Any, right_to_left: bool, sheet_rows: int) -> None:
        self.book, self.right_to_left, self.sheet_rows = book, right_to_left, sheet_rows
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.bold = book.add_format({"bold": True})
        self.titles: set[str] = set()

    def fill(self, sheet: Sheet) -> int:
        base = unique_title(sheet.title, self.titles)
        page = self._page(base, 1, sheet.headers)
        part, line, count = 1, 1, 0
        for count, cells in enumerate(sheet.rows, 1):
            if line == self.sheet_rows:
                part, line = part + 1, 1
                page = self._page(base, part, sheet.headers)
            for column, cell in enumerate(cells):
                self._put(page, line, column, storable(cell, sheet.title, count + 1))
            line += 1
        return count

    def _page(self, base: str, part: int, headers: Sequence[str]) -> Any:
        title = base if part == 1 else continued_title(base, part)
        self.titles.add(title.lower())
        page = self.book.add_worksheet(title)
        if self.right_to_left:
            page.right_to_left()
        page.freeze_panes(1, 0)
        for column, header in enumerate(headers):
            page.write_string(0, column, str(header), self.bold)
        return page

    def _put(self, page: Any, line: int, column: int, value: Cell) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            page.write_boolean(line, column, value)
        elif isinstance(value, int | float):
            page.write_number(line, column, value)
        elif isinstance(value, date):
            page.write_datetime(line, column, datetime(value.year, value.month, value.day), self.day)
        else:
            page.write_string(line, column, value)


def unique_title(title: str, taken: set[str]) -> str:
    """A title that a workbook takes: at most 31 characters, none of []:*?/\\, no second of the same name."""
    base = str(title).translate(_FORBIDDEN).strip().strip("'")[:31] or "Sheet1"
    base = "Sheet1" if base.lower() == "history" else base
    name, count = base, 1
    while name.lower() in taken:
        count += 1
        name = f"{base[:27]} ({count})"
    return name


def storable(cell: Cell, sheet: str, row: int) -> Cell:
    """The cell as a workbook can hold it without loss: what a number or a day cannot carry is written as text."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int):
        return cell if abs(cell) < 10**15 else str(cell)
    if isinstance(cell, float):
        return cell if math.isfinite(cell) and float(f"{cell:.16G}") == cell else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date):
        return cell if cell >= _FIRST_DAY else cell.isoformat()
    text = str(cell)
    if len(text) > CELL:
        raise SheetFault("sheets.cell_too_long", sheet=sheet, row=row, limit=CELL)
    return text


def write_csv(target: Path | IO[bytes], sheet: Sheet) -> Receipt:
    """A csv file: UTF-8 with its mark, commas, CRLF (RFC 4180). One table, of any length.

    Text that a spreadsheet program would run as a formula gets an apostrophe before it, and a genuine apostrophe at
    the beginning a second one (OWASP, CSV Injection); read_table() takes both away again.
    """
    count = 0
    with whole_or_nothing(target) as place, _text(place) as file:
        out = csv.writer(file)
        out.writerow([harmless(str(header)) for header in sheet.headers])
        for count, cells in enumerate(sheet.rows, 1):
            out.writerow([_as_text(cell, sheet.title, count + 1) for cell in cells])
    return Receipt(count, digest(target))


@contextmanager
def _text(place: Path | IO[bytes]) -> Iterator[IO[str]]:
    if isinstance(place, Path):
        with open(place, "w", encoding="utf-8-sig", newline="") as file:
            yield file
        return
    text = io.TextIOWrapper(place, "utf-8-sig", newline="")
    yield text
    text.flush()
    text.detach()


def _as_text(cell: Cell, sheet: str, row: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if "\0" in cell:
        raise SheetFault("sheets.nul", sheet=sheet, row=row)
    return harmless(str(storable(cell, sheet, row) or ""))


def harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula."""
    return "'" + text if text.startswith(("'", *LIVE)) else text


def digest(target: Path | IO[bytes]) -> str:
    """The SHA-256 of a file, or of all that stands in a stream."""
    if not isinstance(target, Path):
        target.seek(0)
        return hashlib.sha256(target.read()).hexdigest()
    with open(target, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
