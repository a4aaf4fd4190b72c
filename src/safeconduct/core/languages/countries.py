"""Countries and nationalities: from what a sheet says to an alpha-3 code, and back to words.

Codes are ISO 3166-1 alpha-3, XKX for Kosovo, and of ICAO Doc 9303 XXA (stateless) and XXX (undetermined). The table
of codes and the names come from CLDR through Babel.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

from safeconduct.core.languages.nationalities import (
    ALSO_CALLED,
    NATIONALITIES,
    STATELESS_WORDS,
    UNDETERMINED_WORDS,
)
from safeconduct.core.languages.scripts import plain

STATELESS: Final = "XXA"
UNDETERMINED: Final = "XXX"

_READ: Final = ("en", "fa", "ar", "fr", "de")
# CLDR keeps withdrawn codes beside the one in force, and territories that ISO 3166-1 does not code.
_WITHDRAWN: Final = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
_NOT_ISO: Final = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
# "Democratic" and "North" are no mere styles: they tell two Congos and two Koreas apart.
_STYLES: Final = frozenset(("the", "of", "islamic", "republic", "federal", "kingdom", "state", "arab", "federation", "bolivarian"))
_WITHOUT: Final = {
    STATELESS: {"en": "stateless", "fa": "بدون تابعیت", "ar": "عديم الجنسية"},
    UNDETERMINED: {"en": "undetermined", "fa": "نامعلوم", "ar": "غير محدد"},
}


def country_code(text: str) -> str | None:
    """The alpha-3 code of a country or nationality, or None where the words are not known.

    Reads alpha-2 and alpha-3 codes, names of countries in English, Persian, Arabic, French and German, the usual words
    for nationalities in the first three, "stateless" (XXA) and "unknown" (XXX). An empty text is None, not unknown.
    """
    known = _known()
    words = plain(text)
    if not words:
        return None
    for said in (words, _without_article(words), _without_style(text)):
        if said in known:
            return known[said]
    return None


@lru_cache(maxsize=2048)
def country_name(alpha3: str, language: str) -> str:
    """The country's name in a language of CLDR; for XXA and XXX a word in en, fa or ar; else the code."""
    if alpha3 in _WITHOUT:
        return _WITHOUT[alpha3].get(re.split("[-_]", language)[0], _WITHOUT[alpha3]["en"])
    alpha2 = _alpha2().get(alpha3)
    return str(Locale.parse(language.replace("-", "_")).territories.get(alpha2, alpha3)) if alpha2 else alpha3


def all_codes() -> tuple[str, ...]:
    """Every alpha-3 code of a country, sorted; XXA and XXX are none."""
    return tuple(sorted(_alpha2()))


def countries_by_name(language: str) -> list[tuple[str, str]]:
    """Code and name of every country, by its name in a language."""
    return sorted(((code, country_name(code, language)) for code in all_codes()), key=lambda pair: pair[1])


@lru_cache(maxsize=1)
def _alpha2() -> dict[str, str]:
    coded = Locale("en").territories
    pairs = {"XKX": "XK"}
    for alias, codes in get_global("territory_aliases").items():
        code = codes[0] if len(codes) == 1 and codes[0] in coded else ""
        if len(alias) == 3 and alias.isalpha() and code and code not in _NOT_ISO | {"XK"} and alias not in _WITHDRAWN:
            pairs[alias] = code
    return pairs


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """What people write, in plain words, and the code it stands for. Names win over demonyms, codes over names."""
    known: dict[str, str] = {}
    for code, forms in NATIONALITIES.items():
        for form in "|".join(forms).split("|"):
            known[plain(form)] = code
        known |= {plain(form) + "ه": code for form in forms[2].split("|")}
    for code, called in ALSO_CALLED.items():
        known |= {plain(form): code for form in called.split("|")}
    for language in _READ:
        names = Locale(language).territories
        known |= {plain(str(names[alpha2])): code for code, alpha2 in _alpha2().items() if alpha2 in names}
    for words, code in ((STATELESS_WORDS, STATELESS), (UNDETERMINED_WORDS, UNDETERMINED)):
        known |= {plain(form): code for form in words.split("|")}
    for code, alpha2 in _alpha2().items():
        known |= {code.lower(): code, alpha2.lower(): code}
    known |= {_without_article(words): code for words, code in known.items()}
    return known | {code.lower(): code for code in (STATELESS, UNDETERMINED)}


def _without_style(text: str) -> str:
    """The name before a comma or bracket that adds only the style of the state: "Iran (Islamic Republic of)"."""
    name, *rest = (plain(part) for part in re.split("[,(،]", text))
    return name if set(" ".join(rest).split()) <= _STYLES else ""


def _without_article(words: str) -> str:
    return re.sub(r"\bال(?=\w{3})", "", re.sub("^(the|la|le|les|l|die|der) ", "", words))
