"""Make a backup while the site is open and being written to, and prove it before it gets its name."""

import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.utils.translation.trans_null import gettext_noop as _

from ..errors import Because
from ..keys import Key, key_of
from ..passphrase import refuse_weak
from ..seal import Seal, normal
from ..sealed import READS_PURPOSE
from ..site import FOLDERS, SiteFolder
from ..sitefile import SiteFile, sync_folder, text_of
from . import postgresql, snapshot, tar
from .faults import BackupNotProven, BackupNotWritten
from .manifest import Manifest
from .opened import Opened, key_by, open_archive
from .receipt import Receipt
from .temporary import Verify, verified


def backup(
    site: SiteFolder, target: Path, *, at: datetime, passphrase: bytes | None = None, verify: Verify | None = None
) -> Receipt:
    """Write the whole site, as of now, to one sealed file; then open that file again and check all that it holds.

    The site's key must be held. `passphrase`: one for this file alone, with a salt of its own; else it opens with the
    site's. `verify`: the caller's check of the copy (of the embedded database; one of PostgreSQL is verified when it is
    restored). The file appears under its name only when everything has passed.
    Raises SiteLocked, WeakPassphrase, BackupNotWritten, BackupNotProven.
    """
    key, target = key_of(site.path), target.absolute()
    _refuse_place(site, target)
    about = _resealed(site.about, key, passphrase)
    try:
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise BackupNotWritten(file=target, reason=f"{error.strerror}.") from None
    try:
        partial = staging / "archive"
        _write(site, about, key, partial, at)
        receipt = _prove(partial, staging, key, passphrase, verify)
        _refuse_place(site, target)
        partial.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise BackupNotWritten(file=target, reason=f"{error.strerror or error}.") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return replace(receipt, path=target)


def _refuse_place(site: SiteFolder, target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BackupNotWritten(file=target, reason=Because(_("a file of this name is there already.")))
    if target.resolve().is_relative_to(site.path.resolve()):
        raise BackupNotWritten(file=target, reason=Because(_("it would lie in the folder that it saves.")))


def _resealed(about: SiteFile, key: Key, passphrase: bytes | None) -> SiteFile:
    if passphrase is None:
        return about
    refuse_weak(normal(passphrase), site_name=about.name)
    return replace(about, seal=Seal.close(key.secret(), passphrase, bound_to=about.kind, cost=about.seal.cost))


def _write(site: SiteFolder, about: SiteFile, key: Key, partial: Path, at: datetime) -> None:
    copy = partial.with_name("database")
    # The anchor first: it then names an entry of the audit chain that the copy, taken later, is sure to hold.
    anchor = site.anchor.read_bytes() if site.anchor.exists() else None
    take = postgresql.copy_database if about.service else snapshot.copy_database
    tables = take(site.databases()["default"], key, copy)
    with partial.open("xb") as stream:
        partial.chmod(0o600)
        writer = tar.Writer(stream)
        _add(writer, tar.SITE, text_of(about).encode())
        with copy.open("rb") as content:
            writer.add(tar.DATABASE, content, copy.stat().st_size)
        copy.unlink()
        if site.reads.exists():  # after the database: the log then holds every entry that the copy's audit chain anchors
            snapshot.copy_database({"NAME": str(site.reads)}, key, copy, purpose=READS_PURPOSE)
            with copy.open("rb") as content:
                writer.add(tar.READS, content, copy.stat().st_size)
            copy.unlink()
        if anchor is not None:
            _add(writer, tar.ANCHOR, anchor)
        for name, path in _files(site):
            with path.open("rb") as content:
                writer.add(name, content, path.stat().st_size)
        manifest = Manifest(at, "postgresql" if about.service else "embedded", tables, dict(writer.sums))
        _add(writer, tar.MANIFEST, manifest.sealed(key))
        writer.close()


def _add(writer: tar.Writer, name: str, content: bytes) -> None:
    writer.add(name, io.BytesIO(content), len(content))


def _files(site: SiteFolder) -> Iterator[tuple[str, Path]]:
    """The site's files, which are written once; those still being written have a name that begins with a point."""
    for folder in FOLDERS:
        for path in sorted((site.path / folder).rglob("*")):
            parts = path.relative_to(site.path).parts
            if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in parts):
                continue
            if not tar.is_name("/".join(parts)):
                reason = Because(_("a file in %(folder)s has a name that no backup can hold."), folder=folder)
                raise BackupNotWritten(file=site.path, reason=reason)
            yield "/".join(parts), path


def _prove(partial: Path, staging: Path, key: Key, passphrase: bytes | None, verify: Verify | None) -> Receipt:
    opened = open_archive(partial, key_by(passphrase) if passphrase is not None else lambda _: key)
    proof = staging / "proof"
    proof.mkdir(mode=0o700)
    for name in (tar.DATABASE, tar.READS):
        if name in opened.members:
            opened.extract(name, proof / name)
    faults = faults_of(opened, proof / tar.DATABASE, verify)
    if faults:
        raise BackupNotProven(faults="; ".join(faults[:5]))
    return receipt_of(opened)


def faults_of(opened: Opened, database: Path, verify: Verify | None) -> list[str]:
    """What is wrong with the database of an opened archive, unpacked at `database`."""
    if opened.manifest.engine == "postgresql":
        return postgresql.faults_of_copy(database, opened.key, opened.manifest.tables)
    faults = snapshot.faults_of_copy(database, opened.key, opened.manifest.tables)
    return faults or verified(database, opened.key, verify)


def receipt_of(opened: Opened) -> Receipt:
    with opened.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    files = len(opened.members) - len({tar.SITE, tar.DATABASE, tar.READS, tar.MANIFEST, tar.ANCHOR} & opened.members.keys())
    manifest = opened.manifest
    return Receipt(opened.path, manifest.made, digest, opened.path.stat().st_size, manifest.tables, files)
