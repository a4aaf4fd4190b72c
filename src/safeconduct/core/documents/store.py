"""Sealed files on the disk, by random names that say nothing: written whole or not at all, and never changed.

A file is written before the record that names it, and taken away after the record has forgotten its key. So whatever happens in
between, the disk holds at most a file that nobody can open; `sweep` takes such files away.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from safeconduct.core.storage.sitefile import sync_folder

from . import sealing


@dataclass(frozen=True)
class Kept:
    """Where a file lies, and its key, wrapped; both stand in the record."""

    name: str
    key: bytes


def keep(content: bytes, *, bound_to: str) -> Kept:
    """Seal a file and write it through to the disk."""
    name, key = secrets.token_hex(16), sealing.fresh_key()
    path = place(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(sealing.close(content, key, bound_to=bound_to))
        out.flush()
        os.fsync(out.fileno())
    partial.rename(path)
    sync_folder(path.parent)
    return Kept(name, sealing.wrap(key, bound_to=bound_to))


def read(kept: Kept, *, bound_to: str) -> bytes:
    """What was kept. Raises FileNotFoundError, and DoesNotOpen for a file or a key that is not this record's."""
    return sealing.open_again(place(kept.name).read_bytes(), sealing.unwrap(kept.key, bound_to=bound_to), bound_to=bound_to)


def shred(names: Collection[str]) -> None:
    """Overwrite files and take them away. What makes them unreadable is that their records forgot the keys."""
    for name in names:
        path = place(name)
        try:
            with path.open("r+b") as file:
                file.write(os.urandom(path.stat().st_size))
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            continue
        sync_folder(path.parent)


def check(names: Collection[str]) -> list[str]:
    """Those of these files that are not there."""
    return sorted(name for name in names if not place(name).is_file())


def sweep(names: Collection[str], *, older_than: float) -> int:
    """Take away what no record names and was last changed before that moment (seconds since 1970); how many there were."""
    known, gone = set(names), 0
    for path in folder().rglob("*"):
        if path.is_file() and path.name not in known and path.stat().st_mtime < older_than:
            path.unlink()
            gone += 1
    return gone


def place(name: str) -> Path:
    """Where the file of a name lies. Raises ValueError for what is no name of ours."""
    if len(name) != 32 or not set(name) <= set("0123456789abcdef"):
        raise ValueError("not the name of a document")
    return folder() / name[:2] / name


def folder() -> Path:
    """The folder of this site's documents."""
    named = settings.DOCUMENTS_FOLDER
    if not named:
        raise ImproperlyConfigured("DOCUMENTS_FOLDER: where the site keeps its documents")
    return Path(named)
