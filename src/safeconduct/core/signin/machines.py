"""From which machine a request comes, in words and as far as it helps: the kind of browser, its system, its address."""

from __future__ import annotations

import hashlib
import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

# What stands in the name that a browser gives itself, the more particular first: most of them also call themselves another.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("FxiOS", "Firefox"),
            ("Firefox/", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
           ("Macintosh", "macOS"), ("Linux", "Linux"))  # fmt: skip
THIS = "this machine"


def machine_of(request: HttpRequest) -> str:
    """The family of the browser and its system, without versions: an update is no other machine."""
    name = request.META.get("HTTP_USER_AGENT", "")
    browser = next((family for mark, family in BROWSERS if mark in name), "")
    system = next((family for mark, family in SYSTEMS if mark in name), "")
    if not browser:  # a programme; two of them are told apart all the same
        browser = f"other-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return f"{browser}/{system}"


def address_of(request: HttpRequest, *_axes: Any) -> str:
    """The address that a request comes from. Behind a server that speaks HTTPS, the one which that server saw."""
    header = settings.ADDRESS_HEADER
    told = request.META.get(header, "").rpartition(",")[2].strip() if header else ""
    try:
        found = ipaddress.ip_address(told or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def place_of(request: HttpRequest) -> str:
    """The address as sessions keep it: this very machine has several for itself."""
    found = address_of(request)
    return THIS if found and ipaddress.ip_address(found).is_loopback else found


def in_words(machine: str) -> str:
    """`Firefox/Windows` as a sentence's part."""
    browser, _slash, system = machine.partition("/")
    if browser.startswith("other"):
        browser = _("another programme")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
