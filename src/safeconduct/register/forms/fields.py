"""Fields that read what people tell: a birth date in any of three calendars, countries by their names."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.dates import BirthDate, DateFault, read_birth_date
from safeconduct.core.dates.fields import as_error
from safeconduct.core.languages import country_code

_PARTED = re.compile("[;؛\n]")


class BirthField(forms.CharField):
    """A birth date as told. Empty is not known; what can be read in two ways is asked again."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            _("As told, in any calendar: 31 December 1961, 1340, about 1340, 1338-1342, about 50 years. Empty where nobody knows."),
        )
        kwargs.setdefault("max_length", 60)
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> BirthDate:
        text = super().clean(value)
        try:
            birth = read_birth_date(text, today=clock.today())
        except DateFault as fault:
            raise as_error(fault) from None
        if birth.ambiguous:
            raise ValidationError(
                _("This can be read in two ways. Write the month by its name, or name the calendar: 1340 SH, 1381 AH, 1961 AD."),
                code="ambiguous",
            )
        return birth


class CountriesField(forms.CharField):
    """Countries or nationalities by name or code, parted by semicolons, as alpha-3 codes."""

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        said = [part.strip() for part in _PARTED.split(text) if part.strip()]
        codes = [country_code(part) for part in said]
        if None in codes:
            raise ValidationError(
                _("Word %(n)s is not known as a country or nationality. Check its spelling, or write its three-letter code."),
                code="country", params={"n": codes.index(None) + 1},
            )  # fmt: skip
        return tuple(dict.fromkeys(code for code in codes if code))
