"""The codes of an authenticator app.

Source: RFC 6238 (TOTP) with the parameters that every app knows: HMAC-SHA-1, six digits, half a minute. A code counts once
(RFC 6238, 5.2; OWASP ASVS 5.0, 6.5.1), and one half minute early or late, for a phone's clock that is a little off.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from urllib.parse import quote

import qrcode
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from qrcode.constants import ERROR_CORRECT_M

STEP = 30
DIGITS = 6
# What the app shows. It does not say of which site: phones are searched on the way.
ISSUER = "Sign-in"


def new_secret() -> bytes:
    """160 random bits (RFC 4226, 4)."""
    return secrets.token_bytes(20)


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of one half minute, counted from 1970."""
    return TOTP(secret, digits, SHA1(), STEP).generate(step * STEP).decode()


def step_of(secret: bytes, code: str, *, now: float, after: int) -> int | None:
    """The half minute whose code this is: the present one or a neighbour, and later than `after`; else None."""
    present = int(now // STEP)
    found = None
    for step in (present - 1, present, present + 1):  # all three: how long it takes says nothing
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def in_groups(secret: bytes) -> str:
    """The secret as it is typed into an app by hand: base32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address(secret: bytes, label: str) -> str:
    """What an app reads from the picture (the key URI format of authenticator apps)."""
    plain = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(ISSUER)}:{quote(label, safe='')}?secret={plain}&issuer={quote(ISSUER)}"


def picture(text: str) -> tuple[int, str]:
    """A QR code as one SVG path: the length of its side in modules, its quiet zone included, and the path."""
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    drawn.add_data(text)
    drawn.make(fit=True)
    rows = drawn.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return len(rows), path
