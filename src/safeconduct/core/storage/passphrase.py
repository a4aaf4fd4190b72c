"""Where a passphrase comes from: a prompt, a key file, an inherited descriptor. Never an argument or the environment.

Arguments are readable by every process of the machine, and the environment by every child (ASVS 5.0, 13.3).
"""

import os
import re
import stat
import sys
from collections.abc import Callable
from getpass import getpass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation.trans_null import gettext_noop

from safeconduct.core.languages import shell

from .errors import Because, KeyDescriptorRefused, KeyFileRefused, NoPassphrase, PassphrasesDiffer, WeakPassphrase
from .seal import normal

if TYPE_CHECKING:
    from .site import SiteFolder

LEAST = 15  # characters; ASVS 5.0, 6.2.1
_LEAST_UNGUESSED = 10  # of them outside words, rows and repetitions that guessers try first
_LEAST_DIFFERENT = 8
_LONGEST = 4096  # bytes
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "ضصثقفغعهخحج", "شسیبلاتنمکگ")
_NEIGHBOURS = {pair for row in _ROWS for line in (row, row[::-1]) for pair in pairwise(line)}
_GUESSED = re.compile("safeconduct|passphrase|password|passwort|letmein|welcome|secret|admin|(19|20)[0-9]{2}")
_USUAL_REASON = Because(gettext_noop("it is empty or too long."))

Prompt = Callable[[], str]


def ask() -> str:
    """Ask at the terminal without showing what is typed. Raises NoPassphrase where there is no terminal."""
    if not sys.stdin.isatty():
        raise NoPassphrase()
    return getpass(f"{shell.gettext('Password')}: ")


def obtain(site: "SiteFolder", *, key_file: Path | None = None, key_fd: int | None = None, prompt: Prompt | None = ask) -> bytes:
    """The passphrase of a site: from the descriptor or file if one is named, else a demonstration's own, else asked.

    Raises KeyDescriptorRefused, KeyFileRefused, NoPassphrase. Whether it is the right one, `site.unlock` tells.
    """
    if key_fd is None and key_file is None and site.is_demonstration and site.key_file.exists():
        return from_file(site.key_file)
    folder = None if site.is_demonstration else site.path
    return _given(folder, key_file, key_fd) or _asked(prompt)


def given(*, key_file: Path | None = None, key_fd: int | None = None, prompt: Prompt | None = ask) -> bytes:
    """A passphrase for what is no site's folder, such as a backup: from the descriptor or file named, else asked."""
    return _given(None, key_file, key_fd) or _asked(prompt)


def obtain_new(
    folder: Path,
    *,
    site_name: str,
    key_file: Path | None = None,
    key_fd: int | None = None,
    prompt: Prompt | None = ask,
) -> bytes:
    """The passphrase for a new site, asked twice. Raises as `obtain`, and WeakPassphrase, PassphrasesDiffer."""
    passphrase = _given(folder, key_file, key_fd)
    if passphrase is None:
        passphrase = _asked(prompt)
        if passphrase != _asked(prompt):
            raise PassphrasesDiffer()
    refuse_weak(passphrase, site_name=site_name)
    return passphrase


def from_file(path: Path) -> bytes:
    """The passphrase in a key file that only its owner, this user, can read. Raises KeyFileRefused."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise KeyFileRefused(file=path, reason=f"{error.strerror}.") from None
    with os.fdopen(descriptor, "rb") as stream:
        # Asked of the open file, not of the name, which could change in between.
        if reason := _fault_of(os.fstat(descriptor)):
            raise KeyFileRefused(file=path, reason=reason)
        content = stream.read(_LONGEST + 1)
    if not _usable(content):
        raise KeyFileRefused(file=path, reason=_USUAL_REASON)
    return normal(content)


def refuse_weak(passphrase: bytes, *, site_name: str = "") -> None:
    """Refuse a passphrase that a patient guesser finds. Raises WeakPassphrase."""
    text = passphrase.decode(errors="replace").casefold()
    if len(text) < LEAST:
        raise WeakPassphrase(reason=Because(gettext_noop("it is short.")), least=LEAST)
    rest = _unguessed(text, site_name.casefold())
    if len(rest) < _LEAST_UNGUESSED or len(set(rest)) < _LEAST_DIFFERENT:
        reason = Because(gettext_noop("it is made of usual words, years, keys in a row or repetitions."))
        raise WeakPassphrase(reason=reason, least=LEAST)


def _unguessed(text: str, site_name: str) -> str:
    for word in filter(None, [site_name, *site_name.split()]):
        text = text.replace(word, "")
    text = re.sub(r"(.+?)\1+", r"\1", _GUESSED.sub("", text))
    kept = [text[:1]]
    for before, letter in pairwise(text):
        if (before, letter) not in _NEIGHBOURS:
            kept.append(letter)
    return "".join(kept)


def _given(folder: Path | None, key_file: Path | None, key_fd: int | None) -> bytes | None:
    if key_fd is not None:
        return _from_descriptor(key_fd)
    if key_file is None:
        return None
    if folder is not None and key_file.resolve().is_relative_to(folder.resolve()):
        reason = Because(gettext_noop("it lies in the folder of the site that it opens."))
        raise KeyFileRefused(file=key_file, reason=reason)
    return from_file(key_file)


def _asked(prompt: Prompt | None) -> bytes:
    passphrase = normal(prompt().encode()) if prompt else b""
    if not passphrase:
        raise NoPassphrase()
    return passphrase


def _from_descriptor(number: int) -> bytes:
    try:
        with os.fdopen(number, "rb") as stream:
            content = stream.read(_LONGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise KeyDescriptorRefused(number=number, reason=f"{reason}.") from None
    if not _usable(content):
        raise KeyDescriptorRefused(number=number, reason=_USUAL_REASON)
    return normal(content)


def _usable(content: bytes) -> bool:
    return bool(normal(content)) and len(content) <= _LONGEST


def _fault_of(status: os.stat_result) -> Because | None:
    """Why a file is no private key file."""
    mode = stat.S_IMODE(status.st_mode)
    if not stat.S_ISREG(status.st_mode):
        return Because(gettext_noop("it is no regular file."))
    if status.st_uid != os.geteuid():
        return Because(gettext_noop("it belongs to another account."))
    if mode not in (0o600, 0o400):
        return Because(gettext_noop("its mode is %(mode)s, not 600 or 400."), mode=f"{mode:o}")
    return None
