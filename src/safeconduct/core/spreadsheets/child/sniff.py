"""What a file is, by its content; its name is a claim."""

from __future__ import annotations

from typing import BinaryIO

from safeconduct.core.spreadsheets.child.ods import Ods
from safeconduct.core.spreadsheets.child.packed import Packed
from safeconduct.core.spreadsheets.child.text import Text
from safeconduct.core.spreadsheets.child.wire import Broken, Source
from safeconduct.core.spreadsheets.child.xlsx import Xlsx
from safeconduct.core.spreadsheets.limits import Limits

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OTHERS = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ\x90": "EXE",
}


def open_source(file: BinaryIO, limits: Limits) -> Source:
    """The reader that fits; Broken where none does."""
    start = file.read(4096)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Broken("sheets.empty")
    if start.startswith(b"PK"):
        return _open_zip(file, limits)
    if start.startswith(_OLE):
        file.seek(0)
        locked = "EncryptedPackage".encode("utf-16-le") in file.read(20_000_000)
        raise Broken("sheets.password" if locked else "sheets.old_excel")
    for magic, kind in _OTHERS.items():
        if start.startswith(magic):
            raise Broken("sheets.not_a_spreadsheet", kind=kind)
    bare = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if bare.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise Broken("sheets.not_a_spreadsheet", kind="HTML")
    if bare.startswith((b"<?xml", b"<")):
        raise Broken("sheets.not_a_spreadsheet", kind="XML")
    if bare.startswith((b"{", b"[{")):
        raise Broken("sheets.not_a_spreadsheet", kind="JSON")
    return Text(file, limits)


def _open_zip(file: BinaryIO, limits: Limits) -> Source:
    packed = Packed(file, limits)
    if "xl/workbook.xml" in packed.names:
        return Xlsx(packed, limits)
    if "xl/workbook.bin" in packed.names:
        raise Broken("sheets.old_excel")
    if "content.xml" in packed.names:
        return Ods(packed, limits)
    kind = "Word" if any(name.startswith("word/") for name in packed.names) else "ZIP"
    raise Broken("sheets.not_a_spreadsheet", kind=kind)
