"""Words of several languages for one list of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from safeconduct.core.languages import plain

_HALVES: Final = re.compile(r"[/|()\[\]\n]")


class Words:
    """The words of several languages for one list of codes: "femme" → "female". A code reads as itself."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self.codes = tuple(table)
        self._known = {plain(code): code for code in table}
        for code, words in table.items():
            for word in words.split("|"):
                self._known.setdefault(plain(word), code)

    def read(self, text: str) -> str | None:
        """The code that the words mean, or None. Of "Son/Daughter" and "Head (HoH)" the halves must agree."""
        whole = self._known.get(plain(text))
        if whole is not None:
            return whole
        halves = {self._known.get(plain(half)) for half in _HALVES.split(text) if plain(half)}
        return halves.pop() if len(halves) == 1 else None


YES_NO: Final = Words(
    {
        "yes": "y|true|1|oui|o|vrai|بله|بلی|آری|نعم|أجل|ja",
        "no": "n|false|0|non|faux|نه|خیر|لا|كلا|nein",
    }
)
