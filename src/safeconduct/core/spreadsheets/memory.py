"""A file that somebody sent, held in memory: nothing of it lies readable on the disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def in_memory(content: bytes) -> Iterator[Path]:
    """A path under which this process and its children can read the content; it is gone afterwards.

    Where the system has no files in memory, a private temporary file serves, and is removed.
    """
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("sheet", os.MFD_CLOEXEC)
        try:
            with os.fdopen(os.dup(descriptor), "wb") as stream:
                stream.write(content)
            yield Path(f"/proc/{os.getpid()}/fd/{descriptor}")
        finally:
            os.close(descriptor)
    else:
        with tempfile.NamedTemporaryFile(prefix="safeconduct-") as stream:
            stream.write(content)
            stream.flush()
            yield Path(stream.name)
