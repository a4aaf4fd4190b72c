"""What a lock left to be done, and the last second of the processes that answer."""

from __future__ import annotations

import os
import signal
import threading
from datetime import datetime
from pathlib import Path

from safeconduct.core.access.actors import Actor
from safeconduct.core.emergency.actions import AT_THE_MACHINE, end_all_sessions
from safeconduct.core.storage.api import locking

_ANSWER_LEAVES = 0.4  # seconds until the answer to whoever pressed the button is on its way
_LONGEST = 1.0  # seconds that the database may take before the site ends without it


def end_what_a_lock_left(folder: Path, *, at: datetime) -> bool:
    """End the sessions that a lock could not end for want of the key. False where no lock was given."""
    since = locking.marked(folder)
    if since is None:
        return False
    end_all_sessions(by=AT_THE_MACHINE, at=at, since=since)
    locking.unmark(folder)
    return True


def lock_from_a_page(folder: Path, *, by: Actor, at: datetime, now: datetime) -> None:
    """Write the entry, end the sessions, and end every process; whatever hangs, within a second or two. `now`: real time."""
    locking.mark(folder, at=now)
    hurry = _in(_LONGEST, folder)
    try:
        end_all_sessions(by=by, at=at)
        locking.unmark(folder)
    finally:
        hurry.cancel()
        _in(_ANSWER_LEAVES, folder)


def _in(seconds: float, folder: Path) -> threading.Timer:
    timer = threading.Timer(seconds, locking.tell_the_server, [folder])
    timer.daemon = True
    timer.start()
    return timer


def end_for_good(folder: Path, status: int, *, at: datetime, within: float) -> None:
    """The end of the process that serves: the others are killed, the sessions ended, and it goes without looking back.

    The kernel ends this process after `within` seconds, whatever hangs here; then the mark stays for the next opening.
    """
    from safeconduct.core.storage import keys

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, within)
    try:
        locking.end_all(folder, grace=0)
        end_what_a_lock_left(folder, at=at)
    finally:
        keys.lock()
        os._exit(status)
