"""Files that a command writes: refused before the work, not after it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from safeconduct.cli.opening import stop

SHEETS = (".xlsx", ".ods", ".csv")


def refuse_unwritable(path: Path, *, endings: tuple[str, ...] = (), other_than: Path | None = None) -> None:
    """End the command with 2 where nothing can be written at `path`, or its ending is none of `endings`."""
    folder = path.absolute().parent
    if endings and path.suffix.lower() not in endings:
        stop(f"{path}: this ending is not known. Write a file that ends in {' or '.join(endings)}.")
    if path.is_dir():
        stop(f"{path} is a folder. Name a file in it.")
    if not folder.is_dir():
        stop(f"{path} can't be written: there is no folder {folder}. Make the folder, or name another file.")
    if not os.access(path if path.exists() else folder, os.W_OK):
        stop(f"{path} can't be written: you may not write there. Name another file.")
    if other_than is not None and path.exists() and other_than.exists() and path.samefile(other_than):
        stop(f"{path} would replace the file that is read. Name another file.")


def write_private(path: Path, content: bytes) -> None:
    """Write a whole file that only its owner reads, whoever read one that it replaces. Else the command ends with 2."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        stop(f"{path} can't be written: {error.strerror}. Take it out again to another file.")


def free(path: Path) -> Path:
    """The path itself, or one with a number where a file stands already: it may hold somebody's work."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
