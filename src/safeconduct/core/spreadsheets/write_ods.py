"""ods by hand: three small parts of XML (OpenDocument 1.3), streamed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from safeconduct.core.spreadsheets.limits import SHEET_ROWS
from safeconduct.core.spreadsheets.read import continued_title
from safeconduct.core.spreadsheets.rows import Cell
from safeconduct.core.spreadsheets.write import Receipt, Sheet, digest, storable, unique_title, whole_or_nothing

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NS = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{_NS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{_NS}:office:1.0" xmlns:table="{_NS}:table:1.0" '
    f'xmlns:text="{_NS}:text:1.0" xmlns:number="{_NS}:datastyle:1.0" xmlns:style="{_NS}:style:1.0" '
    'office:version="1.3"><office:automatic-styles>'
    '<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    "</number:date-style>"
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="rtl" style:family="table"><style:table-properties style:writing-mode="rl-tb"/>'
    "</style:style>"
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_CLOSE = "</office:spreadsheet></office:body></office:document-content>"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_BLANKS = re.compile("  +|^ | $|\t|\n", re.MULTILINE)


def write_ods(
    target: Path | IO[bytes], sheets: Sequence[Sheet], *, right_to_left: bool = False, sheet_rows: int = SHEET_ROWS
) -> Receipt:
    """An ods workbook, streamed; long tables continue as in xlsx. Text is text, never a formula."""
    count = 0
    titles: set[str] = set()
    with whole_or_nothing(target) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), _KIND)
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
        with packed.open("content.xml", "w", force_zip64=True) as part:

            def put(text: str) -> None:
                part.write(text.encode())

            put(_OPEN)
            for sheet in sheets:
                count += _fill(put, sheet, titles, right_to_left, sheet_rows)
            put(_CLOSE)
    return Receipt(count, digest(target))


def _fill(put: Callable[[str], None], sheet: Sheet, titles: set[str], right_to_left: bool, sheet_rows: int) -> int:
    base = unique_title(sheet.title, titles)
    header = _row([str(header) for header in sheet.headers], sheet.title, 1)
    style = ' table:style-name="rtl"' if right_to_left else ""

    def begin(part: int) -> None:
        title = base if part == 1 else continued_title(base, part)
        titles.add(title.lower())
        put(f"<table:table table:name={quoteattr(_fit(title))}{style}><table:table-column/>{header}")

    begin(1)
    part, line, count = 1, 1, 0
    for count, cells in enumerate(sheet.rows, 1):
        if line == sheet_rows:
            put("</table:table>")
            part, line = part + 1, 1
            begin(part)
        put(_row(cells, sheet.title, count + 1))
        line += 1
    put("</table:table>")
    return count


def _row(cells: Sequence[Cell], sheet: str, number: int) -> str:
    return f"<table:table-row>{''.join(_cell(storable(cell, sheet, number)) for cell in cells)}</table:table-row>"


def _cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind, said = f'"boolean" office:boolean-value="{str(value).lower()}"', str(value).upper()
    elif isinstance(value, int | float):
        kind, said = f'"float" office:value="{value!r}"', str(value)
    elif isinstance(value, date):
        kind, said = f'"date" table:style-name="day" office:date-value="{value.isoformat()}"', value.isoformat()
    else:
        kind, said = '"string"', _text(value)
    return f"<table:table-cell office:value-type={kind}><text:p>{said}</text:p></table:table-cell>"


def _fit(text: str) -> str:
    return _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _text(text: str) -> str:
    return _BLANKS.sub(_blank, escape(_fit(text)))


def _blank(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return "<text:tab/>"
    return "</text:p><text:p>" if found[0] == "\n" else f'<text:s text:c="{len(found[0])}"/>'
