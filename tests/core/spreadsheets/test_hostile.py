"""Files that are broken, are no spreadsheets, or mean harm: a named fault each, and this process lives on."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.core.spreadsheets.channel import Channel
from safeconduct.core.spreadsheets.faults import SheetFault
from safeconduct.core.spreadsheets.limits import Limits
from safeconduct.core.spreadsheets.read import read_table
from tests.core.spreadsheets.corpus import HEADER, MAIN, data, known, row, xlsx


def fault(path: Path, limits: Limits | None = None) -> SheetFault:
    with pytest.raises(SheetFault) as caught:
        list(read_table(path, recognised=known, limits=limits).rows)
    assert caught.value.says and caught.value.mend
    assert caught.value.file == path.name
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheets.empty"),
        (b"\xef\xbb\xbf \r\n", "sheets.empty"),
        (b"%PDF-1.7 x", "sheets.not_a_spreadsheet"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "sheets.not_a_spreadsheet"),
        (b"<!DOCTYPE html><table><tr><td>id", "sheets.not_a_spreadsheet"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "sheets.old_excel"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "sheets.password"),
        (b"PK\x03\x04 and no more", "sheets.damaged"),
        (b"id,given_name\n1,\x00\x00\x01\x02\x03\n", "sheets.nul"),
        (b'id,given_name\n1,"Ali\n2,Sara\n', "sheets.quotes"),
    ],
)
def test_what_is_no_table_is_named_by_its_content_not_its_name(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(content)
    assert fault(path).code == code


def test_a_folder_a_missing_file_and_a_pipe_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert fault(tmp_path).code == "sheets.not_a_file"
    assert fault(tmp_path / "pipe").code == "sheets.not_a_file"
    assert fault(tmp_path / "nobody.xlsx").code == "sheets.not_found"


def test_a_large_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"id,given_name\n" * 100)
    assert fault(path, Limits(file_bytes=1000)).code == "sheets.too_large"


def test_a_cell_in_the_last_corner_neither_aborts_nor_fills_memory(tmp_path: Path) -> None:
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    found = fault(xlsx(tmp_path / "corner.xlsx", data(HEADER, corner)))
    assert (found.code, found.numbers["cell"]) == ("sheets.too_many_columns", "XFD1048576")


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    xlsx(path, data(HEADER))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/more.bin", bytes(40_000_000))
    assert fault(path).code == "sheets.unpacks_too_large"


def test_a_zip_bomb_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "liar.xlsx", data(HEADER, *(row(n, "A" * 90, "B") for n in range(2, 9000))))
    content = bytearray(path.read_bytes())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 2000)
    path.write_bytes(content)
    assert fault(path).code == "sheets.damaged"


def test_a_zip_of_very_many_parts_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "parts.xlsx", data(HEADER))
    with zipfile.ZipFile(path, "a") as packed:
        for number in range(60):
            packed.writestr(f"xl/{number}", b"")
    assert fault(path, Limits(zip_entries=50)).code == "sheets.unpacks_too_large"


LAUGHS = "".join(
    f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "lol"}{"&l" + str(n - 1) + ";" if n else ""}">' for n in range(40)
)


@pytest.mark.parametrize(
    "declared", [LAUGHS, '<!ENTITY l39 SYSTEM "file:///etc/hostname">', '<!ENTITY % l39 SYSTEM "http://127.0.0.1:1/">']
)
@pytest.mark.parametrize("part", ["sheet", "strings"])
def test_entities_are_refused_wherever_they_are_declared(tmp_path: Path, declared: str, part: str) -> None:
    head = f'<?xml version="1.0"?><!DOCTYPE x [{declared}]>'
    entity = "" if "%" in declared else "&l39;"
    path = tmp_path / "laughs.xlsx"
    if part == "sheet":
        cell = f'<c t="inlineStr"><is><t>{entity}</t></is></c>'
        xlsx(path, f'{head}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>')
    else:
        strings = f'{head}<sst xmlns="{MAIN}"><si><t>{entity}x</t></si></sst>'
        xlsx(path, data(row(1, "id", '<c t="s"><v>0</v></c>')), strings=strings)
    assert fault(path).code in ("sheets.entities", "sheets.damaged")


def test_xml_that_breaks_off_is_damaged_but_named_after_the_good_rows(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "cut.xlsx",
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{HEADER}' + row(2, "1", "Sara"),
    )
    assert fault(path).code == "sheets.damaged"


def test_a_zip_without_a_table_is_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert (fault(path).code, fault(path).numbers["kind"]) == ("sheets.not_a_spreadsheet", "Word")


def test_one_row_too_many_is_said_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("id,given_name\n" + "1,Sara\n" * 51)
    assert fault(path, Limits(rows=50)).code == "sheets.too_many_rows"
    assert len(list(read_table(path, recognised=known, limits=Limits(rows=51)).rows)) == 51


def test_a_repeated_ods_row_is_counted_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "repeat.ods"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "content.xml",
            f'<d xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0">'
            f'<table:table table:name="A"><table:table-row>{cell}</table:table-row>'
            f'<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            f'table:number-columns-repeated="16384"/></table:table-row>'
            f'<table:table-row table:number-rows-repeated="99999999">{cell}</table:table-row></table:table></d>',
        )
    assert fault(path, Limits(rows=1000)).code == "sheets.too_many_rows"


def test_too_little_memory_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{n:0>2000}</t></si>" for n in range(40_000)) + "</sst>"
    path = xlsx(tmp_path / "memory.xlsx", data(row(1, "id", '<c t="s"><v>0</v></c>')), strings=strings)
    assert fault(path, replace(Limits(), memory_bytes=80_000_000, zip_ratio=10_000)).code in (
        "sheets.too_much_memory",
        "sheets.stopped",
        "sheets.damaged",
    )


def test_a_child_that_is_killed_in_the_middle_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,given_name\n" + "1,Sara\n" * 200_000)
    channel = Channel(path, Limits())
    channel.hear()
    channel.ask({"rows": [[0, 1]]})
    channel.hear()
    os.kill(channel.process.pid, signal.SIGKILL)
    with pytest.raises(SheetFault) as caught:
        while True:
            channel.hear()
    assert caught.value.code == "sheets.stopped"


def test_what_other_children_took_makes_no_child_slow(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", "while True:\n import time\n if time.process_time() > 1.2: break"], check=True)
    path = tmp_path / "people.csv"
    path.write_text("id,given_name\n" + "1,Sara\n" * 200_000)
    channel = Channel(path, replace(Limits(), cpu_seconds=1))
    os.kill(channel.process.pid, signal.SIGKILL)
    with pytest.raises(SheetFault) as caught:
        while True:
            channel.hear()
    assert caught.value.code == "sheets.stopped"


def test_a_child_that_takes_too_much_processor_time_is_told_apart_from_one_that_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,given_name\n" + "1,Sara\n" * 1_000_000)
    assert fault(path, replace(Limits(), cpu_seconds=1)).code == "sheets.too_slow"


def test_a_child_that_is_silent_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,given_name\n1,Sara\n")
    channel = Channel(path, Limits(silent_seconds=0.3))
    channel.hear() if _answers(channel) else None
    with pytest.raises(SheetFault) as caught:
        channel.hear()  # nothing was asked
    assert caught.value.code == "sheets.too_slow"
    assert channel.process.poll() is not None


def _answers(channel: Channel) -> bool:
    import select

    assert channel.process.stdout is not None
    return bool(select.select([channel.process.stdout], [], [], 30)[0])


def test_a_child_ends_with_the_table_that_nobody_reads_further(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,given_name\n" + "1,Sara\n" * 200_000)
    table = read_table(path, recognised=known)
    next(table.rows)
    process = table.rows.gi_frame.f_locals["channel"].process  # type: ignore[attr-defined]
    table.rows.close()  # type: ignore[attr-defined]
    assert process.poll() is not None


def test_no_fault_tells_what_a_cell_holds_in_its_text(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", data(row(1, "Sara Amini"), row(2, "x")), data(row(1, "y")), titles=("A", "B"))
    assert "Sara" not in str(fault(path)) + repr(fault(path)) + fault(path).says
