"""ods, row by row (OpenDocument 1.3 part 3, chapter 9). Repeated rows and cells are counted, not believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape as unescape_xml
from typing import Any

from lxml import etree

from safeconduct.core.spreadsheets.child.packed import SAFE, Packed, forget, refuse_entities
from safeconduct.core.spreadsheets.child.wire import Broken, Cell, RawRow, column_letters, unescape, whole
from safeconduct.core.spreadsheets.limits import Limits

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_OPENING = re.compile(rb'<table:table\s(?:[^>]*?\s)?table:name="([^"]*)"')
_SPAN = re.compile(rb'table:number-(?:columns|rows)-spanned="0*(?:[2-9]|[1-9]\d)')
_NUMBERS = frozenset(("float", "percentage", "currency"))


class Ods:
    """An ods workbook."""

    width = 0

    def __init__(self, packed: Packed, limits: Limits) -> None:
        self.packed, self.limits = packed, limits
        self.about = {"kind": "ods"}
        if (
            "META-INF/manifest.xml" in packed.names
            and packed.tree("META-INF/manifest.xml").find(".//{*}encryption-data") is not None
        ):
            raise Broken("sheets.password")
        self.titles: list[str] = []
        self._spans = False
        self._look_through()
        if not self.titles:
            raise Broken("sheets.damaged")

    def _look_through(self) -> None:
        """Titles of the sheets, and whether anything is merged at all, without parsing."""
        rest = b""
        with self.packed.open("content.xml") as part:
            while block := part.read(1 << 20):
                block = rest + block
                cut = block.rfind(b"<")
                block, rest = block[:cut], block[cut:][-8192:]
                self.titles += [unescape_xml(title.decode("utf-8", "replace")) for title in _OPENING.findall(block)]
                self._spans = self._spans or _SPAN.search(block) is not None
        if len(self.titles) > 1000:
            raise Broken("sheets.damaged")

    def merges(self, sheet: int) -> list[str]:
        if not self._spans:
            return []
        found: list[str] = []
        for number, row, _ in self._rows(sheet):
            at = 0
            for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                wide, high = (_count(cell, f"number-{way}-spanned") for way in ("columns", "rows"))
                if (wide > 1 or high > 1) and len(found) < 10_000:
                    last = f"{column_letters(min(at + wide - 1, 16_383))}{number + high - 1}"
                    found.append(f"{column_letters(at)}{number}:{last}")
                at = min(at + _count(cell, "number-columns-repeated"), 16_383)
        return found

    def rows(self, sheet: int) -> Iterator[RawRow]:
        given = 0
        for number, row, times in self._rows(sheet):
            cells, marks = self._cells(row, number)
            if not cells:
                continue
            given += times
            if given > self.limits.rows + 1:
                raise Broken("sheets.too_many_rows", limit=self.limits.rows)
            for repeat in range(times):
                yield number + repeat, cells, marks

    def _rows(self, sheet: int) -> Iterator[tuple[int, Any, int]]:
        """Number, element and repeats of each row of a sheet, empty ones too; each is forgotten after its turn."""
        table, number, depth = -1, 0, 0
        tags = (f"{_TABLE}table", f"{_TABLE}table-row")
        with self.packed.open("content.xml") as part:
            try:
                for event, element in etree.iterparse(part, events=("start", "end"), tag=tags, **SAFE):
                    if element.tag == tags[0]:
                        depth += 1 if event == "start" else -1
                        if event == "start":
                            refuse_entities(element)
                            table, number = table + 1, 0
                        elif table == sheet:
                            return
                        continue
                    if event == "start" or depth != 1:
                        continue
                    times = _count(element, "number-rows-repeated")
                    if table == sheet:
                        yield number + 1, element, times
                    number += times
                    forget(element)
            except etree.XMLSyntaxError:
                raise Broken("sheets.damaged") from None

    def _cells(self, row: Any, number: int) -> tuple[list[Cell], dict[int, str]]:
        cells: list[Cell] = []
        marks: dict[int, str] = {}
        at = 0
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            times = _count(cell, "number-columns-repeated")
            value, mark = self._value(cell)
            if isinstance(value, str) and len(value) > self.limits.cell:
                value, mark = value[: self.limits.cell], "too_long"
            if value is not None or mark:
                if at + times > self.limits.columns:
                    place = f"{column_letters(max(at, self.limits.columns))}{number}"
                    raise Broken("sheets.too_many_columns", cell=place, limit=self.limits.columns)
                cells.extend([None] * (at - len(cells)) + [value] * times)
                marks |= {place: mark for place in range(at, at + times) if mark}
            at += times
        return cells, marks

    def _value(self, cell: Any) -> tuple[Cell, str]:
        kind = cell.get(f"{_OFFICE}value-type")
        mark = "formula" if cell.get(f"{_TABLE}formula") else ""
        try:
            value = self._read(cell, kind)
        except ValueError:
            raise Broken("sheets.damaged") from None
        if mark and value is None and kind != "string":
            mark = "formula_empty"
        elif mark and (cell.get(_ERROR) == "error" or (isinstance(value, str) and re.fullmatch(r"#[A-Z/0]+[!?]?|Err:\d+", value))):
            mark = "error"
        return value, mark

    @staticmethod
    def _read(cell: Any, kind: str | None) -> Cell:
        if kind in _NUMBERS:
            return whole(float(cell.get(f"{_OFFICE}value", "")))
        if kind == "boolean":
            return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
        if kind == "date":
            written = str(cell.get(f"{_OFFICE}date-value", ""))
            return {"d": written[:10]} if len(written) == 10 or "T00:00:00" in written else written.replace("T", " ")
        said = cell.get(f"{_OFFICE}string-value") if kind == "string" else None
        if said is None:
            said = "\n".join(_said(part) for part in cell.iterchildren(f"{_TEXT}p"))
        return unescape(said) or None


def _count(element: Any, name: str) -> int:
    written = element.get(_TABLE + name, "1")
    if not written.isascii() or not written.isdecimal() or len(written) > 8:
        raise Broken("sheets.damaged")
    return max(int(written), 1)


def _said(paragraph: Any) -> str:
    """A paragraph's text; blanks, tabs and breaks are elements of their own."""
    parts = [paragraph.text or ""]
    for part in paragraph:
        if part.tag == f"{_TEXT}s":
            times = str(part.get(f"{_TEXT}c", "1"))
            parts.append(" " * min(int(times) if times.isdecimal() and len(times) < 6 else 1, 40_000))
        elif part.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif part.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif part.tag != f"{_OFFICE}annotation":
            parts.append(_said(part))
        parts.append(part.tail or "")
    return "".join(parts)
