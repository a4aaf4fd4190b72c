"""Forms for asking for an erasure and for refusing one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models import ErasureGround


class AskForm(forms.Form):
    ground = forms.ChoiceField(label=_("Why"), choices=ErasureGround, widget=forms.RadioSelect)


class RefuseForm(forms.Form):
    because = forms.CharField(
        label=_("Why the record stays"), max_length=200, help_text=_("In a few words; without names. The person is told.")
    )
