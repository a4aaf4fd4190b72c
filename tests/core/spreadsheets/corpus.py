"""Files as colleagues and attackers send them, made by hand so that no library of ours stands between."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def known(headers: list[str]) -> int:
    """A stand-in for a room's columns."""
    return sum(header in ("id", "given_name", "birth_date") for header in headers)


def xlsx(path: Path, *sheets: str, titles: tuple[str, ...] = (), styles: str = "", strings: str = "") -> Path:
    """A workbook whose sheets are given as raw XML, or only as rows inside sheetData."""
    titles = titles or tuple(f"Sheet{number}" for number in range(1, len(sheets) + 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        listed = "".join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="r{n}"/>' for n, title in enumerate(titles, 1))
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>')
        related = "".join(
            f'<Relationship Id="r{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)
        )
        packed.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>')
        if styles:
            packed.writestr("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>')
        if strings:
            packed.writestr("xl/sharedStrings.xml", strings)
        for number, rows in enumerate(sheets, 1):
            raw = rows if rows.startswith("<?xml") else f'<worksheet xmlns="{MAIN}">{rows}</worksheet>'
            packed.writestr(f"xl/worksheets/sheet{number}.xml", raw)
    return path


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def row(number: int, *cells: str) -> str:
    """Cells of text, or raw where they are elements already."""
    made = "".join(
        cell if cell.startswith("<c") else f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        for cell in cells
    )
    return f'<row r="{number}">{made}</row>'


HEADER = row(1, "id", "given_name")
