"""Asking for a sheet about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Actor
from safeconduct.core.languages import countries_by_name
from safeconduct.register.exports.actions import PURPOSES
from safeconduct.register.imports.kinds import kinds
from safeconduct.register.models import ExportReason
from safeconduct.register.showing import AGENCIES, OWN, recipient_name


class ExportForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)
    purpose = forms.ChoiceField(
        label=_("For what"), choices=[(each.value, each.label) for each in PURPOSES], widget=forms.RadioSelect
    )
    recipient = forms.ChoiceField(label=_("To whom"))
    reason = forms.ChoiceField(label=_("Why"), choices=ExportReason, widget=forms.RadioSelect)

    def __init__(self, *args: Any, reader: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongue = get_language() or "en"
        own = [(OWN, recipient_name(OWN, language=tongue))]
        agencies = [(code, code) for code in AGENCIES]
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            *own, (_("Agencies"), agencies), (_("States"), countries_by_name(tongue)),
        ]  # fmt: skip
        self.fields["kind"].choices = kinds_for(reader)  # type: ignore[attr-defined]


def kinds_for(reader: Actor) -> list[tuple[str, Any]]:
    """The kinds of sheets about people that the reader may take out."""
    return [(kind.name, kind.label) for kind in kinds().values() if kind.groups and reader.may(kind.export_permission)]
