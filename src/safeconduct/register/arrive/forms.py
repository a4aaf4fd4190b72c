from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Actor
from safeconduct.register.imports.kinds import Kind, kinds

NOT_READ = "-"


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in the sheet?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The sheet"),
        help_text=_("xlsx, ods or csv, in any language, with dates of any calendar. At most 50 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.name, str(k.label).capitalize()) for k in kinds().values() if actor.may(k.permission)]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise forms.ValidationError(_("The file is larger than 50 MB. Split it, or read it in from the shell."))
        return file


class ColumnsForm(forms.Form):
    """One question a header: which of our columns it is."""

    def __init__(self, *args: Any, kind: Kind, headers: list[str], mapping: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(NOT_READ, _("is not read"))] + [
            (column.name, f"{column.says} *" if column.required else str(column.says)) for column in kind.columns
        ]
        self.headers = [header for header in headers if header]
        for position, header in enumerate(self.headers):
            self.fields[f"column_{position}"] = forms.ChoiceField(
                label=header, choices=choices, initial=mapping.get(header) or NOT_READ
            )

    def maps(self) -> dict[str, str]:
        """Header → column, for each header that was asked about; "" where it is not read."""
        given = {header: self.cleaned_data[f"column_{position}"] for position, header in enumerate(self.headers)}
        return {header: "" if column == NOT_READ else column for header, column in given.items()}
