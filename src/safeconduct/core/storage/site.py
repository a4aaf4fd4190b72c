"""A site is a folder: site.toml, the sealed database, sealed files, what comes in, and the audit chain's anchor."""

import os
import secrets
import shutil
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from . import keys
from .errors import FolderInUse, NoSite
from .passphrase import refuse_weak
from .seal import Cost, Seal, normal
from .sealed import open_sealed
from .sitefile import NAME, Kind, SiteFile, read_site_file, sync_folder, text_of, write_private

DATABASE, READS = "database.sqlite3", "reads.sqlite3"
FOLDERS = ("files", "incoming")
_DEMONSTRATION = Path("demo-site")


class SiteFolder:
    """The folder of one site (`path`), and what its site.toml says (`about`)."""

    def __init__(self, path: Path) -> None:
        """Raises NotASite."""
        self.path = path.absolute()
        self.about: SiteFile = read_site_file(self.path)

    @classmethod
    def find(cls, explicit: Path | None = None, *, environ: Mapping[str, str] = os.environ) -> "SiteFolder":
        """The site named, else the one of SAFECONDUCT_SITE, else ./demo-site. Raises NoSite, NotASite."""
        named = explicit or environ.get("SAFECONDUCT_SITE")
        if named:
            return cls(Path(named))
        if _DEMONSTRATION.is_dir():
            return cls(_DEMONSTRATION)
        raise NoSite()

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        name: str,
        kind: Kind,
        created: datetime,
        passphrase: bytes = b"",
        zone: str = "UTC",
        languages: tuple[str, ...] = ("en", "fa", "ar"),
        today: date | None = None,
        service: str = "",
        cost: Cost | None = None,
        travel: str = "",
        prepare: "Callable[[SiteFolder], None] | None" = None,
    ) -> "SiteFolder":
        """Make the folder of a new site with an empty sealed database, whole or not at all. It is not yet unlocked.

        A demonstration may come without a passphrase: one is made. Its passphrase lies in the folder (`key`), a real
        site's nowhere. `travel`: it is the copy of one. `prepare` fills the folder (migrations, first records) while it
        still has another name, under which it is unlocked. Raises FolderInUse, WeakPassphrase, and ValueError for what
        site.toml can't hold.
        """
        if kind == "demonstration" and not passphrase:
            passphrase = secrets.token_urlsafe(24).encode()
        passphrase = normal(passphrase)
        refuse_weak(passphrase, site_name=name)
        key = keys.Key.fresh(proven=True)
        seal = Seal.close(key.secret(), passphrase, bound_to=kind, cost=cost)
        about = SiteFile(name, kind, created, zone, languages, seal, service, today, travel=travel)

        def fill(partial: Path) -> None:
            _furnish(partial, about, key)
            if kind == "demonstration":
                write_private(partial / "key", passphrase + b"\n")
            if prepare:
                _prepare(cls(partial), key, prepare)

        build(path, fill)
        key.forget()
        return cls(path)

    @property
    def is_demonstration(self) -> bool:
        return self.about.kind == "demonstration"

    @property
    def is_travelling(self) -> bool:
        """Whether this is a travelling copy of some cases of another site."""
        return bool(self.about.travel)

    @property
    def database(self) -> Path:
        return self.path / DATABASE

    @property
    def key_file(self) -> Path:
        """A demonstration's passphrase. A real site has none in its folder."""
        return self.path / "key"

    @property
    def anchor(self) -> Path:
        return self.path / "anchor.json"

    @property
    def reads(self) -> Path:
        """The log of who read whom (`core.reads`)."""
        return self.path / READS

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def incoming(self) -> Path:
        return self.path / "incoming"

    def unlock(self, passphrase: bytes) -> None:
        """Hold the site's key in this process and see that it opens the database. Raises WrongPassphrase and others."""
        keys.unlock(self.path, passphrase)
        self._prove()

    def unlock_with(self, key: keys.Key) -> None:
        """Hold a key that was found otherwise than by the passphrase, and see that it opens the database."""
        keys.hold(self.path, key)
        self._prove()

    def _prove(self) -> None:
        try:
            if not self.about.service:
                open_sealed(self.database, keys.key_of(self.path)).close()
        except BaseException:
            self.lock()
            raise

    def lock(self) -> None:
        """Forget the key. Close the database connections first."""
        keys.lock(self.path)

    @property
    def is_unlocked(self) -> bool:
        return keys.is_unlocked(self.path)

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes for one purpose, derived from the key ("files", "inbox", …). Raises SiteLocked."""
        return keys.key_of(self.path).for_purpose(purpose)

    def django_secret(self) -> str:
        """Django's SECRET_KEY: derived from the key, so that the folder holds none in the plain. Raises SiteLocked."""
        return self.secret_for("django").hex()

    def databases(self) -> dict[str, dict[str, Any]]:
        """Django's DATABASES. Holds no secret."""
        if self.about.service:
            engine: dict[str, Any] = {
                "ENGINE": "django.db.backends.postgresql",
                "OPTIONS": {"service": self.about.service},
            }
        else:
            engine = {"ENGINE": "safeconduct.core.storage.sqlcipher", "NAME": str(self.database)}
        return {"default": {**engine, "CONN_MAX_AGE": None}}

    def open_to_others(self) -> list[str]:
        """Names in the folder, and the folder, that other accounts of the machine could read or change."""
        names = [self.path, *self.path.rglob("*")]
        found = [name for name in names if not name.is_symlink() and stat.S_IMODE(name.stat().st_mode) & 0o077]
        return sorted(str(name.relative_to(self.path.parent)) for name in found)

    def change_passphrase(self, passphrase: bytes, *, forget_shares: bool = False) -> None:
        """Seal the same key under another passphrase; older backups still open with the old one. Raises SiteLocked.

        `forget_shares`: shares that officers hold open it no more.

        Raises WeakPassphrase too. site.toml is replaced at once or not at all.
        """
        refuse_weak(normal(passphrase), site_name=self.about.name)
        secret = keys.key_of(self.path).secret()
        seal = Seal.close(secret, passphrase, bound_to=self.about.kind, cost=self.about.seal.cost)
        self.about = replace(self.about, seal=seal, **({"recovery": None} if forget_shares else {}))
        write_private(self.path / NAME, text_of(self.about).encode())
        if self.is_demonstration:
            write_private(self.key_file, normal(passphrase) + b"\n")


def destroy(site: SiteFolder) -> None:
    """Take a site away for good: first what opens its key, so that nothing opens the rest, then every file."""
    for path in (site.path / NAME, site.key_file):
        if path.exists():
            path.write_bytes(os.urandom(path.stat().st_size))
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
    shutil.rmtree(site.path)
    sync_folder(site.path.parent)


def build(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a folder whole or not at all: `fill` works in one of another name beside it. Raises FolderInUse."""
    path = path.absolute()
    if path.is_symlink() or (path.exists() and not path.is_dir()) or (path.is_dir() and any(path.iterdir())):
        raise FolderInUse(folder=path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    partial.mkdir(mode=0o700)
    try:
        fill(partial)
        for folder in [partial, *(child for child in partial.rglob("*") if child.is_dir())]:
            sync_folder(folder)
        try:
            partial.rename(path)
        except OSError:
            raise FolderInUse(folder=path) from None
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    sync_folder(path.parent)


def _prepare(site: SiteFolder, key: keys.Key, prepare: Callable[[SiteFolder], None]) -> None:
    keys.hold(site.path, key)
    try:
        prepare(site)
    finally:
        if settings.configured:
            connections.close_all()  # before the folder changes its name
        site.lock()


def _furnish(partial: Path, about: SiteFile, key: keys.Key) -> None:
    for folder in FOLDERS:
        (partial / folder).mkdir(mode=0o700)
    if not about.service:
        # The mode first: SQLite gives its log and its index the mode of the database.
        os.close(os.open(partial / DATABASE, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        open_sealed(partial / DATABASE, key, create=True).close()
    write_private(partial / NAME, text_of(about).encode())
