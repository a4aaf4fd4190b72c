"""How a file is sealed: under a key of its own, which stands in its record wrapped under the site's.

Forgetting the wrapped key is what erases a document: no copy of the file opens any more. AES-256-GCM (NIST SP 800-38D), bound to
the record, so that neither file nor key serves another. The length is padded, that a disk may not tell which paper it is
(PADMÉ: Nikitin and others, Reducing Metadata Leakage from Encrypted Files, 2019; at most 12 % more).
"""

from __future__ import annotations

import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_WAY = b"\x01"
_NONCE, _KEY, _LENGTH = 12, 32, 8


class DoesNotOpen(ValueError):
    """A file or a key that is another's, or was changed."""


def fresh_key() -> bytes:
    """A key for one file."""
    return secrets.token_bytes(_KEY)


def wrap(key: bytes, *, bound_to: str) -> bytes:
    """A file's key under the site's, for its record."""
    nonce = os.urandom(_NONCE)
    return _WAY + nonce + AESGCM(_site_key()).encrypt(nonce, key, _bound("key", bound_to))


def unwrap(wrapped: bytes, *, bound_to: str) -> bytes:
    """The key again. Raises DoesNotOpen."""
    return _opened(_site_key(), bytes(wrapped), _bound("key", bound_to))


def close(content: bytes, key: bytes, *, bound_to: str) -> bytes:
    """A file as it lies on the disk."""
    told = len(content).to_bytes(_LENGTH, "big") + content
    nonce = os.urandom(_NONCE)
    padded = told + bytes(padded_length(len(told)) - len(told))
    return _WAY + nonce + AESGCM(key).encrypt(nonce, padded, _bound("file", bound_to))


def open_again(sealed: bytes, key: bytes, *, bound_to: str) -> bytes:
    """What was sealed. Raises DoesNotOpen."""
    told = _opened(key, sealed, _bound("file", bound_to))
    length = int.from_bytes(told[:_LENGTH], "big")
    return told[_LENGTH : _LENGTH + length]


def padded_length(length: int) -> int:
    """PADMÉ: the next length of which few bits say anything. Lengths below 4 KiB are one."""
    length = max(length, 4096)
    exponent = length.bit_length() - 1
    free = exponent - exponent.bit_length()
    mask = (1 << free) - 1
    return (length + mask) & ~mask


def _opened(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    if sealed[:1] != _WAY:
        raise DoesNotOpen
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], bound)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def _bound(what: str, to: str) -> bytes:
    return f"safeconduct document {what}:{to}".encode()


def _site_key() -> bytes:
    key = bytes(settings.DOCUMENTS_KEY)
    if len(key) != _KEY:
        raise ImproperlyConfigured("DOCUMENTS_KEY: 32 bytes, derived from the site's key")
    return key
