"""Forms for merging two records and for splitting one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.languages import ascii_digits
from safeconduct.register.merging.actions import BOTH
from safeconduct.register.merging.compare import PART_WORDS, Difference
from safeconduct.register.merging.queries import Row
from safeconduct.register.merging.ties import OTHER, THIS
from safeconduct.register.models import Membership, MergeReason

_LATIN = {"dir": "ltr", "autocomplete": "off"}


def _number(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=40, help_text=help_text, widget=forms.TextInput(attrs=_LATIN))


def _reason() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How it is known"), choices=MergeReason, widget=forms.RadioSelect)


class NumberForm(forms.Form):
    """Of which other record it is the same person."""

    number = _number(_("Registration number of the other record"), _("It is merged into this one and can be brought back."))

    def clean_number(self) -> str:
        return ascii_digits(self.cleaned_data["number"]).strip()


class FamilyNumberForm(NumberForm):
    number = _number(_("Number of the other family"), _("It is merged into this one and can be brought back."))


class MergeForm(forms.Form):
    """Which record holds, part by part; and how it is known that both are one person's."""

    def __init__(self, *args: Any, found: Iterable[Difference], number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.CharField(widget=forms.HiddenInput, initial=number)
        self.fields["compared"] = forms.CharField(widget=forms.HiddenInput, initial="1")
        for one in found:
            self.fields[f"take_{one.part}"] = forms.ChoiceField(
                label=PART_WORDS[one.part], choices=((THIS, one.this), (OTHER, one.other)), initial=one.proposed,
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields["reason"] = _reason()

    @property
    def take(self) -> dict[str, str]:
        """Part → the record that holds."""
        return {name.removeprefix("take_"): value for name, value in self.cleaned_data.items() if name.startswith("take_")}


class SplitForm(forms.Form):
    """What belongs to the other person, and the number that the other one gets."""

    number = _number(_("New registration number of the other person"))
    rows = forms.MultipleChoiceField(
        label=_("What belongs to the other person"), widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not marked stays with this record. Each of the two needs at least one name."),
    )  # fmt: skip
    birth = forms.ChoiceField(label=_("The date of birth belongs to"), widget=forms.RadioSelect, initial=THIS)
    sex = forms.ChoiceField(label=_("The sex is recorded of"), widget=forms.RadioSelect, initial=BOTH)
    here = forms.BooleanField(label=_("The other person is at the site too, in the same block"), required=False)
    reason = _reason()

    def __init__(self, *args: Any, rows: Iterable[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = ((THIS, _("this person")), (OTHER, _("the other person")), (BOTH, _("both")))
        self.fields["rows"].choices = [(one.key, one.says) for one in rows]  # type: ignore[attr-defined]
        for name in ("birth", "sex"):
            self.fields[name].choices = whose  # type: ignore[attr-defined]


class FamilyMergeForm(forms.Form):
    """Who of two heads stays head, and how it is known that both are one family."""

    def __init__(self, *args: Any, heads: tuple[str, str] | None, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.CharField(widget=forms.HiddenInput, initial=number)
        self.fields["compared"] = forms.CharField(widget=forms.HiddenInput, initial="1")
        if heads is not None:
            self.fields["head"] = forms.ChoiceField(
                label=_("Head of the family unit"), choices=((THIS, heads[0]), (OTHER, heads[1])), initial=THIS,
                widget=forms.RadioSelect, help_text=_("The other one becomes another relative; correct it on the page afterwards."),
            )  # fmt: skip
        self.fields["reason"] = _reason()


class FamilySplitForm(forms.Form):
    """Who never belonged to this family unit."""

    number = _number(_("New number of the other family"))
    members = forms.MultipleChoiceField(label=_("Who belongs to the other family"), widget=forms.CheckboxSelectMultiple)
    reason = _reason()

    def __init__(self, *args: Any, members: Iterable[tuple[Membership, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = [(str(one.pk), name) for one, name in members]  # type: ignore[attr-defined]
