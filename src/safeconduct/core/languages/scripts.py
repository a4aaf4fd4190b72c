"""Scripts: which way they run, their digits, and words without the accidents of typing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

LANGUAGES: Final = ("en", "fa", "ar")

_RIGHT_TO_LEFT: Final = frozenset({"fa", "prs", "pes", "ar", "ckb", "ur", "ps", "he", "sd", "ug", "yi", "arc", "azb"})
_DIGITS: Final = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}
_TO_LOCAL: Final = {language: str.maketrans("0123456789", digits) for language, digits in _DIGITS.items()}
_THOUSANDS: Final = {"fa": "٬", "ar": "٬"}
_SAME: Final = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ھ": "ه", "ٱ": "ا", "ء": "", "ـ": ""})
_JOINING: Final = re.compile("['`´ʹʻʼʽʾʿ‘’\u200c\u200d]")
_WORD: Final = re.compile(r"\S+")
_LATIN: Final = re.compile("[A-Za-z]")
_PARTING: Final = re.compile(r"[^\w\s]|_")


def direction(code: str) -> str:
    """ "rtl" or "ltr": which way text of this language runs ("fa", "ar-IQ", "ku_Arab")."""
    parts = re.split("[-_]", code)
    return "rtl" if parts[0].lower() in _RIGHT_TO_LEFT or "Arab" in parts else "ltr"


def localise_digits(value: str | int, language: str) -> str:
    """A number in the language's digits with its thousands parted; in a text, its digits and nothing else.

    3104 → "3,104" (en), "۳٬۱۰۴" (fa), "٣٬١٠٤" (ar). Years and telephone numbers are texts: "1392" → "۱۳۹۲". A code with Latin
    letters ("C4", "A-0042") stays as it stands on the door and on the card.
    """
    base = re.split("[-_]", language)[0]
    if isinstance(value, str):
        signs = _TO_LOCAL.get(base, {})
        return _WORD.sub(lambda word: word[0] if _LATIN.search(word[0]) else word[0].translate(signs), value) if signs else value
    return f"{value:,}".replace(",", _THOUSANDS.get(base, ",")).translate(_TO_LOCAL.get(base, {}))


def ascii_digits(text: str) -> str:
    """The text with every decimal digit of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def plain(text: str) -> str:
    """Words as a table is asked for them: no marks, case, signs or joiners; one letter for each key."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(sign for sign in bare if unicodedata.category(sign) not in ("Mn", "Me"))
    return " ".join(_PARTING.sub(" ", _JOINING.sub("", ascii_digits(kept).translate(_SAME))).split())


@lru_cache(maxsize=1024)
def language_name(code: str, in_language: str) -> str:
    """The name of a language (ISO 639-1 to -3) in another, from CLDR; the code itself where CLDR has none."""
    known = Locale.parse(in_language.replace("-", "_")).languages
    also = get_global("language_aliases").get(code, code)
    return str(known.get(code) or known.get(also) or known.get(also.split("_")[0]) or code)
