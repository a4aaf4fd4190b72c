"""Which rows of a table are kept, once every row has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from safeconduct.core.spreadsheets.cells import row_fault
from safeconduct.core.spreadsheets.faults import RowFault
from safeconduct.core.spreadsheets.rows import Parsed, Row

T = TypeVar("T")


def settle(parsed: Parsed[T], taken: Iterable[tuple[T, Row]], faults: Iterable[RowFault]) -> None:
    """Leave out whole every row that has a fault, and keep the others."""
    parsed.faults.extend(faults)
    bad = {(fault.sheet, fault.row) for fault in parsed.faults}
    seen = {(row.sheet, row.number) for row in parsed.faulty}
    for clean, row in taken:
        place = (row.sheet, row.number)
        if place not in bad:
            parsed.rows.append(clean)
            parsed.sources.append(row)
        elif place not in seen:
            seen.add(place)
            parsed.faulty.append(row)
    parsed.faulty.sort(key=lambda row: row.number)
    parsed.faults.sort(key=lambda fault: fault.row)


def note_formulas(parsed: Parsed[T], row: Row, headers: Mapping[str, str]) -> None:
    """One warning a column whose values come from formulas, at its first row."""
    for column, header in headers.items():
        if row.marks.get(header) == "formula" and not any(
            warned.column == column and warned.code == "rows.formula_used" for warned in parsed.warnings
        ):
            parsed.warnings.append(row_fault(row, headers, column, "rows.formula_used"))
