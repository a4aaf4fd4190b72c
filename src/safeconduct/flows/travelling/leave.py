"""Making a copy: what goes is written down and logged first, then the folder is filled, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from itertools import groupby
from pathlib import Path

from django.db import models, transaction
from django.utils.translation import gettext_noop

from safeconduct.core.access import guard
from safeconduct.core.access.api import Account, Actor
from safeconduct.core.reads.api import LEFT, recording, seen
from safeconduct.core.storage.api import SiteFolder, connected
from safeconduct.core.storage.errors import Because, FolderInUse, StorageFault
from safeconduct.register.api import Taken, declare_lost, take_along


class CopyNotMade(StorageFault):
    code = "storage.copy_not_made"
    says = gettext_noop("The travelling copy was not made: %(reason)s.")
    mend = gettext_noop("Nothing left. Look at the disk, and run the command again.")


def leave(
    home: SiteFolder, target: Path, *, by: Actor, passphrase: bytes, cases: Collection[int], due_on: date, at: datetime,
) -> Taken:  # fmt: skip
    """Take cases along into a new folder, sealed under a passphrase of its own.

    Raises what `take_along` refuses, FolderInUse, WeakPassphrase, CopyNotMade.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderInUse(folder=target)
    with recording(by, "travel take"):
        taken = take_along(by=by, numbers=cases, due_on=due_on, at=at)
        seen(taken.people, LEFT)
    if not home.is_demonstration:
        _give_own_password(taken, passphrase)
    try:
        SiteFolder.create(
            target, name=home.about.name, kind=home.about.kind, created=datetime.now().astimezone(), passphrase=passphrase,
            zone=home.about.zone, languages=home.about.languages, today=home.about.today, travel=str(taken.travel.pk),
            prepare=partial(_fill, taken=taken, passphrase=passphrase),
        )  # fmt: skip
    except BaseException as fault:
        declare_lost(by=by, travel=taken.travel, at=at)
        if isinstance(fault, OSError) and not isinstance(fault, StorageFault):
            raise CopyNotMade(reason=Because("%(why)s", why=fault.strerror or fault)) from None
        raise
    return taken


def _give_own_password(taken: Taken, passphrase: bytes) -> None:
    """On the copy its passphrase is the password too: what opens the register's pages is not on a laptop, in whatever form."""
    for row in taken.rows:
        if isinstance(row, Account) and row.is_active:
            row.set_password(passphrase.decode())


def _fill(copy: SiteFolder, *, taken: Taken, passphrase: bytes) -> None:
    _make_tables(copy, passphrase)
    with (
        connected(copy.databases()["default"]) as connection,
        guard.filling(connection.alias),
        transaction.atomic(connection.alias),
    ):
        for model, rows in groupby(sorted(taken.rows, key=lambda row: row._meta.label_lower), key=type):
            manager: models.Manager[models.Model] = model._base_manager
            manager.using(connection.alias).bulk_create(list(rows), batch_size=200)


def _make_tables(copy: SiteFolder, passphrase: bytes) -> None:
    """In a process of its own: migrations that move data know one database only."""
    read, write = os.pipe()
    try:
        with os.fdopen(write, "wb") as pipe:
            pipe.write(passphrase + b"\n")
        command = [sys.executable, "-m", "safeconduct.cli", "migrate", "--site", str(copy.path), "--key-fd", str(read)]
        done = subprocess.run(command, pass_fds=[read], capture_output=True, text=True)
    finally:
        os.close(read)
    if done.returncode:
        raise CopyNotMade(reason=done.stderr.strip().rstrip(".") or done.returncode)
