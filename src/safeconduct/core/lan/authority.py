"""The site's own certificate authority: it vouches for one name, and its key lies sealed under the site's key.

Two files in the site's folder: `authority.crt` (public, what each machine is told to trust) and `authority.key` (AES-256-GCM
under a key derived from the site's, bound to the certificate). What somebody could do who steals both and the passphrase
is limited by the certificate itself: servers of this name and those below it, no address, no further authority.
Source: RFC 5280 (4.2.1.9, 4.2.1.10, 4.2.1.12); CA/Browser Forum, Baseline Requirements, 7.1.2.5.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from safeconduct.core.lan.faults import AnotherName, AuthorityOver, AuthorityUnreadable, ClockBehind
from safeconduct.core.storage.api import SiteFolder
from safeconduct.core.storage.sitefile import write_private

CERTIFICATE, SEALED_KEY = "authority.crt", "authority.key"
_AUTHORITY_LASTS = timedelta(days=5 * 365)
_SERVER_LASTS = timedelta(days=14)
_RENEW_BEFORE = timedelta(days=7)
_SLOW_CLOCKS = timedelta(days=2)  # clocks of the team that are behind by less do not refuse the site
_NONCE_BYTES = 12
_LABEL = b"safeconduct authority key 1\n"


@dataclass(frozen=True)
class ServerCertificate:
    """What the server shows, with the key to it: PEM, only ever in memory."""

    chain: bytes
    key: bytes
    ends: datetime

    def due(self, at: datetime) -> bool:
        """Whether it is time for the next one; also where the clock was set back to before it was made."""
        return at >= self.ends - _RENEW_BEFORE or at < self.ends - _SERVER_LASTS - _SLOW_CLOCKS


class Authority:
    """A site's authority, unlocked."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        self.certificate = certificate
        self._key = key

    @classmethod
    def of(cls, site: SiteFolder, name: str, *, at: datetime, renew: bool = False) -> Authority:
        """The site's authority for this name; made at the first time, or anew with `renew`. The site must be unlocked.

        Raises AnotherName, AuthorityUnreadable, ClockBehind, AuthorityOver.
        """
        if at < site.about.created - _SLOW_CLOCKS:  # an authority of the past would be refused as ended
            raise ClockBehind(now=_told(at), start=_told(site.about.created))
        paths = site.path / CERTIFICATE, site.path / SEALED_KEY
        if renew or not any(path.exists() for path in paths):
            authority = cls._make(name, at)
            authority._keep(*paths, site.secret_for("authority"))
            return authority
        authority = cls._read(*paths, site.secret_for("authority"))
        authority._refuse_unfit(name, at)
        return authority

    @property
    def name(self) -> str:
        """The one name that it vouches for."""
        limits = self.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
        return str((limits.permitted_subtrees or [])[0].value)

    def issue(self, *, at: datetime) -> ServerCertificate:
        """A certificate of a fortnight for the server, with a key of its own. Raises ClockBehind, AuthorityOver."""
        self._refuse_unfit(self.name, at)
        key = ec.generate_private_key(ec.SECP256R1())
        ends = min(at + _SERVER_LASTS, self.certificate.not_valid_after_utc)
        made = (
            _builder(self.name, self.certificate.subject, key, at - _SLOW_CLOCKS, ends)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(self.name)]), critical=False)
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.certificate.public_key()),  # type: ignore[arg-type]
                critical=False,
            )
            .sign(self._key, SHA256())
        )
        chain = made.public_bytes(Encoding.PEM) + self.certificate.public_bytes(Encoding.PEM)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return ServerCertificate(chain, private, ends)

    @classmethod
    def _make(cls, name: str, at: datetime) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        # A mark of its own, so that two authorities of one name are told apart; nothing of the site: it lies open on machines.
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} authority {secrets.token_hex(3).upper()}")])
        nowhere = [x509.IPAddress(ipaddress.ip_network(every)) for every in ("0.0.0.0/0", "::/0")]
        made = (
            _builder(None, subject, key, at - _SLOW_CLOCKS, at + _AUTHORITY_LASTS, subject)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.NameConstraints([x509.DNSName(name)], nowhere), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .sign(key, SHA256())
        )
        return cls(made, key)

    @classmethod
    def _read(cls, certificate: Path, sealed: Path, secret: bytes) -> Authority:
        try:
            read = x509.load_pem_x509_certificate(certificate.read_bytes())
            content = sealed.read_bytes()
            private = AESGCM(secret).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], _bound_to(read))
            key = load_der_private_key(private, None)
            if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != read.public_key():
                raise AuthorityUnreadable()
            authority = cls(read, key)
            authority.name  # noqa: B018  (fails where it vouches for no name)
        except (OSError, ValueError, InvalidTag, x509.ExtensionNotFound, IndexError):
            raise AuthorityUnreadable() from None
        return authority

    def _keep(self, certificate: Path, sealed: Path, secret: bytes) -> None:
        private = self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        nonce = secrets.token_bytes(_NONCE_BYTES)
        write_private(sealed, nonce + AESGCM(secret).encrypt(nonce, private, _bound_to(self.certificate)))
        write_private(certificate, self.certificate.public_bytes(Encoding.PEM))

    def _refuse_unfit(self, name: str, at: datetime) -> None:
        if self.name != name:
            raise AnotherName(known=self.name, name=name)
        start, end = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if at < start:
            raise ClockBehind(now=_told(at), start=_told(start + _SLOW_CLOCKS))
        if at >= end:
            raise AuthorityOver(now=_told(at), end=_told(end))


def fingerprint(pem: bytes) -> list[str]:
    """The SHA-256 of a certificate as four rows of four groups, to be compared by eye."""
    digest = hashlib.sha256(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)).hexdigest().upper()
    groups = [digest[start : start + 4] for start in range(0, 64, 4)]
    return [" ".join(groups[row : row + 4]) for row in range(0, 16, 4)]


def _builder(
    name: str | None, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, end: datetime,
    subject: x509.Name | None = None,
) -> x509.CertificateBuilder:  # fmt: skip
    subject = subject or x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name or "")])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    """A server signs its handshakes; an authority signs certificates and nothing else."""
    return x509.KeyUsage(
        digital_signature=signs, key_cert_sign=not signs, crl_sign=False, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _bound_to(certificate: x509.Certificate) -> bytes:
    return _LABEL + certificate.public_bytes(Encoding.DER)


def _told(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
