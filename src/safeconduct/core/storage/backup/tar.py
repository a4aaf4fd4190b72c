"""The archive: a plain, uncompressed tar file of the strictest kind.

Every header is byte for byte the one that this module would write for that name and size, every padding byte is zero,
and the last member, SHA256SUMS, lists the others in the form that the program `sha256sum` reads. So one flipped byte
anywhere is found without any key; links, devices, foreign names and hidden extensions cannot occur; and nothing in the
file unpacks to more than the file's own size.
"""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation.trans_null import gettext_noop as _

from ..errors import Because
from .faults import ArchiveDamaged, ArchiveRefused, NotABackup

SITE, DATABASE, ANCHOR, MANIFEST, SUMS = "site.toml", "database.sqlite3", "anchor.json", "manifest.sealed", "SHA256SUMS"
READS = "reads.sqlite3"
_FIXED = {SITE: 64 * 1024, DATABASE: 1 << 60, READS: 1 << 60, ANCHOR: 64 * 1024, MANIFEST: 64 << 20, SUMS: 64 << 20}
_WORD = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_IN_FOLDERS = re.compile(rf"(files|incoming)(/{_WORD})+")
_BLOCK = tarfile.BLOCKSIZE
_LONGEST_NAME = 100
_PIECE = 1 << 20


@dataclass(frozen=True)
class Member:
    name: str
    start: int
    size: int
    sha256: str


def is_name(name: str) -> bool:
    """Whether a backup may hold a member of this name."""
    return name in _FIXED or (len(name) <= _LONGEST_NAME and _IN_FOLDERS.fullmatch(name) is not None)


class Writer:
    """Writes members one after the other; `close` adds the sums and the end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.sums: dict[str, str] = {}

    def add(self, name: str, source: IO[bytes], size: int) -> str:
        """Copy `size` bytes from a stream as one member; its SHA-256 comes back. OSError if the stream is shorter."""
        if not is_name(name) or name in self.sums:
            raise ValueError("no name for a member of a backup")
        self._stream.write(_header(name, size))
        digest, left = hashlib.sha256(), size
        while left:
            if not (piece := source.read(min(_PIECE, left))):
                raise OSError("a file became shorter while it was read")
            digest.update(piece)
            self._stream.write(piece)
            left -= len(piece)
        self._stream.write(bytes(-size % _BLOCK))
        self.sums[name] = digest.hexdigest()
        return self.sums[name]

    def close(self) -> None:
        text = "".join(f"{digest}  {name}\n" for name, digest in self.sums.items()).encode()
        self.add(SUMS, io.BytesIO(text), len(text))
        self._stream.write(bytes(2 * _BLOCK))
        self._stream.flush()
        os.fsync(self._stream.fileno())


def check_sums(path: Path) -> dict[str, Member]:
    """Read a whole archive and hold each member against its sum. Needs no key: a custodian can check a copy with it.

    Raises NotABackup, ArchiveDamaged, ArchiveRefused.
    """
    with path.open("rb") as stream:
        members = {member.name: member for member in _members(path, stream)}
        if SUMS not in members:
            raise _damaged(path, _("its list of sums is missing."))
        listed = _listed(path, read(stream, members.pop(SUMS)))
    for name in listed.keys() ^ members.keys():
        raise _damaged(path, _("%(name)s is missing or not listed."), name=name)
    for name, member in members.items():
        if listed[name] != member.sha256:
            raise _damaged(path, _("%(name)s has another sum."), name=name)
    for name in (SITE, DATABASE, MANIFEST):
        if name not in members:
            raise _damaged(path, _("%(name)s is missing."), name=name)
    return members


def read(stream: IO[bytes], member: Member) -> bytes:
    """The content of a small member."""
    stream.seek(member.start)
    return stream.read(member.size)


def extract(stream: IO[bytes], member: Member, target: Path) -> str:
    """Write a member to a new private file, through to the disk; the SHA-256 of what was written comes back."""
    stream.seek(member.start)
    digest, left = hashlib.sha256(), member.size
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while left and (piece := stream.read(min(_PIECE, left))):
            digest.update(piece)
            out.write(piece)
            left -= len(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _damaged(path: Path, reason: str, **values: object) -> ArchiveDamaged:
    return ArchiveDamaged(file=path, reason=Because(reason, **values))


def _refused(path: Path, reason: str, **values: object) -> ArchiveRefused:
    return ArchiveRefused(file=path, reason=Because(reason, **values))


def _members(path: Path, stream: IO[bytes]) -> Iterator[Member]:
    length, seen = os.fstat(stream.fileno()).st_size, set[str]()
    while True:
        at = stream.tell()
        header = stream.read(_BLOCK)
        if header == bytes(_BLOCK) and seen:
            return _end(path, stream, length)
        name, size = _name_and_size(path, header, first=not seen)
        if name in seen:
            raise _refused(path, _("the same name twice."))
        if size > _FIXED.get(name, 1 << 60):
            raise _refused(path, _("%(name)s is far too large."), name=name)
        if at + _BLOCK + size > length:
            raise _damaged(path, _("it ends in the middle of %(name)s."), name=name)
        seen.add(name)
        yield Member(name, at + _BLOCK, size, _digest(stream, size))
        if stream.read(-size % _BLOCK).strip(b"\0"):
            raise _damaged(path, _("the gap after %(name)s is filled."), name=name)


def _name_and_size(path: Path, header: bytes, *, first: bool) -> tuple[str, int]:
    if len(header) < _BLOCK:
        if first:
            raise NotABackup(file=path)
        raise _damaged(path, _("it ends too early."))
    try:
        about = tarfile.TarInfo.frombuf(header, "ascii", "strict")
    except (tarfile.HeaderError, UnicodeDecodeError, ValueError):
        if first:
            raise NotABackup(file=path) from None
        raise _damaged(path, _("a header cannot be read.")) from None
    if about.type != tarfile.REGTYPE:
        raise _refused(path, _("a link, a folder or another thing that is no file."))
    if not is_name(about.name):
        raise _refused(path, _("a file of a foreign name or place."))
    if first and about.name != SITE:
        raise NotABackup(file=path)
    if about.size < 0 or header != _header(about.name, about.size):
        raise _damaged(path, _("the header of %(name)s is not as written."), name=about.name)
    return about.name, about.size


def _header(name: str, size: int) -> bytes:
    about = tarfile.TarInfo(name)
    about.size, about.mode, about.type = size, 0o600, tarfile.REGTYPE
    return about.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def _end(path: Path, stream: IO[bytes], length: int) -> None:
    if length - stream.tell() != _BLOCK or stream.read(_BLOCK) != bytes(_BLOCK):
        raise _damaged(path, _("its end is not where it should be."))


def _digest(stream: IO[bytes], size: int) -> str:
    digest, left = hashlib.sha256(), size
    while left and (piece := stream.read(min(_PIECE, left))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def _listed(path: Path, sums: bytes) -> dict[str, str]:
    lines = sums.decode("ascii", "replace").splitlines()
    if not all(re.fullmatch(r"[0-9a-f]{64}  \S+", line) for line in lines) or not sums.endswith(b"\n"):
        raise _damaged(path, _("its list of sums cannot be read."))
    return {line[66:]: line[:64] for line in lines}
