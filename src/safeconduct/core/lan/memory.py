"""Files that lie in memory only, for what a library insists on reading by a path."""

from __future__ import annotations

import os

from safeconduct.core.lan.faults import NoMemoryFile


class MemoryFile:
    """Some bytes under a path that this process and its forked children can open; nothing of it is on a disk.

    Whoever may trace these processes (the same account, root) can read it, as he can read their memory.
    """

    def __init__(self, content: bytes) -> None:
        """Raises NoMemoryFile where the system has none (memfd_create(2): Linux)."""
        if not hasattr(os, "memfd_create"):
            raise NoMemoryFile()
        self._descriptor = os.memfd_create("safeconduct", os.MFD_CLOEXEC)
        os.write(self._descriptor, content)

    @property
    def path(self) -> str:
        return f"/proc/self/fd/{self._descriptor}"

    def close(self) -> None:
        """Forget the bytes, as far as this process holds them."""
        size = os.fstat(self._descriptor).st_size
        os.pwrite(self._descriptor, bytes(size), 0)
        os.close(self._descriptor)
