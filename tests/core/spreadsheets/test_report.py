"""Faulty rows come back with the fault and the mend, and the mended file is read as if nothing had been added."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from safeconduct.core.spreadsheets.api import Column, Row, RowFault, read_table, recognise, write_report
from tests.core.spreadsheets.corpus import known

COLUMNS = [Column("id"), Column("given_name"), Column("birth_date")]
HEADERS = ["id", "given_name", "birth_date", "Their own column"]
ROWS = [
    Row(2, {"id": 1, "given_name": "=1+1", "birth_date": date(1990, 5, 17)}, {}, "S"),
    Row(3, {"id": 2, "given_name": "Sara"}, {}, "S"),
    Row(4, {"id": "'3", "Their own column": "x"}, {}, "S"),
]
FAULTS = [
    RowFault(2, "birth_date", None, "rows.missing", "Born", "S"),
    RowFault(2, "id", 1, "dates.no_such_month", "Number", "S", {"month": 13}),
    RowFault(4, "given_name", None, "rows.missing", "given_name", "S"),
]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "ods"])
def test_the_report_holds_the_faulty_rows_as_they_were(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report.{ending}"
    assert write_report(path, HEADERS, ROWS, FAULTS).rows == 2
    sheet = read_table(path, recognised=known)
    assert sheet.headers == [*HEADERS, "Fault", "How to mend it"]
    first, second = sheet.rows
    assert str(first.cells["birth_date"]) == "1990-05-17" and first.cells["given_name"] == "=1+1"
    assert second.cells["id"] == "'3" and second.cells["Their own column"] == "x"
    told = str(first.cells["Fault"])
    assert told.splitlines()[0].startswith("Born: ") and "Number: A year has 12 months; the date says month 13." in told
    assert "Fill it in." in str(first.cells["How to mend it"])


def test_the_added_columns_are_not_read_back_and_do_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_report(path, HEADERS, ROWS, FAULTS)
    sheet = read_table(path, recognised=known)
    found = recognise(sheet.headers, COLUMNS)
    assert found.unmapped == ["Their own column"] and "Fault" not in found.mapping
    rows = list(sheet.rows)
    again = [RowFault(row.number, "id", 1, "rows.missing", "id", row.sheet) for row in rows]
    write_report(tmp_path / "again.xlsx", sheet.headers, rows, again)
    assert read_table(tmp_path / "again.xlsx", recognised=known).headers == sheet.headers


def test_a_row_travels_as_json() -> None:
    assert [Row.from_json(row.to_json()) for row in ROWS] == ROWS
