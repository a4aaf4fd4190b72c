"""An offer as the resettlement officer enters it, and what is said about its standing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from safeconduct.core.dates.fields import DayField
from safeconduct.core.languages import countries_by_name
from safeconduct.core.sources.models import Source
from safeconduct.routes.models import PLANNABLE, Offer, OfferKind, OfferStatus
from safeconduct.routes.showing import COLUMNS, tongue

# Values that nobody may have published, so that they stand as assumptions.
ASSUMABLE = (
    "quota", "used", "medical_quota", "reserved_for_links", "minimum_fill", "opens_on", "closes_on", "status_on", "conditions",
    "exclusions", "criteria", "guarantor", "supervising_body", "legal_basis",
)  # fmt: skip


def _line(label: Any, *, hint: Any = "", length: int = 200, required: bool = False, **widget: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=length, required=required, widget=forms.TextInput(attrs=widget))


def _text(label: Any, **widget: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3, **widget}))


def _places(label: Any, hint: Any = "", *, zero: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, min_value=0, max_value=1_000_000, required=False, initial=0 if zero else None
    )


class OfferForm(forms.Form):
    """All that is known of an offer except its status, its rule and its sheets, which have pages of their own."""

    key = forms.CharField(
        label=_("Short name"), help_text=_("Small letters, digits and hyphens, such as albania-2013. It never changes."),
        max_length=60, validators=[validate_slug], widget=forms.TextInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    title = _line(_("Title in English"), required=True, lang="en")
    title_fa = _line(_("Title in Persian"), lang="fa", dir="rtl")
    title_ar = _line(_("Title in Arabic"), lang="ar", dir="rtl")
    provider = _line(_("Offered by"), required=True)
    destination = forms.ChoiceField(label=_("Destination"))
    kind = forms.ChoiceField(label=_("Kind"), choices=OfferKind.choices)
    quota = _places(_("Places"), _("Empty where there is no upper limit."), zero=False)
    used = _places(_("Places taken before this register began to count"))
    medical_quota = _places(_("Medical cases, at most"), _("Empty where no number is set."), zero=False)
    reserved_for_links = _places(_("Places reserved for people with relatives there"))
    minimum_fill = _places(_("Least size of the group"), _("Zero where single people can go. A smaller group is not taken at all."))
    opens_on = DayField(label=_("First day"), required=False, future=True)
    closes_on = DayField(label=_("Last day"), required=False, future=True)
    conditions = _text(_("Conditions, in English"), lang="en")
    conditions_fa = _text(_("Conditions, in Persian"), lang="fa", dir="rtl")
    conditions_ar = _text(_("Conditions, in Arabic"), lang="ar", dir="rtl")
    exclusions = _text(_("Exclusions, in English"), lang="en")
    exclusions_fa = _text(_("Exclusions, in Persian"), lang="fa", dir="rtl")
    exclusions_ar = _text(_("Exclusions, in Arabic"), lang="ar", dir="rtl")
    unknowns = _text(_("What is not known, in English"), lang="en")
    unknowns_fa = _text(_("What is not known, in Persian"), lang="fa", dir="rtl")
    unknowns_ar = _text(_("What is not known, in Arabic"), lang="ar", dir="rtl")
    guarantor = _line(_("Guarantor"))
    supervising_body = _line(_("Supervising body"))
    legal_basis = _line(_("Legal basis"), length=300)
    assumed = forms.MultipleChoiceField(
        label=_("Values that nobody published"), help_text=_("They are marked as assumed on every page."), required=False,
        choices=[(name, COLUMNS[name]) for name in ASSUMABLE], widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, offer: Offer | None = None, **kwargs: Any) -> None:
        self.offer = offer
        if offer is not None:
            kwargs["initial"] = _initial(offer)
        super().__init__(*args, **kwargs)
        self.fields["destination"].choices = [("", _("choose")), *countries_by_name(tongue())]  # type: ignore[attr-defined]
        if offer is not None:
            del self.fields["key"]

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).lower()
        if key == "new" or Offer.objects.filter(key=key).exists():
            raise forms.ValidationError(_("Another offer has this short name. Add the year, or another word."), code="taken")
        return key

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("used", "reserved_for_links", "minimum_fill"):
            if name in given and given[name] is None:
                given[name] = 0
        quota, opens, closes = given.get("quota"), given.get("opens_on"), given.get("closes_on")
        for name in ("medical_quota", "reserved_for_links", "minimum_fill"):
            if quota is not None and (given.get(name) or 0) > quota:
                self.add_error(name, _("This is more than all places together. Lower it, or correct the number of places."))
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day is before the first. Correct one of the two."))
        return given

    def values(self) -> Mapping[str, Any]:
        """The columns of the offer, as `save_offer` takes them. Assumptions on other columns stay."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        kept = [name for name in (self.offer.assumed if self.offer else []) if name not in ASSUMABLE]
        return found | {"assumed": [*found["assumed"], *kept]}


def _initial(offer: Offer) -> dict[str, Any]:
    found = {name: getattr(offer, name) for name in OfferForm.base_fields}
    return found | {name: found[name].isoformat() if found[name] else "" for name in ("opens_on", "closes_on")}


class StatusForm(forms.Form):
    """What somebody says about the standing of an offer."""

    status = forms.ChoiceField(label=_("Status"), choices=OfferStatus.choices, widget=forms.RadioSelect)
    on = DayField(label=_("Day on which it was said"))
    speaker = _line(_("Who says so"), hint=_("A state, a body or a publication; no private person."))
    source = forms.ModelChoiceField(
        label=_("Listed source"),
        queryset=Source.objects.order_by("publisher", "published"),
        required=False,
        empty_label=_("none of these"),
    )
    source_text = _line(_("Or where it stands"), length=300, hint=_("A letter with its date, or a publication."))
    note = _text(_("Note"))
    counts = forms.BooleanField(
        label=_("It moves the status of the offer"), initial=True, required=False,
        help_text=_("Without this it stands on the page only as what was said, beside what others said."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        firm = given.get("status") in PLANNABLE and given.get("counts")
        if firm and not given.get("source") and not given.get("source_text", "").strip():
            self.add_error(
                "source_text",
                _("“Confirmed in writing” and “open” need where it stands in writing. Name it, or take a weaker status."),
            )
        return given
