"""Hand a site's key to child processes: through a descriptor that they inherit, never by environment or arguments.

The environment may carry the descriptor's number, which tells nothing. On Linux the key lies in memory that cannot be
changed any more and that every child, also one started later, reads for itself; elsewhere in a pipe, a record a child.
A child ends with whoever handed it the key (on Linux, by the kernel), so that a killed parent leaves no key behind.
Whoever may trace the process (the same account, root) can read its memory anyway: this is not defended.
"""

import ctypes
import hashlib
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import reduction
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.translation.trans_null import gettext_noop

from .errors import Because, KeyDescriptorRefused
from .keys import Key, hold, is_unlocked, key_of
from .seal import KEY_BYTES

VARIABLE = "SAFECONDUCT_KEY_FD"
_LABEL = b"safeconduct key 1\n"
_PARENT_BYTES = 8
_RECORD_BYTES = len(_LABEL) + 32 + _PARENT_BYTES + KEY_BYTES
_SET_PDEATHSIG = 1  # prctl(2)
_PIPED_CHILDREN = 256  # records of this size fit in every system's pipe


class Handover:
    """The key of one site, ready for children. Made by `handing_over`."""

    def __init__(self, site_folder: Path, descriptor: int) -> None:
        self.site_folder = site_folder
        self.descriptor = descriptor

    def for_subprocess(self) -> dict[str, Any]:
        """Arguments for `subprocess.Popen`: the child calls `receive(site_folder)`."""
        return {"pass_fds": (self.descriptor,), "env": {**os.environ, VARIABLE: str(self.descriptor)}}

    def target(self, application: str) -> "SealedTarget":
        """What `granian.server.Server.serve(target_loader=…, wrap_loader=False)` takes, for "module:name"."""
        return SealedTarget(self.site_folder, application, self.descriptor)


class SealedTarget:
    """Loads a web application in a server's worker, after taking the key. Works for forked and for spawned workers."""

    def __init__(self, site_folder: Path, application: str, descriptor: int) -> None:
        self.site_folder = site_folder
        self.application = application
        self.descriptor = descriptor
        self.parent = os.getpid()

    def __call__(self) -> Any:
        for inherited in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP):
            signal.signal(inherited, signal.SIG_DFL)
        if not end_with(self.parent):
            os._exit(1)
        if not is_unlocked(self.site_folder):  # a forked worker has the keyring already
            receive(self.site_folder, self.descriptor)
        module, _, name = self.application.partition(":")
        return getattr(importlib.import_module(module), name)

    def __getstate__(self) -> dict[str, Any]:
        # A spawned worker is sent this object; only here can it be given the descriptor, too.
        return {**vars(self), "descriptor": reduction.DupFd(self.descriptor)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, descriptor=state["descriptor"].detach())


@contextmanager
def handing_over(site_folder: Path) -> Iterator[Handover]:
    """While inside, children may take the site's key. Raises SiteLocked.

    Closes this thread's database connections: none may cross a fork (sqlite.org/howtocorrupt.html, 2.6).
    """
    if settings.configured:
        connections.close_all()
    parent = os.getpid().to_bytes(_PARENT_BYTES, "big")
    record = _LABEL + _digest(site_folder) + parent + key_of(site_folder).secret()
    descriptor = _memory(record) if hasattr(os, "memfd_create") else _pipe(record)
    try:
        yield Handover(site_folder, descriptor)
    finally:
        os.close(descriptor)


def receive(site_folder: Path, descriptor: int | None = None) -> bool:
    """Take the site's key from the parent and hold it; the descriptor is closed. False where none was handed over.

    Raises KeyDescriptorRefused where the descriptor holds something else, or another site's key, or where whoever handed it
    over has ended.
    """
    named = os.environ.pop(VARIABLE, "") if descriptor is None else str(descriptor)
    if not named:
        return False
    if not named.isdecimal():
        raise KeyDescriptorRefused(number=named, reason=Because(gettext_noop("it is no number.")))
    record = _read(int(named))
    if len(record) != _RECORD_BYTES or not record.startswith(_LABEL):
        raise KeyDescriptorRefused(number=named, reason=Because(gettext_noop("it holds no key of a site.")))
    digest, parent = record[len(_LABEL) :][:32], record[-KEY_BYTES - _PARENT_BYTES : -KEY_BYTES]
    if digest != _digest(site_folder):
        raise KeyDescriptorRefused(number=named, reason=Because(gettext_noop("it holds the key of another site.")))
    if not end_with(int.from_bytes(parent, "big")):
        raise KeyDescriptorRefused(number=named, reason=Because(gettext_noop("the process that handed it over has ended.")))
    hold(site_folder, Key(record[-KEY_BYTES:], proven=True))
    return True


def end_with(parent: int) -> bool:
    """Let the kernel kill this process as soon as its parent has ended. False where it has ended already."""
    if parent == os.getpid():
        return True
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_PDEATHSIG, signal.SIGKILL)
    return os.getppid() == parent


def _digest(site_folder: Path) -> bytes:
    return hashlib.sha256(os.fsencode(site_folder.resolve())).digest()


def _memory(record: bytes) -> int:
    import fcntl

    descriptor = os.memfd_create("safeconduct", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(descriptor, record)
    seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
    return descriptor


def _pipe(record: bytes) -> int:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        for _ in range(_PIPED_CHILDREN):
            os.write(writing, record)
    except BlockingIOError:
        pass  # a small pipe holds fewer
    finally:
        os.close(writing)
    return reading


def _read(descriptor: int) -> bytes:
    try:
        try:
            # From the start, whatever a sister process read before: the position is shared.
            return os.pread(descriptor, _RECORD_BYTES + 1, 0)
        except OSError:
            return os.read(descriptor, _RECORD_BYTES)  # a pipe has no start
        finally:
            os.close(descriptor)
    except OSError as error:
        raise KeyDescriptorRefused(number=descriptor, reason=f"{error.strerror}.") from None
