"""The keyring: the only place where a site's key lives, in this process's memory, until it is forgotten.

A key is found by the site's folder. It appears in no setting, representation, exception, log, environment or argument.
"""

import resource
import secrets
import threading
from pathlib import Path
from typing import NoReturn

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from . import presence
from .errors import FolderNotWritable, SiteLocked
from .seal import KEY_BYTES
from .sitefile import read_site_file

_held: dict[Path, "Key"] = {}
_guard = threading.Lock()


class Key:
    """A site's 32-byte key. Gives a separate key for each purpose; shows itself to nobody."""

    __slots__ = ("_secret", "proven")

    def __init__(self, secret: bytes | bytearray, *, proven: bool = False) -> None:
        """`proven`: the seal in site.toml has already told that it is the right one."""
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._secret = bytearray(secret)
        self.proven = proven

    @classmethod
    def fresh(cls, *, proven: bool = False) -> "Key":
        return cls(secrets.token_bytes(KEY_BYTES), proven=proven)

    def for_purpose(self, purpose: str) -> bytes:
        """32 bytes for one purpose ("database", "files", …): HKDF-SHA256 (RFC 5869)."""
        if not any(self._secret):
            raise SiteLocked()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"safeconduct/{purpose}".encode()).derive(bytes(self._secret))

    def secret(self) -> bytes:
        """The key itself: only for wrapping it under a passphrase and for handing it to a child process."""
        return bytes(self._secret)

    def forget(self) -> None:
        self._secret[:] = bytes(KEY_BYTES)

    def __repr__(self) -> str:
        return "Key(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is never pickled")


def unlock(site_folder: Path, passphrase: bytes) -> None:
    """Derive the key of a site and hold it. Raises WrongPassphrase, NotASite."""
    site_file = read_site_file(site_folder)
    secret = site_file.seal.open(passphrase, bound_to=site_file.kind)
    hold(site_folder, Key(secret, proven=True))
    secret[:] = bytes(KEY_BYTES)


def hold(site_folder: Path, key: Key) -> None:
    """Hold a key for a site's folder, in place of an earlier one; an emergency lock finds whoever does.

    Raises FolderNotWritable.
    """
    try:
        presence.enter(site_folder)
    except OSError as error:
        raise FolderNotWritable(folder=site_folder, reason=error.strerror) from None
    # A crash must not write the key to disk with a memory image.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with _guard:
        _held[site_folder.resolve()] = key


def key_of(site_folder: Path) -> Key:
    """The key held for a site. Raises SiteLocked."""
    with _guard:
        try:
            return _held[site_folder.resolve()]
        except KeyError:
            raise SiteLocked() from None


def is_unlocked(site_folder: Path) -> bool:
    with _guard:
        return site_folder.resolve() in _held


def held() -> dict[Path, Key]:
    """All keys held, by folder (for the hand-over to a child process)."""
    with _guard:
        return dict(_held)


def lock(site_folder: Path | None = None) -> None:
    """Overwrite and forget the key of one site, or of all. Open connections stay open: close them first."""
    with _guard:
        for folder in [site_folder.resolve()] if site_folder else list(_held):
            if key := _held.pop(folder, None):
                key.forget()
                presence.leave(folder)
