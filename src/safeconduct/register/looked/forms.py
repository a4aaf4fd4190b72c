"""Why names of staff are shown, or why the log is printed, and in which language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from safeconduct.core.reads.models import Reason


class NamesForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=Reason, widget=forms.RadioSelect)


class PaperForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=Reason, widget=forms.RadioSelect, initial=Reason.ASKED)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    names = forms.BooleanField(label=_("With the names of staff"), required=False)

    def __init__(self, *args: Any, names_shown: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names_shown:
            del self.fields["names"]
