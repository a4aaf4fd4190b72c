"""The parent's end of the process that parses a file: asks, listens with a limit on silence, and ends it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import stat
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import safeconduct
from safeconduct.core.spreadsheets.faults import SheetFault
from safeconduct.core.spreadsheets.limits import Limits

_CHILD = "safeconduct.core.spreadsheets.child"
_LONGEST_ANSWER = 50_000_000


class Channel:
    """A file open in a child process. Every answer is JSON; whatever befalls the child is a SheetFault here."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.file, self.limits, self.sheet = path.name, limits, ""
        descriptor = self._open(path)
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", _CHILD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(descriptor,),
                env={"PYTHONPATH": str(Path(safeconduct.__path__[0]).parent), "PYTHONDONTWRITEBYTECODE": "1"},
            )
        finally:
            os.close(descriptor)
        self._end = weakref.finalize(self, _finish, self.process)
        self._lines = self._listen()
        self.ask({"fd": descriptor, "limits": asdict(limits)})

    def _open(self, path: Path) -> int:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except FileNotFoundError:
            raise SheetFault("sheets.not_found", file=self.file) from None
        except OSError:
            raise SheetFault("sheets.unreadable", file=self.file) from None
        kind = os.fstat(descriptor)
        fault = None
        if not stat.S_ISREG(kind.st_mode):
            fault = SheetFault("sheets.not_a_file", file=self.file)
        elif kind.st_size > self.limits.file_bytes:
            fault = SheetFault("sheets.too_large", file=self.file, limit=self.limits.file_bytes // 1_000_000)
        if fault:
            os.close(descriptor)
            raise fault
        return descriptor

    def ask(self, request: dict[str, Any]) -> None:
        """Send a request; the answer is heard afterwards."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # what it said before it ended tells why

    def hear(self) -> Any:
        """The next answer. SheetFault when it is a fault, or when there is none."""
        line = next(self._lines, None)
        if line is None:
            raise self._ended()
        try:
            answer = json.loads(line.decode("ascii"))
        except ValueError:
            raise self._ended() from None
        if isinstance(answer, dict) and "fault" in answer:
            self.close()
            raise SheetFault(answer["fault"], **{"file": self.file, "sheet": self.sheet, **answer["numbers"]})
        return answer

    def close(self) -> None:
        self._end()

    def _listen(self) -> Iterator[bytes]:
        assert self.process.stdout is not None
        source = self.process.stdout.fileno()
        rest = b""
        while True:
            ready, _, _ = select.select([source], [], [], self.limits.silent_seconds)
            if not ready:
                self.close()
                raise SheetFault("sheets.too_slow", file=self.file, sheet=self.sheet)
            block = os.read(source, 1 << 18)
            if not block:
                return
            *lines, last = block.split(b"\n")
            if lines:
                yield rest + lines[0]
                yield from lines[1:]
                rest = last
            else:
                rest += last
            if len(rest) > _LONGEST_ANSWER:
                self.close()
                raise SheetFault("sheets.stopped", file=self.file, sheet=self.sheet)

    def _ended(self) -> SheetFault:
        """It ended without a word: by its limit on time, or broken by the file."""
        before = _cpu_of_children()
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = 0
        self.close()
        spent = _cpu_of_children() - before  # what this one took is counted when it is waited for
        slow = code in (-signal.SIGXCPU, -signal.SIGKILL) and spent >= 0.9 * self.limits.cpu_seconds
        return SheetFault("sheets.too_slow" if slow else "sheets.stopped", file=self.file, sheet=self.sheet)


def _cpu_of_children() -> float:
    """Processor seconds of all processes that this one started and has waited for."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _finish(process: subprocess.Popen[bytes]) -> None:
    """Ends the process that this channel started, and waits so that none is left behind."""
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    deadline = time.monotonic() + 5
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
