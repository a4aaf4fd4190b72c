"""How to trust the site's authority on each kind of machine: said by `safeconduct serve --lan` and by the page /trust/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """One kind of machine: what it is called, and what is done there, step by step. `commands` are typed as they stand."""

    machine: Any
    steps: tuple[Any, ...] = ()
    commands: tuple[str, ...] = ()


def ways(name: str) -> list[Way]:
    """The steps on every kind of machine, after the fingerprint was compared."""
    return [
        Way(_("Firefox"), (
            _("Open Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import, and choose authority.crt."),
            _("Choose View and compare the SHA-256 fingerprint; then tick “Trust this CA to identify websites”."),
        )),
        Way(_("Chromium and Chrome on Linux"), (
            _("Open Settings, Privacy and security, Security, Manage certificates, Custom, Installed by you, Trusted Certificates, "
              "Import, and choose authority.crt."),
        )),
        Way(_("Debian and Ubuntu, for programs other than browsers"), (), (
            "openssl x509 -in authority.crt -noout -fingerprint -sha256",
            f"sudo cp authority.crt /usr/local/share/ca-certificates/{name}.crt",
            "sudo update-ca-certificates",
        )),
        Way(_("Windows"), (
            _("Compare the line “Cert Hash(sha256)” that this command prints. Then open the file, choose Install Certificate, "
              "Local Machine, and the store “Trusted Root Certification Authorities”."),
        ), ("certutil -dump authority.crt",)),
        Way(_("macOS"), (
            _("Open the file; Keychain Access takes it in. Open the certificate there, compare the SHA-256 fingerprint, and under "
              "Trust choose “Always Trust”."),
        )),
        Way(_("Android"), (
            _("Bring the file to the phone. Open Settings, Security, More security settings, Encryption & credentials, Install a "
              "certificate, CA certificate."),
            _("Afterwards compare the fingerprint under Trusted credentials, User; remove it at once if it differs."),
        )),
        Way(_("iPhone and iPad"), (
            _("Bring the file to the device and open it. Open Settings, Profile Downloaded, More Details, and compare the "
              "fingerprint; then choose Install."),
            _("Then open Settings, General, About, Certificate Trust Settings, and switch the authority on."),
        )),
    ]  # fmt: skip
