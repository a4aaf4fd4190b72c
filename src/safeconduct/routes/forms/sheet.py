"""The next version of an information sheet: its sections in three languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.routes.models import InformationSheet, SheetSection

LANGUAGES = (("en", _("English")), ("fa", _("Persian")), ("ar", _("Arabic")))
# The order in which they are read: what nobody can promise, and who is left out, before anything else.
ORDER = (
    SheetSection.Kind.UNKNOWN, SheetSection.Kind.NOT_PROMISED, SheetSection.Kind.EXCLUSIONS, SheetSection.Kind.CONDITIONS,
    SheetSection.Kind.GUARANTOR, SheetSection.Kind.IF_YES, SheetSection.Kind.IF_NO,
)  # fmt: skip
# Without these nobody can choose freely.
NEEDED = (SheetSection.Kind.UNKNOWN, SheetSection.Kind.NOT_PROMISED, SheetSection.Kind.EXCLUSIONS, SheetSection.Kind.CONDITIONS)


class SheetForm(forms.Form):
    """Each section in each language; one that is left empty in all of them is left out."""

    def __init__(self, *args: Any, newest: InformationSheet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = {s.kind: s for s in newest.sections.all()} if newest else {}
        for kind in ORDER:
            for code, name in LANGUAGES:
                self.fields[f"{kind.value}_{code}"] = forms.CharField(
                    label=name, required=False, initial=getattr(self.standing.get(kind.value), code, ""),
                    widget=forms.Textarea(attrs={"rows": 4, "lang": code, "dir": "ltr" if code == "en" else "rtl"}),
                )  # fmt: skip

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields, a section after the other."""
        return [(kind.label, [self[f"{kind.value}_{code}"] for code, _name in LANGUAGES]) for kind in ORDER]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for kind in ORDER:
            texts = {code: given.get(f"{kind.value}_{code}", "").strip() for code, _name in LANGUAGES}
            if any(texts.values()) or kind in NEEDED:
                for code, text in texts.items():
                    if not text:
                        self.add_error(f"{kind.value}_{code}", _("Each section is written in all three languages."))
        if not self.errors and self.sections() == [self._was(kind) for kind in ORDER if kind.value in self.standing]:
            self.add_error(None, _("Nothing differs from the newest version, so there is nothing to publish."))
        return given

    def _was(self, kind: SheetSection.Kind) -> dict[str, str]:
        return {"kind": kind.value, **{code: getattr(self.standing[kind.value], code) for code, _name in LANGUAGES}}

    def sections(self) -> list[dict[str, str]]:
        """The sections in the order in which they are read, as `publish_sheet` takes them."""
        found = []
        for kind in ORDER:
            texts = {
                code: self.cleaned_data.get(f"{kind.value}_{code}", "").replace("\r\n", "\n").strip() for code, _name in LANGUAGES
            }
            if any(texts.values()):
                found.append({"kind": kind.value, **texts})
        return found
