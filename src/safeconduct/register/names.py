"""A person's names as rows and as keys: one place that knows how a name becomes findable."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from safeconduct.engines.linkage.names import search_keys
from safeconduct.register.models import NameKey, NameKind, PersonName, Script

# The order in which a full name is said.
_ORDER = (NameKind.GIVEN, NameKind.FAMILY)


@lru_cache(maxsize=1 << 14)
def script_of(text: str) -> Script:
    """The script that most letters of a name are written in."""
    counts = {Script.ARABIC: 0, Script.LATIN: 0, Script.OTHER: 0}
    for letter in text:
        if letter.isalpha():
            name = unicodedata.name(letter, "")
            counts[Script.ARABIC if "ARABIC" in name else Script.LATIN if "LATIN" in name else Script.OTHER] += 1
    return max(counts, key=lambda script: counts[script])


def keys_of(names: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """(kind, key) for each folded key of (kind, text)."""
    return {(kind, key[:60]) for kind, text in names for key in search_keys(text)}


def full_names(names: Iterable[PersonName]) -> dict[str, str]:
    """Script → full name as it is said: given name, then family name. Latin first where both stand."""
    return _joined(names, _ORDER)


def fathers(names: Iterable[PersonName]) -> dict[str, str]:
    """Script → father's name."""
    return _joined(names, (NameKind.FATHER,))


def _joined(names: Iterable[PersonName], kinds: Iterable[str]) -> dict[str, str]:
    names = list(names)
    found: dict[str, str] = {}
    for script in (Script.LATIN, Script.ARABIC, Script.OTHER):
        parts = [name.text for kind in kinds for name in names if name.kind == kind and name.script == script]
        if parts:
            found[script.value] = " ".join(parts)
    return found


def key_rows(person: object, names: Iterable[tuple[str, str]]) -> list[NameKey]:
    """The rows that make a person findable."""
    return [NameKey(person_id=person, kind=kind, key=key) for kind, key in sorted(keys_of(names))]
