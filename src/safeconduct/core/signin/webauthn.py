"""Passkeys: what is asked of an authenticator, and what its answer proves. The proof itself is python-fido2's.

A passkey here is discoverable and verifies its user (PIN, finger, face): it is two factors in one, and opens the site alone.
Source: W3C Web Authentication, Level 3, sections 7.1 and 7.2; OWASP ASVS 5.0, 6.3.3.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from safeconduct.core.signin.codes import ISSUER

REQUIRED = UserVerificationRequirement.REQUIRED


class NoProof(ValueError):
    """What the browser sent proves nothing."""


@dataclass(frozen=True)
class Made:
    """A new passkey: its id and public key in one, as they are kept, and how often it says it was used."""

    credential: bytes
    digest: str
    uses: int


@dataclass(frozen=True)
class Shown:
    """What a passkey showed: which one it is, how often it says it was used, and the user handle that it sent."""

    digest: str
    uses: int
    handle: bytes


def host_of(request: HttpRequest) -> str:
    """The name under which passkeys of this page answer."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def ask_new(request: HttpRequest, *, handle: bytes, label: str, known: Iterable[bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked for to make a passkey, and what must be kept until its answer."""
    asked, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=label, display_name=label),
        credentials=_descriptors(known),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=REQUIRED,
    )
    return _plain(asked), dict(state)


def made(request: HttpRequest, state: Any, answer: Any) -> Made:
    """The passkey that was made. Raises NoProof."""
    try:
        registration = RegistrationResponse.from_dict(answer)
        _not_framed(registration.response.client_data)
        data = _server(request).register_complete(state, registration)
        found = data.credential_data
        if found is None:
            raise NoProof
        return Made(bytes(found), digest_of(found.credential_id), data.counter)
    except NoProof:
        raise
    except Exception as wrong:  # whatever is sent, it is no proof; the library answers with many kinds of exceptions
        raise NoProof from wrong


def ask(request: HttpRequest, known: Iterable[bytes] | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked for to use a passkey: one of those known, or any that it finds for this site."""
    asked, state = _server(request).authenticate_begin(
        credentials=None if known is None else _descriptors(known), user_verification=REQUIRED
    )
    return _plain(asked), dict(state)


def which(answer: Any) -> str:
    """The digest of the passkey that an answer says it comes from; nothing is proven yet. Raises NoProof."""
    try:
        return digest_of(AuthenticationResponse.from_dict(answer).raw_id)
    except Exception as wrong:
        raise NoProof from wrong


def shown(request: HttpRequest, state: Any, credential: bytes, answer: Any) -> Shown:
    """What an answer proves of one passkey. Raises NoProof."""
    try:
        authentication = AuthenticationResponse.from_dict(answer)
        _not_framed(authentication.response.client_data)
        known = AttestedCredentialData(bytes(credential))
        _server(request).authenticate_complete(state, [known], authentication)
        data = authentication.response
        return Shown(digest_of(known.credential_id), data.authenticator_data.counter, data.user_handle or b"")
    except NoProof:
        raise
    except Exception as wrong:
        raise NoProof from wrong


def digest_of(credential_id: bytes) -> str:
    """By what a passkey is found again."""
    return hashlib.sha256(credential_id).hexdigest()


def is_copied(kept: int, shown_uses: int) -> bool:
    """Whether a passkey's counter went back, so that there must be two of it (WebAuthn, 6.1.1). 0: it does not count."""
    return (kept or shown_uses) != 0 and shown_uses <= kept


def same(one: bytes, other: bytes) -> bool:
    """Whether two user handles are the same."""
    return hmac.compare_digest(one, other)


def _plain(asked: Any) -> dict[str, Any]:
    return dict(json.loads(json.dumps(dict(asked), default=dict)))


def _not_framed(client: Any) -> None:
    if client.cross_origin:
        raise NoProof


def _server(request: HttpRequest) -> Fido2Server:
    origin = f"{'https' if request.is_secure() else 'http'}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host_of(request), name=ISSUER),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda told: told == origin,
    )


def _descriptors(credentials: Iterable[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=AttestedCredentialData(bytes(each)).credential_id)
        for each in credentials
    ]
