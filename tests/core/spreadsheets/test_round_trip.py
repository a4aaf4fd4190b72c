"""What is written is read back: every cell, in every format, and nothing of it can run."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.core.spreadsheets.api import Limits, Sheet, SheetFault, read_table, write_csv, write_ods, write_xlsx
from tests.core.spreadsheets.corpus import known

texts = st.text(max_size=40) | st.sampled_from(
    [
        "=1+1",
        "+964 770",
        "-5",
        "@x",
        "'",
        "''",
        "'=x",
        "\t=x",
        "\r",
        " a  b ",
        "_x000A_",
        "007",
        "1e5",
        "TRUE",
        "a\r\nb",
        "۱۲",
        "＝x",
    ]
)
cells = (
    st.none()
    | texts.filter(lambda text: "\0" not in text)
    | st.integers(-(10**14), 10**14)
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: float(f"{x:.16G}") == x)
    | st.dates(date(1900, 3, 1))
    | st.booleans()
)
tables = st.lists(st.tuples(cells, cells, cells), max_size=8)


def shown(cell: object, text: bool) -> object:
    """What a cell is after a round trip: in text all is text; an empty text is an empty cell; 12.0 is 12."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return ("no", "yes")[cell] if text else cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 and not text:
        return int(cell)
    return (repr(cell) if isinstance(cell, int | float) else str(cell)) if text else cell


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tables)
def test_a_round_trip_loses_nothing(tmp_path: Path, ending: str, rows: list[tuple[object, ...]]) -> None:
    path = tmp_path / f"x.{ending}"
    sheet = Sheet("People", ["id", "given_name", "more"], [(number, *row) for number, row in enumerate(rows)])
    sheet = Sheet("People", ["id", "given_name", "more", "most"], sheet.rows)
    receipt = {
        "xlsx": lambda: write_xlsx(path, [sheet]),
        "ods": lambda: write_ods(path, [sheet]),
        "csv": lambda: write_csv(path, sheet),
    }[ending]()
    found = list(read_table(path, recognised=known).rows)
    assert receipt.rows == len(rows) == len(found)
    for number, (row, back) in enumerate(zip(rows, found, strict=True)):
        want = [shown(cell, ending == "csv") for cell in (number, *row)]
        assert [back.cells.get(header) for header in sheet.headers] == want
        assert [type(back.cells.get(header)) for header in sheet.headers] == [type(cell) for cell in want]


EVIL = [
    '=HYPERLINK("http://x")',
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "http://x.example",
]


def test_no_workbook_holds_a_formula_or_a_link(tmp_path: Path) -> None:
    sheet = Sheet("=1+1", ["=1", "given_name"], [[text, text] for text in EVIL])
    write_xlsx(tmp_path / "x.xlsx", [sheet])
    write_ods(tmp_path / "x.ods", [sheet])
    with zipfile.ZipFile(tmp_path / "x.xlsx") as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page and "hyperlink" not in page.lower().replace("=hyperlink", "")
    with zipfile.ZipFile(tmp_path / "x.ods") as packed:
        page = packed.read("content.xml").decode()
        assert "table:formula" not in page and "text:a" not in page
    values = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows(min_row=2)]
    kinds = {cell.data_type for row in openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows() for cell in row}
    assert kinds == {"s"} and len(values) == len(EVIL)


def test_no_field_of_a_csv_begins_like_a_formula(tmp_path: Path) -> None:
    write_csv(tmp_path / "x.csv", Sheet("", ["=1", "given_name"], [[text, text] for text in EVIL]))
    with open(tmp_path / "x.csv", encoding="utf-8-sig", newline="") as file:
        fields = [field for record in csv.reader(file) for field in record]
    assert not [field for field in fields if re.match(r"[=+\-@\t\r]", field)]
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_a_table_longer_than_a_sheet_continues_and_is_read_as_one(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "long"
    rows = [[number, "Sara"] for number in range(25)]
    receipt = write(path, [Sheet("People", ["id", "given_name"], rows), Sheet("Other", ["x"], [])], sheet_rows=11)
    table = read_table(path, recognised=known)
    assert table.sheets == ("People", "People 2", "People 3") and table.other_sheets == ("Other",)
    assert [row.cells["id"] for row in table.rows] == list(range(25))
    assert receipt.rows == 25 and receipt.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_a_cell_that_no_spreadsheet_holds_is_refused_not_cut(tmp_path: Path, ending: str) -> None:
    sheet = Sheet("People", ["id", "given_name"], [["1", "x" * 32_767], ["2", "x" * 32_768]])
    with pytest.raises(SheetFault) as caught:
        write_csv(tmp_path / "x", sheet) if ending == "csv" else {"xlsx": write_xlsx, "ods": write_ods}[ending](
            tmp_path / "x", [sheet]
        )
    assert (caught.value.code, caught.value.row) == ("sheets.cell_too_long", 3)
    assert list(tmp_path.iterdir()) == []  # nothing half-written


def test_two_hundred_thousand_rows_pass_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    write_xlsx(path, [Sheet("People", ["id", "given_name", "birth_date"], ([n, f"name {n}", "1340"] for n in range(200_000)))])
    total = count = 0
    for row in read_table(path, recognised=known, limits=Limits(memory_bytes=120_000_000)).rows:
        count += 1
        total += row.cells["id"]  # type: ignore[operator]
    assert (count, total) == (200_000, sum(range(200_000)))


def test_a_workbook_for_a_browser_is_made_in_memory_and_is_the_same_table(tmp_path: Path) -> None:
    stream = io.BytesIO()
    receipt = write_xlsx(stream, [Sheet("People", ["id", "given_name"], [[1, "=1+1"], [2, "Sara"]])])
    (tmp_path / "x.xlsx").write_bytes(stream.getvalue())
    rows = read_table(tmp_path / "x.xlsx", recognised=known).rows
    assert [dict(row.cells) for row in rows] == [{"id": 1, "given_name": "=1+1"}, {"id": 2, "given_name": "Sara"}]
    assert receipt.sha256 == hashlib.sha256(stream.getvalue()).hexdigest()


@pytest.mark.parametrize(
    "write", [write_csv, lambda path, sheet: write_ods(path, [sheet]), lambda path, sheet: write_xlsx(path, [sheet])]
)
def test_a_place_that_takes_no_file_is_an_error_of_the_system_whatever_the_format(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(OSError, match="No such file"):
        write(tmp_path / "gone" / "x.xlsx", Sheet("People", ["id"], [["N-1"]]))


def test_a_full_disk_is_an_error_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.Workbook._store_workbook", full)
    with pytest.raises(OSError, match="No space left"):
        write_xlsx(tmp_path / "x.xlsx", [Sheet("People", ["id"], [["N-1"]])])
    assert not list(tmp_path.iterdir())
