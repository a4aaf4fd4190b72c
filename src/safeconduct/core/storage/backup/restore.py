"""Restore a backup into a new folder: every check comes before the folder gets its name."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..errors import FolderInUse
from ..keys import Key
from ..passphrase import refuse_weak
from ..seal import Seal, normal
from ..site import FOLDERS, SiteFolder, build
from ..sitefile import SiteFile, text_of, write_private
from . import postgresql, tar
from .faults import NoRoom, NotABackup, RestoreNotProven
from .make import faults_of, receipt_of
from .opened import Opened, key_by, open_archive
from .receipt import Receipt
from .temporary import Verify

_MEGABYTE = 1_000_000


def restore(
    archive: Path, target: Path, passphrase: bytes, *, service: str = "", verify: Verify | None = None,
    key_for: Callable[[SiteFile], Key] | None = None,
) -> Receipt:  # fmt: skip
    """Make a site's folder from a backup. It opens with the passphrase that opened the backup.

    `key_for`: another way to the key than the passphrase (officers' shares); the new folder then opens with `passphrase`.

    `service`: for a site on PostgreSQL, the libpq service of an empty database, if it is another one than before.
    `verify`: the caller's check of the restored records. The folder appears under its name only when all has passed.
    Raises NotABackup, ArchiveDamaged, ArchiveRefused, ArchiveChanged, ArchiveTooNew, WrongPassphrase, NoRoom,
    DatabaseInUse, RestoreNotProven, FolderInUse.
    """
    if not archive.is_file():
        raise NotABackup(file=archive)
    if key_for is not None:
        refuse_weak(normal(passphrase))
    opened = open_archive(archive, key_for or key_by(passphrase))
    if key_for is not None:
        seal = Seal.close(opened.key.secret(), passphrase, bound_to=opened.about.kind, cost=opened.about.seal.cost)
        opened = replace(opened, about=replace(opened.about, seal=seal, recovery=None))
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderInUse(folder=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _refuse_without_room(opened, target)

    def fill(folder: Path) -> None:
        _unpack(opened, folder, passphrase, service)
        faults = faults_of(opened, folder / tar.DATABASE, verify)
        if not faults and opened.manifest.engine == "postgresql":
            database = SiteFolder(folder).databases()["default"]
            faults = postgresql.load_database(folder / tar.DATABASE, opened, database, verify)
            (folder / tar.DATABASE).unlink()
        if faults:
            raise RestoreNotProven(faults="; ".join(faults[:5]))

    build(target, fill)
    return replace(receipt_of(opened), path=target)


def _unpack(opened: Opened, folder: Path, passphrase: bytes, service: str) -> None:
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700)
    for name in opened.members:
        if name in (tar.SITE, tar.MANIFEST):
            continue
        # The names were held against a closed list when the archive was read: they stay inside the folder.
        path = folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened.extract(name, path)
    about = replace(opened.about, service=service) if service and opened.about.service else opened.about
    write_private(folder / tar.SITE, text_of(about).encode())
    if about.kind == "demonstration":
        write_private(folder / "key", normal(passphrase) + b"\n")


def _refuse_without_room(opened: Opened, target: Path) -> None:
    free = shutil.disk_usage(target.parent).free
    if opened.size > free:
        raise NoRoom(needed=opened.size // _MEGABYTE + 1, free=free // _MEGABYTE)
