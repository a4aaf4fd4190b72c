"""Who does a job holds its file locked, and writes into it how far it is.

The lock is the kernel's: it ends with the process, however that ends. So a job of somebody who was killed is free at once, and a
job of somebody who is alive is never taken away. The file holds numbers only.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Held:
    """A job that this process does."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor, self._path, self._told = descriptor, path, 0.0

    def tell(self, done: int, of: int) -> None:
        """Write how far it is; at most four times a second."""
        now = time.monotonic()
        if now - self._told >= 0.25 or done == of:
            self._told = now
            content = json.dumps({"done": int(done), "of": int(of)}).encode().ljust(64)
            os.pwrite(self._descriptor, content, 0)

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody wants it to end."""
        return self._path.with_suffix(".cancel").exists()


@contextlib.contextmanager
def held(job: UUID) -> Iterator[Held | None]:
    """Hold a job; None where somebody else does."""
    path = _place(job)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield Held(descriptor, path)
    finally:
        os.close(descriptor)


def is_held(job: UUID) -> bool:
    """Whether somebody who is alive does this job."""
    with held(job) as mine:
        return mine is None


def progress(job: UUID) -> tuple[int, int] | None:
    """How far a job is: done, of how many; None before it is known."""
    try:
        told = json.loads(_place(job).read_text() or "{}")
        return int(told["done"]), int(told["of"])
    except (OSError, ValueError, KeyError):
        return None


def cancel(job: UUID) -> None:
    """Tell whoever does it to end."""
    path = _place(job).with_suffix(".cancel")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)


def forget(job: UUID) -> None:
    """Take the files of a job away, once it is over."""
    for path in (_place(job), _place(job).with_suffix(".cancel")):
        path.unlink(missing_ok=True)


def _place(job: UUID) -> Path:
    if not settings.JOBS_FOLDER:
        raise ImproperlyConfigured("JOBS_FOLDER: where the files of jobs lie")
    return Path(settings.JOBS_FOLDER) / str(job)
