"""The secret of an authenticator app, sealed: a copy of the database alone, on a server of PostgreSQL too, gives none.

AES-256-GCM with a key from the site's (`settings.FACTOR_KEY`), bound to its account: a secret that is moved to another row
does not open. The first byte says by which of our ways it was sealed.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_WAY = b"\x01"
_NONCE = 12


class NotOurs(ValueError):
    """What should be a sealed secret does not open: another site's, another account's, or damaged."""


def seal(secret: bytes, *, account: int) -> bytes:
    """Seal a secret for an account."""
    nonce = os.urandom(_NONCE)
    return _WAY + nonce + AESGCM(_key()).encrypt(nonce, secret, _bound(account))


def unseal(sealed: bytes, *, account: int) -> bytes:
    """The secret again. Raises NotOurs."""
    sealed = bytes(sealed)
    if sealed[:1] != _WAY:
        raise NotOurs
    try:
        return AESGCM(_key()).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _bound(account))
    except (InvalidTag, ValueError):
        raise NotOurs from None


def handle_of(account: int) -> bytes:
    """What an authenticator knows an account by: the same for all its passkeys here, and it says nothing of whose they are."""
    return hmac.new(_key(), b"user handle:%d" % account, hashlib.sha256).digest()


def _bound(account: int) -> bytes:
    return b"authenticator app:%d" % account


def _key() -> bytes:
    key = bytes(settings.FACTOR_KEY)
    if len(key) != 32:
        raise ImproperlyConfigured("FACTOR_KEY: 32 bytes, derived from the site's key")
    return key
