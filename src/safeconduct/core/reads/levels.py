"""What of a person can be read, as codes: a room declares its own beside those that stand here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

_levels: dict[str, Any] = {}


def level(code: str, says: Any) -> str:
    """Declare a level (letters and underscores) with its words, and give back its code."""
    if not code.replace("_", "").isalpha() or not code.isascii():
        raise ValueError("a level is a code of letters and underscores")
    _levels.setdefault(code, says)
    return code


def levels() -> dict[str, Any]:
    """Every declared level with its words, in the order of declaration."""
    return dict(_levels)


def known(codes: Iterable[str]) -> set[str]:
    """The codes, each of them declared. Raises KeyError."""
    found = set(codes)
    for code in found:
        _levels[code]
    return found


IDENTITY = level("identity", _("who the person is"))
OUTSIDE = level("outside", _("opened by somebody whose case it is not"))
REFUSED = level("refused", _("asked for and not shown"))
LEFT = level("left", _("taken out, in a file or on paper"))
