"""The one name under which a team finds the site: which names may be, and whether it leads here."""

from __future__ import annotations

import ipaddress
import re
import socket
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation.trans_null import gettext_noop

from safeconduct.core.lan.faults import NameRefused
from safeconduct.core.storage.errors import Because

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_LONGEST = 253  # RFC 1035, 2.3.4
_SIOCGIFADDR = 0x8915


def checked_name(text: str) -> str:
    """The name in small letters. Raises NameRefused.

    An authority that vouches for a name vouches for all below it (RFC 5280, 4.2.1.10). So a single label is refused, and what
    looks like a country's or a registry's own ending ("co.uk").
    """
    name = text.lower()
    labels = name.split(".")

    def refuse(reason: str) -> NameRefused:
        return NameRefused(name=text, reason=Because(reason))

    if _is_address(name):
        raise refuse(gettext_noop("it is an address, and an address changes."))
    if len(name) > _LONGEST or not all(_LABEL.fullmatch(label) for label in labels):
        raise refuse(gettext_noop("a name has Latin letters, digits and hyphens, parted by dots."))
    if len(labels) < 2 or labels[-1].isdigit() or labels[-1] == "localhost":
        raise refuse(gettext_noop("it needs two parts, such as camp.local."))
    if len(labels) == 2 and all(len(label) <= 3 for label in labels) and labels[1] != "lan":
        raise refuse(gettext_noop("it may be the ending of a whole country's names."))
    return name


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Leads:
    """Where a name leads, asked on this machine, and which addresses this machine has."""

    to: tuple[str, ...]
    here: tuple[str, ...]

    @property
    def nowhere(self) -> bool:
        return not self.to

    @property
    def elsewhere(self) -> bool:
        return bool(self.to) and not any(_is_ours(address) for address in self.to)


def where_it_leads(name: str) -> Leads:
    """Ask this machine where a name leads. Never fails."""
    try:
        found = {str(told[4][0]) for told in socket.getaddrinfo(name, None, proto=socket.IPPROTO_TCP)}
    except (OSError, UnicodeError):
        found = set()
    return Leads(tuple(sorted(found)), tuple(own_addresses()))


def own_addresses() -> Iterable[str]:
    """This machine's IPv4 addresses in its networks, where the system tells them; its own loop is not among them."""
    if sys.platform != "linux":
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _number, card in socket.if_nameindex():
            try:
                told = fcntl.ioctl(asked.fileno(), _SIOCGIFADDR, struct.pack("256s", card.encode()[:15]))
            except OSError:
                continue  # a card without an address
            found.append(socket.inet_ntoa(told[20:24]))
    return sorted(address for address in found if not ipaddress.ip_address(address).is_loopback)


def _is_ours(address: str) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asked:
        try:
            asked.bind((address, 0))
        except OSError:
            return False
    return True
