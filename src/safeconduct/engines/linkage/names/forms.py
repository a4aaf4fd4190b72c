"""One form for what is the same name in the same script, however it was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from safeconduct.engines.linkage.names.letters import SAME_LETTER, SPELT_OUT

_LETTERS: Final = str.maketrans(SAME_LETTER)
_SPELT_OUT: Final = str.maketrans(SPELT_OUT)
# Apostrophes stand for ع and hamza and join; every other sign parts words, the zero-width non-joiner too.
_JOINING: Final = re.compile("['`´ʹʻʼʽʾʿˈ‘’‛′＇]")
_PARTING: Final = re.compile(r"[^\w\s]|_")
# Kurdish words that start with a vowel start with a hamza on a tooth, too.
_KURDISH_START: Final = re.compile(r"\bئ")
_TWO_ALEFS_AT_THE_START: Final = re.compile(r"\bاا+")
_KURDISH_E_AT_THE_END: Final = re.compile(r"ە\b")


@lru_cache(maxsize=1 << 15)
def normal_form(text: str) -> str:
    """The name in one form, so that equal means "typed alike" within one script.

    NFKC (presentation forms, ligatures, full width), no vowel signs or tatweel, one letter for each key of the
    Persian, Arabic, Kurdish, Pashto and Urdu keyboards, ASCII digits, Latin without marks and in lower case,
    apostrophes dropped, every other sign a blank, one blank between words. Applying it twice changes nothing.
    """
    if text.isascii():
        return " ".join(_PARTING.sub(" ", _JOINING.sub("", text)).lower().split())
    return _unfold(text)


def _unfold(text: str) -> str:
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(_SPELT_OUT)
    text = _KURDISH_START.sub("ا", _JOINING.sub("", text))
    kept = []
    for letter in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(letter)
        if category == "Cf":
            kept.append(" " if letter == "\u200c" else "")
        elif category == "Nd":
            kept.append(str(unicodedata.decimal(letter)))
        elif category not in ("Mn", "Me"):
            kept.append(letter)
    text = "".join(kept).translate(_LETTERS)
    text = " ".join(_PARTING.sub(" ", text).split())
    return _TWO_ALEFS_AT_THE_START.sub("ا", _KURDISH_E_AT_THE_END.sub("ه", text))
