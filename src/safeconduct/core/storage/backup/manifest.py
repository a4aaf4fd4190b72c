"""What an archive holds, sealed with the site's key: whoever lacks the key can neither read nor change it."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..keys import Key
from .faults import ArchiveChanged, ArchiveTooNew

FORMAT = 1
_PURPOSE = "backup manifest"
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Manifest:
    """`members`: SHA-256 of each other member by name. `tables`: rows by table, counted in the snapshot."""

    made: datetime
    engine: str
    tables: dict[str, int]
    members: dict[str, str]

    def sealed(self, key: Key) -> bytes:
        content = {**asdict(self), "made": self.made.isoformat(), "format": FORMAT}
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + _cipher(key).encrypt(nonce, json.dumps(content).encode(), _PURPOSE.encode())

    @classmethod
    def opened(cls, sealed: bytes, key: Key, path: Path) -> "Manifest":
        """Raises ArchiveChanged, ArchiveTooNew."""
        try:
            text = _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _PURPOSE.encode())
        except (InvalidTag, ValueError):
            raise ArchiveChanged(file=path) from None
        content: dict[str, Any] = json.loads(text)
        if content["format"] > FORMAT:
            raise ArchiveTooNew(file=path)
        return cls(datetime.fromisoformat(content["made"]), content["engine"], content["tables"], content["members"])


def _cipher(key: Key) -> AESGCM:
    return AESGCM(key.for_purpose(_PURPOSE))
