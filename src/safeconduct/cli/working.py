"""`safeconduct work`: does what was asked for in the background, and what is due every day. Served sites start it by themselves."""

from __future__ import annotations

import signal
import threading
import time
from typing import Annotated, Any

import typer

from safeconduct.cli.opening import KeyFd, KeyFile, Site, opened
from safeconduct.core.languages.shell import gettext as _

LOOKS_EVERY = 1.0  # seconds between two looks at the queue
EVERY_DAY = 24 * 3600.0


def app_working(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("work")(work)


def work(
    once: Annotated[bool, typer.Option("--once", help="Do what waits, and end.")] = False,
    site: Site = None,
    key_file: KeyFile = None,
    key_fd: KeyFd = None,
) -> None:
    """Do the long work that people asked for on pages, and every day the rules of retention. Ends with Ctrl+C."""
    over = threading.Event()
    if not once:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
    with opened(site, key_file, key_fd) as here:
        from django.db import connections

        from safeconduct.core import clock
        from safeconduct.core.jobs.api import work_once
        from safeconduct.flows.keeping.tidying import tidy

        done, due = 0, 0.0
        while not over.is_set():
            if time.monotonic() >= due and not here.folder.is_travelling:  # what is kept how long is decided in the register
                tidy(at=clock.now(), real=clock.real())
                due = time.monotonic() + EVERY_DAY
            if work_once() is not None:
                done += 1
            elif once:
                break
            else:
                _rest(connections)
                over.wait(LOOKS_EVERY)
    typer.echo(_("Done: %(jobs)s.") % {"jobs": done}, err=True)


def _rest(connections: Any) -> None:
    """Nothing waits: what was read is let go, so that others can tidy the database."""
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()
