"""Form fields for days, in any calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.dates.faults import DateFault
from safeconduct.core.dates.reading import read_date


def as_error(fault: DateFault) -> ValidationError:
    """What could not be read as a date, as an error of the form."""
    return ValidationError("%(says)s %(mend)s", code=fault.code, params={"says": fault.says, "mend": fault.mend})


class DayField(forms.CharField):
    """An exact day, in any calendar. `future` allows days still to come."""

    def __init__(self, *, future: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("In any calendar: 31 December 2013, 2013-12-31, 1392-10-10."))
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)
        self.future = future

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_date(text, today=clock.today(), future=self.future)
        except DateFault as fault:
            raise as_error(fault) from None
