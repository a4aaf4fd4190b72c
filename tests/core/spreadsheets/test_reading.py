"""The table that a colleague meant is found, and its cells arrive as what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from safeconduct.core.spreadsheets.faults import SheetFault
from safeconduct.core.spreadsheets.read import read_table
from safeconduct.core.spreadsheets.rows import Row
from tests.core.spreadsheets.corpus import HEADER, data, known, row, xlsx


def cells(path: Path, **options: str) -> list[dict[str, object]]:
    return [dict(found.cells) for found in read_table(path, recognised=known, **options).rows]


def book(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        page = made.create_sheet(title)
        for cells_ in rows:
            page.append(cells_)
    made.save(path)
    return path


def test_the_header_is_found_below_a_title_and_numbers_are_those_on_screen(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("People", [["Camp register"], [], ["id", "given_name"], [1, "Sara"], [], [2, "Ali"]]))
    table = read_table(path, recognised=known)
    assert table.headers == ["id", "given_name"] and table.header_row == 3
    assert list(table.rows) == [
        Row(4, {"id": 1, "given_name": "Sara"}, {}, "People"),
        Row(6, {"id": 2, "given_name": "Ali"}, {}, "People"),
    ]


def test_the_sheet_with_known_headers_is_taken_and_named(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("Notes", [["hello", "x"]]), ("List", [["id", "given_name"], [1, "Sara"]]))
    table = read_table(path, recognised=known)
    assert (table.sheet, table.other_sheets) == ("List", ("Notes",))


def test_where_no_sheet_is_known_the_fault_names_them(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("Notes", [["hello"]]), ("More", [["x"]]))
    with pytest.raises(SheetFault, match="no_known_columns") as caught:
        read_table(path, recognised=known)
    assert "Notes; More" in caught.value.says
    assert read_table(path, recognised=known, sheet="More").headers == ["x"]
    with pytest.raises(SheetFault, match="no_such_sheet"):
        read_table(path, recognised=known, sheet="Elsewhere")


def test_merged_cells_are_tolerated_above_the_header_only(tmp_path: Path) -> None:
    rows = data(row(1, "Register"), row(2, "id", "given_name"), row(3, "1", "Sara"), row(4, "2"))
    good = xlsx(tmp_path / "good.xlsx", rows + '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')
    assert len(cells(good)) == 2
    bad = xlsx(tmp_path / "bad.xlsx", rows + '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B3:B4"/></mergeCells>')
    with pytest.raises(SheetFault) as caught:
        read_table(bad, recognised=known)
    assert caught.value.code == "sheets.merged" and "B3:B4" in caught.value.says


def test_days_come_as_days_whatever_their_format(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    page = made.active
    page.append(["id", "birth_date", "plain", "when"])
    page.append(["1", date(1961, 8, 1), 22494, 12.0])
    page["B2"].number_format = "[$-fa-IR]dd/mm/yyyy;@"
    page["D2"].number_format = '0.00 "days"'
    made.save(tmp_path / "d.xlsx")
    assert cells(tmp_path / "d.xlsx") == [{"id": "1", "birth_date": date(1961, 8, 1), "plain": 22494, "when": 12}]


def test_days_of_the_1904_calendar_are_the_same_days(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.append(["id", "birth_date"])
    made.active.append([1, date(1990, 5, 17)])
    made.save(tmp_path / "mac.xlsx")
    assert cells(tmp_path / "mac.xlsx")[0]["birth_date"] == date(1990, 5, 17)


def test_days_agree_with_openpyxl_around_the_day_that_never_was(tmp_path: Path) -> None:
    days = "".join(row(n, f'<c s="1"><v>{n}</v></c>', "x") for n in (2, 59, 61, 62, 36526))
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    path = xlsx(tmp_path / "d.xlsx", data(row(1, "id", "given_name"), days), styles=styles)
    theirs = [openpyxl.utils.datetime.from_excel(n).date() for n in (2, 59, 61, 62, 36526)]
    assert [found["id"] for found in cells(path)] == theirs


def test_a_formula_gives_its_last_value_and_is_marked(tmp_path: Path) -> None:
    calculated = '<c r="B2" t="str"><f>"Sa"&amp;"ra"</f><v>Sara</v></c>'
    never, wrong = '<c r="B3"><f>A1</f></c>', '<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    path = xlsx(tmp_path / "f.xlsx", data(HEADER, row(2, "1", calculated), row(3, "2", never), row(4, "3", wrong)))
    first, second, third = read_table(path, recognised=known).rows
    assert (first.cells["given_name"], first.marks) == ("Sara", {"given_name": "formula"})
    assert second.marks == {"given_name": "formula_empty"} and third.marks == {"given_name": "error"}


def test_runs_phonetics_and_escapes_make_one_text(tmp_path: Path) -> None:
    rich = '<c t="inlineStr"><is><r><t>Sa</t></r><r><t>ra</t></r><rPh sb="0" eb="1"><t>XX</t></rPh></is></c>'
    path = xlsx(tmp_path / "r.xlsx", data(HEADER, row(2, "a_x000A_b", rich)))
    assert cells(path) == [{"id": "a\nb", "given_name": "Sara"}]


TEXT = "شماره;given_name;id\n۱۲;عائشة محمد;1\n13;پریسا رضایی;2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(TEXT.encode(encoding))
    found = cells(path)
    assert found == [
        {"شماره": "۱۲", "given_name": "عائشة محمد", "id": "1"},
        {"شماره": "13", "given_name": "پریسا رضایی", "id": "2"},
    ]


@pytest.mark.parametrize("broken", [b"\xd9", b"\xed\xa0\x80", b"\xff"])
def test_one_broken_letter_does_not_turn_every_name_into_another_code_page(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("id,given_name\n1,پریسا\n2,مینا".encode() + broken + b"\n")
    first, second = read_table(path, recognised=known).rows
    assert first.cells["given_name"] == "پریسا" and "\ufffd" in str(second.cells["given_name"])


def test_half_a_pair_of_signs_is_a_lost_letter_and_a_whole_pair_is_its_sign(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", data(HEADER, row(2, "a_xD800_b", "_xD83D__xDE00_"), row(3, "_x0000_", "b")))
    assert [found["id"] for found in cells(path)] == ["a\ufffdb", "\ufffd"] and cells(path)[0]["given_name"] == "😀"
    (tmp_path / "x.csv").write_bytes(b"\xff\xfe" + "id,given_name\n1,".encode("utf-16-le") + b"\x00\xd8b\x00")
    assert "\ufffd" in str(cells(tmp_path / "x.csv")[0]["given_name"])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1256", "id,given_name\n1,فاطمة\n2,پروين\n3,علي حسين\n"),
        ("windows-1252", "id,given_name\n1,Hélène Müller\n2,François\n3,Zoë\n"),
    ],
)
def test_the_old_code_page_is_told_by_its_words(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode(encoding))
    table = read_table(path, recognised=known)
    assert table.encoding == encoding
    assert [f"{found.cells['id']},{found.cells['given_name']}" for found in table.rows] == text.splitlines()[1:]


def test_the_sheet_that_knows_most_headers_is_read_and_none_where_another_may_hold_people_too(tmp_path: Path) -> None:
    full, notes = row(1, "id", "given_name", "birth_date"), row(1, "id", "Colour")
    form = xlsx(tmp_path / "a.xlsx", data(notes, row(2, "x")), data(full, row(2, "N-1")), titles=("Form", "Members"))
    table = read_table(form, recognised=known)
    assert (table.sheet, table.other_sheets) == ("Members", ("Form",))
    two = xlsx(tmp_path / "b.xlsx", data(full, row(2, "N-1")), data(HEADER, row(2, "N-2")), titles=("Men", "Women"))
    with pytest.raises(SheetFault, match="several") as caught:
        read_table(two, recognised=known)
    assert "Men; Women" in caught.value.says
    assert [found["id"] for found in cells(two, sheet="Women")] == ["N-2"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_by_which_rows_agree(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "x.csv"
    lines = [
        ["id", "given_name", "needs"],
        ["1", "Sara", "SM;CI" if separator != ";" else "SM,CI"],
        ["2", '"a\nb"', "x"],
    ]
    path.write_text("\n".join(separator.join(line) for line in lines))
    assert cells(path)[1] == {"id": "2", "given_name": "a\nb", "needs": "x"}


def test_excels_own_line_about_the_separator_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("sep=;\nid;given_name\n1;a,b,c\n2;d,e,f\n")
    assert [found.number for found in read_table(path, recognised=known).rows] == [3, 4]


def test_headers_that_stand_twice_or_are_empty_keep_their_values(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,given_name,given_name,\n1,Sara,سارا,z,further\n")
    assert cells(path) == [{"id": "1", "given_name": "Sara", "given_name (2)": "سارا", "(D)": "z", "(E)": "further"}]


def test_an_ods_of_libreoffice_is_read_without_its_comments(tmp_path: Path) -> None:
    import zipfile

    names = "urn:oasis:names:tc:opendocument:xmlns"

    def said(text: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'

    rows = (
        f"<table:table-row>{said('Register', 'table:number-columns-spanned=&quot;2&quot;'.replace('&quot;', chr(34)))}"
        "<table:covered-table-cell/></table:table-row>"
        f"<table:table-header-rows><table:table-row>{said('id')}{said('given_name')}{said('birth_date')}"
        '<table:table-cell table:number-columns-repeated="16380"/></table:table-row></table:table-header-rows>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="7"/>'
        '<table:table-cell office:value-type="string"><office:annotation><text:p>secret</text:p></office:annotation>'
        '<text:p>Sa<text:span>ra</text:span><text:s text:c="2"/>A</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="1990-05-17"/></table:table-row>'
    )
    path = tmp_path / "x.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "content.xml",
            f'<o:d xmlns:o="x" xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
            f'xmlns:text="{names}:text:1.0"><table:table table:name="A">{rows}</table:table></o:d>',
        )
    wanted = {"id": 7, "given_name": "Sara  A", "birth_date": date(1990, 5, 17)}
    assert cells(path) == [wanted, wanted]
    spanned = rows.replace(
        '<table:table-row table:number-rows-repeated="2"><table:table-cell',
        '<table:table-row><table:table-cell table:number-rows-spanned="3"',
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "content.xml",
            f'<o:d xmlns:o="x" xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
            f'xmlns:text="{names}:text:1.0"><table:table table:name="A">{spanned}</table:table></o:d>',
        )
    with pytest.raises(SheetFault) as caught:
        cells(path)
    assert caught.value.numbers["range"] == "A3:A5"
