"""Three calendars: their days, the names of their months, and the years that a person's papers may carry.

Jalali by jdatetime (33-year arithmetic of Iran's civil calendar), Hijri by hijridate (Umm al-Qura, 1343 to 1500); a
local sighting of the moon may differ from the latter by a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

import jdatetime
from babel import Locale
from hijridate import Gregorian, Hijri

from safeconduct.core.dates.faults import DateFault
from safeconduct.core.languages import plain


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    JALALI = "jalali"
    HIJRI = "hijri"


YEARS: Final = {
    Calendar.GREGORIAN: range(1850, 2201),
    Calendar.JALALI: range(1250, 1451),
    Calendar.HIJRI: range(1343, 1501),
}

# English, Persian, Arabic: the first form is shown, the others are read.
_JALALI: Final = (
    ("Farvardin|Hamal", "فروردین|حمل", "فروردين"),
    ("Ordibehesht|Sawr|Saur", "اردیبهشت|ثور", "أرديبهشت"),
    ("Khordad|Jawza", "خرداد|جوزا", "خرداد"),
    ("Tir|Saratan", "تیر|سرطان", "تير"),
    ("Mordad|Amordad|Asad", "مرداد|امرداد|اسد", "مرداد"),
    ("Shahrivar|Sonbola|Sunbula", "شهریور|سنبله", "شهريور"),
    ("Mehr|Mizan", "مهر|میزان", "مهر"),
    ("Aban|Aqrab", "آبان|عقرب", "آبان"),
    ("Azar|Qaws|Qaus", "آذر|قوس", "آذر"),
    ("Dey|Dei|Dai|Jadi|Jady", "دی|جدی", "دي"),
    ("Bahman|Dalw|Dalwa", "بهمن|دلو", "بهمن"),
    ("Esfand|Esphand|Hut|Hoot", "اسفند|حوت", "إسفند"),
)
_HIJRI: Final = (
    ("Muharram|Moharram|Moharam", "محرم", "محرم|المحرم"),
    ("Safar", "صفر", "صفر"),
    ("Rabi al-Awwal|Rabi ul-Awwal|Rabi I|Rabi 1", "ربیع‌الاول", "ربيع الأول"),
    ("Rabi al-Thani|Rabi al-Akhir|Rabi II|Rabi 2", "ربیع‌الثانی|ربیع‌الآخر", "ربيع الآخر|ربيع الثاني"),
    ("Jumada al-Ula|Jumada al-Awwal|Jumada I|Jumada 1", "جمادی‌الاول|جمادی‌الاولی", "جمادى الأولى"),
    (
        "Jumada al-Akhira|Jumada al-Thani|Jumada al-Thaniya|Jumada II|Jumada 2",
        "جمادی‌الثانی|جمادی‌الآخر|جمادی‌الثانیه",
        "جمادى الآخرة|جمادى الثانية",
    ),
    ("Rajab", "رجب", "رجب"),
    ("Shaban|Shaaban", "شعبان", "شعبان"),
    ("Ramadan|Ramazan|Ramezan", "رمضان", "رمضان"),
    ("Shawwal|Shavval", "شوال", "شوال"),
    ("Dhu al-Qadah|Dhul Qadah|Zu al-Qadah", "ذیقعده|ذوالقعده|ذی‌القعده", "ذو القعدة|ذي القعدة"),
    ("Dhu al-Hijjah|Dhul Hijjah|Zu al-Hijjah", "ذیحجه|ذوالحجه|ذی‌الحجه", "ذو الحجة|ذي الحجة"),
)
# Beside CLDR's: usual spellings in Iran, Afghanistan and the Maghreb.
_GREGORIAN_LOCALES: Final = ("en", "fr", "de", "fa", "fa_AF", "ar", "ar_IQ", "ar_DZ", "ar_MA")
_GREGORIAN_MORE: Final = (
    "جنوری", "فبروری", "مارچ", "آپریل|اپریل|ابریل", "می|مه", "جون", "جولای|ژوییه", "آگوست|اگوست|اوگست|اوت",
    "سپتمبر|Sept", "اکتوبر", "نومبر", "دسمبر",
)  # fmt: skip
_LANGUAGE: Final = {"en": 0, "fa": 1, "ar": 2}


def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The Gregorian day of a day in a calendar. DateFault where there is none, with the length of the month."""
    last = last_day(calendar, year, month)
    if not 1 <= day <= last:
        raise DateFault("dates.no_such_day", month=MonthName(calendar, month), year=year, last=last, day=day)
    return _first_of_month(calendar, year, month) + timedelta(days=day - 1)


def last_day(calendar: Calendar, year: int, month: int) -> int:
    """How many days a month has."""
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    return (_first_of_month(calendar, *after) - _first_of_month(calendar, year, month)).days


def _first_of_month(calendar: Calendar, year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise DateFault("dates.no_such_month", month=month)
    if calendar is Calendar.JALALI:
        return date.fromordinal(jdatetime.date(year, month, 1).togregorian().toordinal())
    if calendar is Calendar.GREGORIAN:
        return date(year, month, 1)
    if year < YEARS[Calendar.HIJRI].start:
        raise DateFault("dates.hijri_before_1343", year=year)
    if year > YEARS[Calendar.HIJRI][-1]:
        last = Hijri(YEARS[Calendar.HIJRI][-1], 12, 1)
        return date.fromordinal(last.to_gregorian().toordinal() + last.month_length())
    return date.fromordinal(Hijri(year, month, 1).to_gregorian().toordinal())


def in_calendar(day: date, calendar: Calendar) -> tuple[int, int, int] | None:
    """Year, month, day of a Gregorian day in a calendar; None where the Hijri table does not reach."""
    if calendar is Calendar.JALALI:
        jalali = jdatetime.date.fromgregorian(date=day)
        return jalali.year, jalali.month, jalali.day
    if calendar is Calendar.GREGORIAN:
        return day.year, day.month, day.day
    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return None
    return hijri.year, hijri.month, hijri.day


def month_name(calendar: Calendar, month: int, language: str) -> str:
    """The name of a month (1 to 12) in en, fa or ar; English in any other language."""
    column = _LANGUAGE.get(language.replace("_", "-").split("-")[0], 0)
    if calendar is Calendar.GREGORIAN:
        return str(Locale(("en", "fa", "ar")[column]).months["format"]["wide"][month])
    return (_JALALI if calendar is Calendar.JALALI else _HIJRI)[month - 1][column].split("|")[0]


class MonthName:
    """A month's name in the language that is active when it is read. For faults, which travel before they are shown."""

    def __init__(self, calendar: Calendar, month: int) -> None:
        self.calendar, self.month = calendar, month

    def __str__(self) -> str:
        from django.utils.translation import get_language

        return month_name(self.calendar, self.month, get_language() or "en")


def find_month(words: str) -> tuple[str, Calendar, int] | None:
    """The words without the month that they name, its calendar and number. `words` as plain() makes them."""
    found = _any_month().search(words)
    if not found:
        return None
    calendar, month = _months()[found[1].replace(" ", "")]
    return f"{words[: found.start()]} {words[found.end() :]}", calendar, month


@lru_cache(maxsize=1)
def _months() -> dict[str, tuple[Calendar, int]]:
    """Names without blanks, so that "ربیع الاول" and "ربیع‌الاول" are one."""
    months: dict[str, tuple[Calendar, int]] = {}
    for calendar, names in ((Calendar.HIJRI, _HIJRI), (Calendar.JALALI, _JALALI)):
        for month, forms in enumerate(names, 1):
            months |= {_bare(form): (calendar, month) for form in "|".join(forms).split("|")}
    for month, more in enumerate(_GREGORIAN_MORE, 1):
        named = (*more.split("|"), *_cldr(month))
        months |= {_bare(form): (Calendar.GREGORIAN, month) for form in named}
    return months


def _cldr(month: int) -> Iterable[str]:
    for name in _GREGORIAN_LOCALES:
        for width in ("wide", "abbreviated"):
            yield str(Locale.parse(name).months["format"][width][month])


def _bare(name: str) -> str:
    return plain(name).replace(" ", "")


@lru_cache(maxsize=1)
def _any_month() -> re.Pattern[str]:
    names = sorted(_months(), key=len, reverse=True)
    spaced = "|".join(" ?".join(name) for name in names)
    return re.compile(rf"(?<![^\W\d_])({spaced})(?: ?ماه)?(?![^\W\d_])")
