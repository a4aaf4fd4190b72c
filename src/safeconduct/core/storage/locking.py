"""The emergency lock: end every process that holds a site's key, now, and see to it that no session outlives it.

It needs no passphrase and no sign-in: whoever is at the machine may lock, because locking can only close. What cannot be
done without the key (ending the sessions, the entry in the audit chain) is left to the process that serves, which has a
second for it, and otherwise to the next opening: the file `locked` in the folder says that it is still to be done.
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .presence import RUNNING, Holder, others
from .sitefile import NAME, write_private

MARK = "locked"
SHELL_TOKEN = "shell-session"
TELL = signal.SIGUSR1
GRACE = 1.0  # seconds for the parent of those that answer to end the sessions
_PATIENCE = 5.0  # seconds until the kernel has cleared away what was killed


@dataclass(frozen=True)
class Locked:
    """What a lock did: how many processes it ended, which are left, and whether the mark stands in the folder."""

    ended: int
    left: tuple[int, ...]
    marked: bool


def is_site(folder: Path) -> bool:
    """Whether there is something to lock; a damaged site.toml is no reason not to."""
    return (folder / NAME).exists() or (folder / RUNNING).exists()


def lock_now(folder: Path, *, at: datetime) -> Locked:
    """Mark the folder, then end every other process that holds the key. Raises OSError where the folder can't be read."""
    marked = mark(folder, at=at)
    first = others(folder)
    end_all(folder)
    left = tuple(holder.process for holder in others(folder))
    return Locked(len({holder.process for holder in first} - set(left)), left, marked)


def end_all(folder: Path, *, grace: float = GRACE) -> None:
    """End every other process that holds the key: those that serve are told first, the rest is killed at once."""
    _signal(folder, [holder for holder in others(folder) if holder.serves], TELL)
    start = time.monotonic()
    while (found := others(folder)) and time.monotonic() - start < grace + _PATIENCE:
        late = time.monotonic() - start >= grace
        _signal(folder, [holder for holder in found if late or not holder.serves], signal.SIGKILL)
        time.sleep(0.01)


def tell_the_server(folder: Path) -> bool:
    """Tell whoever serves this site to end everything; False where nobody does."""
    serving = [holder for holder in others(folder) if holder.serves]
    _signal(folder, serving, TELL)
    return bool(serving)


def mark(folder: Path, *, at: datetime) -> bool:
    """Leave word that the sessions are still to be ended, and drop the shell's token. False where the disk refuses."""
    with contextlib.suppress(OSError):
        (folder / SHELL_TOKEN).unlink(missing_ok=True)
    try:
        write_private(folder / MARK, at.astimezone(UTC).isoformat(timespec="seconds").encode() + b"\n")
    except OSError:
        return False
    return True


def marked(folder: Path) -> str | None:
    """When the site was locked, where its sessions are still to be ended; else None."""
    try:
        text = (folder / MARK).read_bytes()[:64].decode(errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError:
        return ""  # there is a mark, whatever it says
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def unmark(folder: Path) -> None:
    """The sessions are ended."""
    (folder / MARK).unlink(missing_ok=True)


def _signal(folder: Path, holders: Iterable[Holder], number: signal.Signals) -> None:
    for holder in holders:
        if holder.process <= 1:
            continue  # in another container: out of reach
        below = _descendants(holder.process) if number == signal.SIGKILL else []
        with contextlib.suppress(ProcessLookupError, PermissionError):
            _send(folder, holder, number)
        for process in below:  # a child that reads a sheet holds no key, but what it read
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if process != os.getpid():
                    os.kill(process, number)


def _send(folder: Path, holder: Holder, number: signal.Signals) -> None:
    if not hasattr(os, "pidfd_open"):
        os.kill(holder.process, number)
        return
    # The number may have passed to another process since: hold on to this one, ask once more, then send.
    descriptor = os.pidfd_open(holder.process)
    try:
        if holder.process in {each.process for each in others(folder)}:
            signal.pidfd_send_signal(descriptor, number)
    finally:
        os.close(descriptor)


def _descendants(process: int) -> list[int]:
    """The processes that a process started, and theirs, where the system lists them."""
    found: list[int] = []
    waiting = [process]
    while waiting:
        try:
            tasks = list(Path(f"/proc/{waiting.pop()}/task").iterdir())
            children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
        waiting += children
        found += children
    return found
