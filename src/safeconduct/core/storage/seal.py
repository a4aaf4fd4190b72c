"""How a passphrase opens a site: it unwraps the site's key, which itself never changes.

A passphrase is stretched with Argon2id (RFC 9106) to a wrapping key; AES-256-GCM under it holds the site's random
32-byte key. Only what is needed to try a passphrase is stored: salt, costs and the wrapped key. The authentication
tag tells a wrong passphrase from a right one without touching the database, and binds costs and kind of site, so that
nobody can weaken them or pass a real site off as a demonstration by editing site.toml.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import WrongPassphrase

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_LABEL = b"safeconduct site key 1"


@dataclass(frozen=True)
class Cost:
    """Argon2id costs: passes, memory in KiB, lanes. The default takes about half a second on an old laptop."""

    passes: int = 3
    memory_kib: int = 128 * 1024
    lanes: int = 4

    def __post_init__(self) -> None:
        # A file from elsewhere must not be able to ask for all memory or a year of work.
        if not (1 <= self.passes <= 16 and 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory_kib <= 1024 * 1024):
            raise ValueError("Argon2id costs out of range")


@dataclass(frozen=True)
class Seal:
    """The wrapped site key. Holds no secret by itself."""

    salt: bytes
    cost: Cost
    wrapped: bytes = field(repr=False)

    @classmethod
    def close(cls, secret: bytes | bytearray, passphrase: bytes, *, bound_to: str, cost: Cost | None = None) -> "Seal":
        """Wrap a site key (32 bytes) under a passphrase, with a fresh salt."""
        salt, nonce, cost = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES), cost or Cost()
        cipher = AESGCM(_stretched(passphrase, salt, cost))
        return cls(salt, cost, nonce + cipher.encrypt(nonce, bytes(secret), _context(salt, cost, bound_to)))

    def open(self, passphrase: bytes, *, bound_to: str) -> bytearray:
        """The site key (32 bytes), or WrongPassphrase."""
        nonce, sealed = self.wrapped[:_NONCE_BYTES], self.wrapped[_NONCE_BYTES:]
        cipher = AESGCM(_stretched(passphrase, self.salt, self.cost))
        try:
            return bytearray(cipher.decrypt(nonce, sealed, _context(self.salt, self.cost, bound_to)))
        except InvalidTag:
            raise WrongPassphrase() from None


def normal(passphrase: bytes) -> bytes:
    """The same passphrase from any keyboard: one Unicode form (NFKC), no line end."""
    passphrase = passphrase.rstrip(b"\r\n")
    try:
        return unicodedata.normalize("NFKC", passphrase.decode()).encode()
    except UnicodeDecodeError:
        return passphrase  # a key file of random bytes


def _context(salt: bytes, cost: Cost, bound_to: str) -> bytes:
    costs = f"{cost.passes}/{cost.memory_kib}/{cost.lanes}/{bound_to}"
    return _LABEL + salt + costs.encode()


def _stretched(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        normal(passphrase),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
