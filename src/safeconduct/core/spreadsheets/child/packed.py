"""Parts of a zip file, with what they may unpack to counted as they are read."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, Any, BinaryIO

from lxml import etree

from safeconduct.core.spreadsheets.child.wire import Broken
from safeconduct.core.spreadsheets.limits import Limits

_WORTH_A_RATIO = 20_000_000
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Packed:
    """A zip file that was looked at before anything in it is unpacked."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self.limits = limits
        self.unpacked = 0
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Broken("sheets.damaged") from None
        parts = self.zip.infolist()
        if len(parts) > limits.zip_entries:
            raise Broken("sheets.unpacks_too_large")
        if sum(part.file_size for part in parts) > limits.unpacked_bytes or any(map(self._is_a_bomb, parts)):
            raise Broken("sheets.unpacks_too_large")
        if any(part.flag_bits & 1 for part in parts):
            raise Broken("sheets.password")
        self.names = {part.filename for part in parts}

    def _is_a_bomb(self, part: zipfile.ZipInfo) -> bool:
        return part.file_size > max(_WORTH_A_RATIO, part.compress_size * self.limits.zip_ratio)

    def open(self, name: str) -> Counted:
        try:
            return Counted(self, self.zip.open(name))
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
            raise Broken("sheets.damaged") from None

    def tree(self, name: str) -> Any:
        """A small part, whole."""
        with self.open(name) as part:
            content = part.read(self.limits.part_bytes + 1)
        if len(content) > self.limits.part_bytes:
            raise Broken("sheets.unpacks_too_large")
        try:
            root = etree.fromstring(content, etree.XMLParser(**SAFE))
        except etree.XMLSyntaxError:
            raise Broken("sheets.damaged") from None
        refuse_entities(root)
        return root


class Counted:
    """A part as a stream of bytes; refuses when all parts together grow too large."""

    def __init__(self, packed: Packed, stream: IO[bytes]) -> None:
        self.packed, self.stream = packed, stream

    def read(self, size: int = -1) -> bytes:
        try:
            content = self.stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise Broken("sheets.damaged") from None
        self.packed.unpacked += len(content)
        # Titles and merges are looked for first, so an honest part is read up to three times.
        if self.packed.unpacked > 4 * self.packed.limits.unpacked_bytes:
            raise Broken("sheets.unpacks_too_large")
        return content

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()


def refuse_entities(root: Any) -> None:
    """No spreadsheet needs a document type; who declares one wants to grow a file or to read one of ours."""
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Broken("sheets.entities")


def forget(element: Any) -> None:
    """Free what was read, so that memory does not grow with the rows."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]
