"""Which processes hold a site's key: the kernel answers, not a file that somebody may have left behind.

Each process that takes a key locks one byte of the file `running` in the site's folder, at the place of its own number
(fcntl(2), F_SETLK). The kernel drops the lock when the process ends, however it ends, and says which process holds a byte
(F_GETLK). So neither a file that was left behind nor a number that another process was given since can mislead.

A process has one descriptor of the file and keeps it: closing any other would drop its lock.
"""

import fcntl
import os
import struct
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

RUNNING = "running"
_PLACES = 1 << 32  # more than there are process numbers
# struct flock, as fcntl(2) of each system lays it out: type, whence, start, length, process.
_LAYOUT = "qqihh" if sys.platform == "darwin" else "hhqqi0q"

_entered: dict[Path, int] = {}
_guard = threading.Lock()


@dataclass(frozen=True)
class Holder:
    """A process that holds the key. `serves`: it is the parent of those that answer, and ends them itself when told."""

    process: int
    serves: bool


def enter(site_folder: Path) -> None:
    """Be known as a process that holds the key of this site. Raises OSError where the folder can't be written."""
    with _guard:
        folder = site_folder.resolve()
        if folder not in _entered:
            _entered[folder] = os.open(folder / RUNNING, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        _take(_entered[folder], os.getpid())


def serve(site_folder: Path) -> None:
    """Be known, too, as the parent of those that answer: it gets SIGUSR1, and a second, before it is killed."""
    with _guard:
        _take(_entered[site_folder.resolve()], _PLACES + os.getpid())


def leave(site_folder: Path) -> None:
    """Hold the key no longer."""
    with _guard:
        if (descriptor := _entered.pop(site_folder.resolve(), None)) is not None:
            os.close(descriptor)


def others(site_folder: Path) -> list[Holder]:
    """Every other process that holds the key of this site. Raises OSError where the file can't be read."""
    with _guard:
        descriptor = _entered.get(site_folder.resolve())
        if descriptor is not None:
            return _holders(descriptor)
    try:
        opened = os.open(site_folder / RUNNING, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return []
    try:
        return _holders(opened)
    finally:
        os.close(opened)


def _holders(descriptor: int) -> list[Holder]:
    found: dict[int, bool] = {}
    ranges = [(0, 2 * _PLACES)]
    while ranges:
        start, end = ranges.pop()
        taken = _taken(descriptor, start, end - start)
        if taken is None:
            continue
        place, process = taken
        found[process] = found.get(process, False) or place >= _PLACES
        ranges += [part for part in ((start, place), (place + 1, end)) if part[0] < part[1]]
    return [Holder(process, serves) for process, serves in sorted(found.items())]


def _take(descriptor: int, place: int) -> None:
    # Shared, so that two processes of one number in two containers do not refuse each other.
    fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, place)


def _taken(descriptor: int, start: int, length: int) -> tuple[int, int] | None:
    """The place and the process of one lock in this range."""
    asked = (fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
    if sys.platform == "darwin":
        asked = (start, length, 0, fcntl.F_WRLCK, os.SEEK_SET)
    told = struct.unpack(_LAYOUT, fcntl.fcntl(descriptor, fcntl.F_GETLK, struct.pack(_LAYOUT, *asked)))
    if sys.platform == "darwin":
        told = (told[3], told[4], told[0], told[1], told[2])
    kind, _whence, place, _length, process = told
    return None if kind == fcntl.F_UNLCK else (max(place, start), process)


def _after_fork() -> None:
    """A child has its parent's memory and so the key, but none of its locks."""
    global _guard
    _guard = threading.Lock()
    for descriptor in _entered.values():
        _take(descriptor, os.getpid())


os.register_at_fork(after_in_child=_after_fork)
