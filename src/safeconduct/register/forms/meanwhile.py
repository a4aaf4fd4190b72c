"""Two people correct one record: nobody's newer entry is overwritten unseen.

A form carries, signed, what stood when it was shown. When it comes back, what a colleague changed meanwhile stays unless the same
field was changed here too: then both stand side by side, and whoever saves again decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _


class MeanwhileForm(forms.Form):
    """A form about a record that stands: `_standing()` gives its fields as they are now, `_subject()` names the record."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def _standing(self) -> dict[str, Any]:
        raise NotImplementedError

    def _subject(self) -> str:
        raise NotImplementedError

    def _signed(self, standing: Mapping[str, Any], language: str) -> str:
        return signing.dumps({"standing": standing, "language": language}, salt=self._subject(), compress=True)

    def _shown(self) -> dict[str, Any]:
        """The initial values of a form about a record."""
        standing = self._standing()
        return {**standing, "base": self._signed(standing, get_language() or "en")}

    def _settle(self) -> None:
        """Hold what comes back against what stood and what stands. Called in `clean`."""
        try:
            told = signing.loads(self.data.get(self.add_prefix("base"), ""), salt=self._subject())
        except signing.BadSignature:
            return  # no page of ours showed this form: what it says is what is meant
        with override(told["language"]):
            now = self._standing()
        was, data = told["standing"], self.data.copy()
        for name in self.fields:
            if name == "base" or _same(was.get(name), now.get(name)):
                continue
            mine = data.getlist(name) if isinstance(now.get(name, was.get(name)), list) else data.get(name, "")
            if _same(mine, was.get(name)):
                self._take(name, now.get(name, ""), data)
            elif not _same(mine, now.get(name)):
                self.add_error(name, _(
                    "A colleague changed this meanwhile; now it says: %(now)s. Save again to put yours in its place."
                ) % {"now": _said(now.get(name)) or _("nothing")})  # fmt: skip
        data[self.add_prefix("base")] = self._signed(now, told["language"])
        self.data = data

    def _take(self, name: str, now: Any, data: Any) -> None:
        """Nothing was changed here: what stands now stays."""
        if isinstance(now, list):
            data.setlist(name, now)
        else:
            data[name] = now
        try:
            self.cleaned_data[name] = self.fields[name].clean(now)
        except forms.ValidationError as error:
            self.add_error(name, error)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) or isinstance(other, list):
        return sorted(one or []) == sorted(other or [])
    return str(one or "").strip() == str(other or "").strip()


def _said(now: Any) -> str:
    return "; ".join(now) if isinstance(now, list) else str(now or "")
