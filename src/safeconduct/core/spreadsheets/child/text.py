"""csv and its kin: which encoding, which separator, and rows with line breaks inside quotation marks."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from safeconduct.core.spreadsheets.child.wire import Broken, Cell, RawRow, column_letters
from safeconduct.core.spreadsheets.limits import Limits

_BLOCK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ",;\t|"
_BROKEN = re.compile("[\udc80-\udcff]")
# What a spreadsheet program would take for a formula; the full-width forms count as the narrow ones there.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Text:
    """A table in plain text."""

    titles = [""]
    width = 0

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.encoding = find_encoding(file)
        self.separator, self._named = self._find_separator()
        csv.field_size_limit(limits.cell * 16)
        self.about = {"kind": "text", "encoding": self.encoding, "separator": self.separator}

    def merges(self, sheet: int) -> list[str]:
        return []

    def rows(self, sheet: int) -> Iterator[RawRow]:
        number = 0
        reader = csv.reader(self._lines(), delimiter=self.separator, strict=True)
        try:
            for number, record in enumerate(reader, 1):
                if number == 1 and self._named:
                    continue
                self.width = len(record)
                cells: list[Cell] = [kept(field) for field in record]
                while cells and cells[-1] is None:
                    cells.pop()
                if len(cells) > self.limits.columns:
                    place = f"{column_letters(self.limits.columns)}{number}"
                    raise Broken("sheets.too_many_columns", cell=place, limit=self.limits.columns)
                marks = {}
                for place_, cell in enumerate(cells):
                    if isinstance(cell, str) and len(cell) > self.limits.cell:
                        cells[place_], marks[place_] = cell[: self.limits.cell], "too_long"
                if cells:
                    yield number, cells, marks
        except csv.Error:
            raise Broken("sheets.quotes", row=number + 1) from None

    def _lines(self) -> Iterator[str]:
        self.file.seek(0)
        text = io.TextIOWrapper(self.file, self.encoding, "replace", newline="")
        try:
            for line in text:
                if "\0" in line:
                    raise Broken("sheets.nul")
                yield line
        finally:
            text.detach()

    def _find_separator(self) -> tuple[str, bool]:
        """The separator by which most of the first rows have equally many fields; the file may name it ("sep=;")."""
        self.file.seek(0)
        sample = codecs.getincrementaldecoder(self.encoding)("replace").decode(self.file.read(256 * 1024))
        first = sample.split("\n", 1)[0].strip().lower()
        if first.startswith("sep=") and len(first) == 5:
            return first[4], True
        return max(_SEPARATORS, key=lambda sign: _agreement(sample, sign)), False


def _agreement(sample: str, separator: str) -> tuple[int, int]:
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if record:
                widths.append(len(record))
            if len(widths) == 50:
                break
    except csv.Error:
        pass
    wide = Counter(width for width in widths if width > 1)
    width, times = max(wide.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
    return times, width


def kept(field: str) -> str | None:
    """Undo what our writer does to text that would turn into a formula: "'=1" → "=1", "''x" → "'x"."""
    if field.startswith("'") and field[1:].startswith(("'", *LIVE)):
        return field[1:]
    return field or None


def find_encoding(file: BinaryIO) -> str:
    """By the mark of byte order; else UTF-8 where all of it is; else the code page whose letters make words."""
    file.seek(0)
    start = file.read(4096)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    if b"\0" in start:
        halves = start[0::2].count(0), start[1::2].count(0)
        if max(halves) > max(3, len(start) // 25, min(halves) * 8):
            return "utf-16-be" if halves[0] > halves[1] else "utf-16-le"
        raise Broken("sheets.nul")
    return "utf-8" if _is_utf8(file) else _code_page(file)


def _is_utf8(file: BinaryIO) -> bool:
    """All of it; or more letters are whole than broken, and a broken one is then a fault of its row."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    whole = broken = 0
    while block := file.read(_BLOCK):
        text = decoder.decode(block)
        high = len(text) - len(text.encode("ascii", "ignore"))
        lost = len(_BROKEN.findall(text)) if high else 0
        whole, broken = whole + high - lost, broken + lost
    return broken == 0 or whole > broken


def _code_page(file: BinaryIO) -> str:
    """Arabic letters stand side by side; the accents of European languages stand alone between ASCII letters."""
    file.seek(0)
    beside = alone = 0
    for word in file.read(_BLOCK).replace(b"\n", b" ").replace(b",", b" ").replace(b";", b" ").split():
        high = [byte >= 0x80 for byte in word]
        pairs = sum(a and b for a, b in itertools.pairwise(high))
        beside += pairs
        alone += sum(high) - 2 * pairs if sum(high) > 2 * pairs else 0
    return "windows-1256" if beside > alone else "windows-1252"
