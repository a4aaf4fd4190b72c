"""The parent of every process that works for a served site: it holds the key, starts the others, and ends them all.

The web server's workers are forked from it. Other commands (`COMPANIONS`) are started beside them and get the key through a
descriptor that they inherit. Whoever dies is started again; when the parent ends, all end, also when it is killed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from granian.constants import Interfaces, SSLProtocols
from granian.server import Server

from safeconduct.core.storage import presence
from safeconduct.core.storage.api import locking
from safeconduct.core.storage.handover import Handover

APPLICATION = "safeconduct.site.wsgi:application"
# Commands of our own that run beside the pages while a site is served, each as its words after `safeconduct`.
COMPANIONS: tuple[tuple[str, ...], ...] = (("work",),)
LOCKED = 3  # how a served site ends after an emergency lock
_LAST_SECOND = 0.9  # less than a lock waits before it kills this process, too
_LOOKS_EVERY = 600  # seconds between two looks at the certificate
_PAUSE = 2.0  # seconds before a command that died is started again
_STOPS_WITHIN = 10
_AT_ONCE = 16  # requests that a worker holds at once, each with a connection to the database; the others wait


@dataclass
class Shown:
    """Where the server reads its certificate and its key; both in memory."""

    certificate: str
    key: str
    close: Callable[[], None]


class Supervisor:
    """Serves a site until it is told to end. `certificates` gives what HTTPS shows, anew at each call; None: plain HTTP."""

    def __init__(
        self, handover: Handover, *, address: str, port: int, workers: int, ended: Callable[[float], None],
        certificates: Callable[[], Shown] | None = None, due: Callable[[], bool] = lambda: False,
        companions: Sequence[Sequence[str]] = (),
    ) -> None:  # fmt: skip
        """`ended(within)`: what is done last after an emergency lock; it does not come back. `due`: a new certificate is wanted."""
        self._handover, self._ended, self._certificates, self._due = handover, ended, certificates, due
        self._companions = [Companion(words, handover) for words in companions]
        self._shown: list[Shown] = []
        self._over = threading.Event()
        self._server = Server(
            APPLICATION, address=address, port=port, interface=Interfaces.WSGI, workers=workers, log_enabled=False,
            log_access=False, workers_kill_timeout=_STOPS_WITHIN, respawn_failed_workers=True,
            blocking_threads=_AT_ONCE,
        )  # fmt: skip
        self._server.on_startup(self._listen_to_signals)
        self._server.on_reload(self._show_certificate)

    def run(self) -> bool:
        """Serve until Ctrl+C, SIGTERM or the end of the terminal. False where the workers would not stay alive."""
        presence.serve(self._handover.site_folder)
        self._show_certificate()
        watch = threading.Thread(target=self._watch_certificate, daemon=True)
        watch.start()
        for companion in self._companions:
            companion.start()
        try:
            self._server.serve(target_loader=self._handover.target(APPLICATION), wrap_loader=False)
        except SystemExit as left:
            return not left.code
        finally:
            self._over.set()
            for companion in self._companions:
                companion.stop()
            for shown in self._shown:
                shown.close()
        return True

    def _listen_to_signals(self) -> None:
        signal.signal(locking.TELL, self._lock)
        signal.signal(signal.SIGUSR2, self._server.signal_handler_reload)
        # A closed terminal ends the site; whoever wants it to stay starts it with nohup or as a service.
        kept = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        signal.signal(signal.SIGHUP, signal.SIG_IGN if kept else self._server.signal_handler_interrupt)

    def _lock(self, *_: Any) -> None:
        for worker in self._server.wrks:  # also one that was forked a moment ago
            with contextlib.suppress(Exception):
                worker.kill()
        for companion in self._companions:
            companion.kill()
        self._ended(_LAST_SECOND)

    def _show_certificate(self) -> None:
        """What workers that start from now on show. The one before stays until the next: a worker may be reading it."""
        if self._certificates is None:
            return
        try:
            shown = self._certificates()
        except Exception as fault:
            if not self._shown:
                raise
            sys.stderr.write(f"{fault}\n")  # the old one holds for days
            return
        self._shown.append(shown)
        for old in self._shown[:-2]:
            old.close()
        del self._shown[:-2]
        self._server.ssl_ctx = (True, shown.certificate, shown.key, None, str(SSLProtocols.tls13), None, [], False)

    def _watch_certificate(self) -> None:
        while not self._over.wait(_LOOKS_EVERY):
            if self._due():
                os.kill(os.getpid(), signal.SIGUSR2)


class Companion:
    """One command beside the pages, started again whenever it dies, a little later."""

    def __init__(self, words: Sequence[str], handover: Handover) -> None:
        self._words, self._handover = list(words), handover
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        # The thread that starts a process must outlive it, or the kernel would think that its parent has ended.
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; kill it where it does not."""
        self._over.set()
        if self._process is not None:
            self._process.terminate()
        self._thread.join(_STOPS_WITHIN)
        self.kill()
        self._thread.join()

    def kill(self) -> None:
        self._over.set()
        if self._process is not None:
            self._process.kill()

    def _keep(self) -> None:
        while not self._over.is_set():
            self._process = subprocess.Popen(
                [sys.executable, *self._command()], stdin=subprocess.DEVNULL, **self._handover.for_subprocess()
            )
            if self._over.is_set():
                self._process.kill()
            self._process.wait()
            self._over.wait(_PAUSE)

    def _command(self) -> list[str]:
        return ["-m", "safeconduct.cli", *self._words, "--site", str(self._handover.site_folder)]
