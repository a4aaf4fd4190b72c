"""Files that a command writes: refused before the work, not after it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from safeconduct.cli.opening import stop
from safeconduct.core.languages.shell import gettext as _

SHEETS = (".xlsx", ".ods", ".csv")


def refuse_unwritable(path: Path, *, endings: tuple[str, ...] = (), other_than: Path | None = None) -> None:
    """End the command with 2 where nothing can be written at `path`, or its ending is none of `endings`."""
    folder = path.absolute().parent
    if endings and path.suffix.lower() not in endings:
        told = _("%(file)s: this ending is not known. Write a file that ends in %(endings)s.")
        stop(told % {"file": path, "endings": _(" or ").join(endings)})
    if path.is_dir():
        stop(_("%(file)s is a folder. Name a file in it.") % {"file": path})
    if not folder.is_dir():
        told = _("%(file)s can't be written: there is no folder %(folder)s. Make the folder, or name another file.")
        stop(told % {"file": path, "folder": folder})
    if not os.access(path if path.exists() else folder, os.W_OK):
        stop(_("%(file)s can't be written: you may not write there. Name another file.") % {"file": path})
    if other_than is not None and path.exists() and other_than.exists() and path.samefile(other_than):
        stop(_("%(file)s would replace the file that is read. Name another file.") % {"file": path})


def write_private(path: Path, content: bytes) -> None:
    """Write a whole file that only its owner reads, whoever read one that it replaces. Else the command ends with 2."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        told = _("%(file)s can't be written: %(reason)s. Take it out again to another file.")
        stop(told % {"file": path, "reason": error.strerror})


def free(path: Path) -> Path:
    """The path itself, or one with a number where a file stands already: it may hold somebody's work."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
