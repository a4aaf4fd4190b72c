"""xlsx, row by row: values, days, formulas with their last value, merged ranges (ECMA-376 part 1, chapter 18)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from lxml import etree

from safeconduct.core.spreadsheets.child.packed import SAFE, Packed, forget, refuse_entities
from safeconduct.core.spreadsheets.child.wire import Broken, Cell, RawRow, column_letters, unescape, whole
from safeconduct.core.spreadsheets.limits import Limits

_RELATION = re.compile(r"\{http://(?:schemas\.openxmlformats|purl\.oclc)\.org/[^}]*relationships\}id$")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref=["\']([A-Za-z0-9:$]{2,40})["\']')
_DAYS = frozenset((*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)))
_TIMES = frozenset((18, 19, 20, 21, 32, 33, 45, 46, 47))
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_LETTERS = re.compile("[A-Z]{1,3}")


class Xlsx:
    """An xlsx workbook."""

    width = 0

    def __init__(self, packed: Packed, limits: Limits) -> None:
        self.packed, self.limits = packed, limits
        self.about = {"kind": "xlsx"}
        book = packed.tree("xl/workbook.xml")
        targets = self._targets()
        sheets = [
            (str(sheet.get("name", "")), targets[rel])
            for sheet in book.iterfind("{*}sheets/{*}sheet")
            for rel in (next((value for key, value in sheet.attrib.items() if _RELATION.match(key)), ""),)
            if rel in targets
        ]
        if not sheets or any(part not in packed.names for _, part in sheets):
            raise Broken("sheets.damaged")
        self.titles = [title for title, _ in sheets]
        self._parts = [part for _, part in sheets]
        properties = book.find("{*}workbookPr")
        dated_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = datetime(1904, 1, 1) if dated_1904 else datetime(1899, 12, 30)

    def _targets(self) -> dict[str, str]:
        relations = self.packed.tree("xl/_rels/workbook.xml.rels")
        return {
            rel.get("Id", ""): posixpath.normpath(posixpath.join("/xl", rel.get("Target", "")))[1:]
            for rel in relations.iterfind("{*}Relationship")
            if rel.get("Type", "").endswith("/worksheet") and rel.get("TargetMode") != "External"
        }

    def merges(self, sheet: int) -> list[str]:
        """The merged ranges stand behind the rows, and must be known before them."""
        found: list[str] = []
        rest = b""
        with self.packed.open(self._parts[sheet]) as part:
            while block := part.read(1 << 20):
                block = rest + block
                cut = block.rfind(b"<")
                block, rest = block[:cut], block[cut:][-4096:]
                found += [ref.decode() for ref in _MERGE.findall(block)]
                if len(found) > 10_000:
                    break
        return found + [ref.decode() for ref in _MERGE.findall(rest)]

    def rows(self, sheet: int) -> Iterator[RawRow]:
        with self.packed.open(self._parts[sheet]) as part:
            context = etree.iterparse(part, events=("end",), tag="{*}row", **SAFE)
            number, first = 0, True
            try:
                for _, row in context:
                    if first:
                        refuse_entities(row)
                        first = False
                    number = self._number(row.get("r"), number)
                    cells, marks = self._cells(row, number)
                    forget(row)
                    if cells:
                        yield number, cells, marks
            except etree.XMLSyntaxError:
                raise Broken("sheets.damaged") from None
            if first and context.root is not None:
                refuse_entities(context.root)

    @staticmethod
    def _number(written: str | None, before: int) -> int:
        if written is None:
            return before + 1
        if not written.isascii() or not written.isdecimal() or len(written) > 9 or int(written) <= before:
            raise Broken("sheets.damaged")
        return int(written)

    def _cells(self, row: Any, number: int) -> tuple[list[Cell], dict[int, str]]:
        cells: list[Cell] = []
        marks: dict[int, str] = {}
        at = -1
        columns = self._columns
        for cell in row:
            place = cell.get("r")
            known = columns.get(place.rstrip("0123456789")) if place else at + 1
            at = self._column(place) if known is None else known
            value, mark = self._value(cell)
            if value is None and not mark:
                continue
            if at >= self.limits.columns:
                raise Broken("sheets.too_many_columns", cell=f"{column_letters(at)}{number}", limit=self.limits.columns)
            if isinstance(value, str) and len(value) > self.limits.cell:
                value, mark = value[: self.limits.cell], "too_long"
            if at >= len(cells):
                cells.extend([None] * (at + 1 - len(cells)))
            cells[at] = value
            if mark:
                marks[at] = mark
        return cells, marks

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            if not _LETTERS.fullmatch(letters):
                raise Broken("sheets.damaged")
            known = 0
            for letter in letters:
                known = known * 26 + ord(letter) - 64
            known -= 1
            self._columns[letters] = known
        return known

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {}

    def _value(self, cell: Any) -> tuple[Cell, str]:
        kind = cell.get("t")
        if kind == "inlineStr" and len(cell) == 1 and len(cell[0]) == 1 and cell[0][0].tag.endswith("}t"):
            return unescape(cell[0][0].text or "") or None, ""  # by far the most
        text, formula, inline = None, False, None
        for part in cell:
            name = part.tag
            if name.endswith("}v"):
                text = part.text
            elif name.endswith("}f"):
                formula = True
            elif name.endswith("}is"):
                inline = part
        if kind == "inlineStr" and inline is not None:
            return _rich(inline) or None, ""
        if text is None:
            return None, "formula_empty" if formula and kind != "str" else ""
        if kind == "e":
            return text, "error"
        try:
            return self._read(kind, text, cell.get("s")), "formula" if formula else ""
        except (ValueError, IndexError, OverflowError):
            raise Broken("sheets.damaged") from None

    def _read(self, kind: str | None, text: str, style: str | None) -> Cell:
        if kind == "s":
            return self._strings[int(text)] or None
        if kind == "str":
            return unescape(text) or None
        if kind == "b":
            return text in ("1", "true")
        if kind == "d":
            return {"d": text[:10]} if len(text) == 10 or "T00:00:00" in text else text.replace("T", " ")
        number = whole(float(text))
        shown = self._styles[int(style)] if style and int(style) < len(self._styles) else ""
        return self._day(number, shown) if shown else number

    def _day(self, number: float, shown: str) -> Cell:
        """A number that is shown as a day or a time. Before March 1900 Excel counts a day that never was."""
        if not 0 <= number < 2_958_466:
            return number
        if shown == "time" or number < 1:
            seconds = round(number * 86400)
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        early = 1 if number < 60 and self._epoch.year == 1899 else 0
        moment = self._epoch + timedelta(days=int(number) + early, seconds=round(number % 1 * 86400))
        return {"d": moment.date().isoformat()} if number == int(number) else moment.isoformat(" ")

    @cached_property
    def _strings(self) -> list[str]:
        name = next((name for name in self.packed.names if name.lower() == "xl/sharedstrings.xml"), None)
        strings: list[str] = []
        if name is None:
            return strings
        with self.packed.open(name) as part:
            try:
                for _, entry in etree.iterparse(part, events=("end",), tag="{*}si", **SAFE):
                    if not strings:
                        refuse_entities(entry)
                    strings.append(_rich(entry))
                    forget(entry)
            except etree.XMLSyntaxError:
                raise Broken("sheets.damaged") from None
        return strings

    @cached_property
    def _styles(self) -> list[str]:
        """For each cell format "day", "time" or "" (neither)."""
        if "xl/styles.xml" not in self.packed.names:
            return []
        styles = self.packed.tree("xl/styles.xml")
        custom = {found.get("numFmtId"): _shows(found.get("formatCode", "")) for found in styles.iterfind("{*}numFmts/{*}numFmt")}
        formats = [found.get("numFmtId", "0") for found in styles.iterfind("{*}cellXfs/{*}xf")]
        return [custom[code] if code in custom else _builtin(code) for code in formats]


def _builtin(code: str) -> str:
    number = int(code) if code.isdecimal() and len(code) < 9 else 0
    return "day" if number in _DAYS else "time" if number in _TIMES else ""


def _shows(code: str) -> str:
    bare = _NOT_FORMAT.sub("", code.split(";")[0]).lower()
    if "d" in bare or "y" in bare or bare.strip(" -/.") in ("m", "mm", "mmm", "mmmm"):
        return "day"
    return "time" if ("h" in bare or "s" in bare) and "general" not in bare else ""


def _rich(entry: Any) -> str:
    """The text of a string, whole or in runs; readings of characters (rPh) are none of it."""
    parts = [part.text or "" for part in entry.iter("{*}t") if not part.getparent().tag.endswith("}rPh")]
    return unescape("".join(parts))
