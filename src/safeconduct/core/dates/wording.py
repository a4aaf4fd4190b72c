"""The words round a date in a cell: for nobody knows, about, an age, a decade, a range, a calendar."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from safeconduct.core.dates.calendars import Calendar
from safeconduct.core.dates.faults import DateFault
from safeconduct.core.languages import ascii_digits, plain

# A cell that holds more is no date, and is not searched.
LONGEST: Final = 100

UNKNOWN: Final = frozenset(
    plain(word)
    for word in (
        *("", "unknown", "not known", "unk", "n a", "na", "none", "null", "nil", "nan", "x", "xx"),
        *("نامعلوم", "نامشخص", "معلوم نیست", "نمی‌داند", "نمیدانم", "ندارد"),
        *("غير معروف", "مجهول", "غير محدد", "لا يعرف"),
    )
)
_EDGE: Final = (r"(?<![^\W\d_])", r"(?![^\W\d_])")
_MARKS: Final = tuple(
    (calendar, re.compile(f"{_EDGE[0]}(?:{forms}){_EDGE[1]}"))
    for calendar, forms in (
        (
            Calendar.JALALI,
            r"ه[. ]*ش[. ]*|(?:هجری ?)?(?:شمسی|خورشیدی)|ش|jalali|shamsi|solar hijri|persian|s\.?h\.?|h\.?s\.?|a\.?p\.?",
        ),
        (Calendar.HIJRI, r"ه[. ]*ق[. ]*|هجری ?قمری|هجریه?|قمری|ه|ق|hijri|hijra|lunar|a\.?h\.?|h"),
        (Calendar.GREGORIAN, r"میلادیه?|م|gregorian|a\.?d\.?|c\.?e\.?"),
    )
)
ABOUT: Final = re.compile(
    rf"{_EDGE[0]}(?:about|around|approximately|approx|circa|ca|c|est|estimated|roughly|حدودا?|تقریبا|حوالی|نحو|قرابه|"
    rf"احتمالا|در حدود|زهاء){_EDGE[1]}\.?|[~≈?؟]"
)
_AGE_WORDS: Final = "years? old|years? of age|years?|yrs?|y/?o|ساله|سال|سنه|سنوات|عاما?|اعوام"
_AGED: Final = "(?:aged?|سن|عمره?ا?|العمر)"
AGE: Final = re.compile(rf"{_AGED}?[: ]*(\d{{1,3}})[ -]*(?:{_AGE_WORDS})(?: دارد)?|{_AGED}[: ]*(\d{{1,3}})")
MONTHS_OLD: Final = re.compile(r"(\d{1,2})[ -]*(?:months?(?: old)?|ماهه|اشهر|شهرا?)")
DECADE: Final = re.compile(r"(?:the )?(\d{3}0)[’']?s|(?:دهه|عقد) ?(?:ی )?(\d{3}0|\d0)")
BETWEEN: Final = re.compile(r"(?:between|from|بین|از|من)\s+(.+?)\s*(?:\band\b|\bto\b|\buntil\b|\bو ?|تا|الی|[-–—])\s*(.+)")
TO: Final = re.compile(
    r"(\d{4})\s*[-–—/]\s*(\d{4})|(\d{4}-\d\d-\d\d)\s*/\s*(\d{4}-\d\d-\d\d)"
    r"|(.*\d.*?)\s*(?:\.\.+|[–—]|\bto\b|\bتا\b|\bالی\b)\s*(.*\d.*)"
)
TIME: Final = re.compile(r"(?<=\d)[t ]\s*\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]m|z|[+-]\d\d:?\d\d)?$")


def typed(text: str) -> str:
    """Lower case, ASCII digits, Persian letters for Arabic ones, no vowel signs; separators stay."""
    if len(text) > LONGEST:
        raise DateFault("dates.not_a_date")
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", ascii_digits(text)).lower())
    kept = "".join(sign for sign in bare if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))
    return " ".join(kept.translate(str.maketrans("يىكة", "ییکه", "ـء")).split())


def without_marks(text: str) -> tuple[str, Calendar | None]:
    """The text without the mark of a calendar (ش SH; هـ ق AH H; م AD), and the calendar that it names."""
    for calendar, mark in _MARKS:
        rest, found = mark.subn(" ", text)
        if found:
            return rest.strip(" .()"), calendar
    return text, None
