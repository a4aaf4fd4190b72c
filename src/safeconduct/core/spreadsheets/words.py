"""Words of several languages for one list of codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from safeconduct.core.languages import plain


class Words:
    """The words of several languages for one list of codes: "femme" → "female". A code reads as itself."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self.codes = tuple(table)
        self._known = {plain(code): code for code in table}
        for code, words in table.items():
            for word in words.split("|"):
                self._known.setdefault(plain(word), code)

    def read(self, text: str) -> str | None:
        """The code that the words mean, or None."""
        return self._known.get(plain(text))


YES_NO: Final = Words(
    {
        "yes": "y|true|1|oui|o|vrai|بله|بلی|آری|نعم|أجل|ja",
        "no": "n|false|0|non|faux|نه|خیر|لا|كلا|nein",
    }
)
