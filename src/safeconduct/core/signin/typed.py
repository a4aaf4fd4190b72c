"""Codes as people type them: with the digits of any script, spaces, hyphens, small letters."""

from __future__ import annotations

import unicodedata

_ALIKE = str.maketrans("OILU", "011V")  # letters that no code holds, and what they are taken for


def typed(text: str) -> str:
    """The code that was meant: Latin digits and capital letters, nothing else."""
    kept = (str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)
    return "".join(each for each in kept if each.isascii() and each.isalnum()).upper()


def is_of_an_app(text: str) -> bool:
    """Whether it is a code of six digits, as an authenticator app shows it."""
    return len(code := typed(text)) == 6 and code.isdigit()


def recovery(text: str) -> str:
    """A recovery code, letters that are taken for digits set right."""
    return typed(text).translate(_ALIKE)
