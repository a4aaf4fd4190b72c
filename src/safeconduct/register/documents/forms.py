"""Forms for bringing, taking out and removing a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.documents.limits import Limits
from safeconduct.register.models import DocumentKind

MOST = Limits().file_bytes


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=DocumentKind, widget=forms.RadioSelect)
    told = forms.CharField(
        label=_("In a few words"), max_length=80, required=False, help_text=_("Such as “birth certificate”; without names.")
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A picture (JPEG, PNG, WebP, TIFF, HEIC), a PDF without a password, or plain text. At most 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.heic,.pdf,.txt"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(_("The file is larger than 25 MB. Photograph or scan it with fewer dots, or page by page."))
        return file


class TakeOutForm(forms.Form):
    why = forms.CharField(label=_("What for"), max_length=120, help_text=_("In a few words; without names."))


class RemoveForm(forms.Form):
    because = forms.CharField(label=_("Why"), max_length=120, help_text=_("In a few words; without names."))
