"""A pin or a bar, with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.routes.models import MarkKind, Offer
from safeconduct.routes.showing import title_of


class MarkForm(forms.Form):
    """Which offer, which mark, and why: in a sentence that the person can be told."""

    offer = forms.ChoiceField(label=_("Offer"))
    kind = forms.ChoiceField(
        label=_("Mark"), widget=forms.RadioSelect,
        choices=(
            (MarkKind.PIN.value, _("Pin: a plan uses only this offer, if the person chose it")),
            (MarkKind.BAR.value, _("Bar: a plan never uses this offer for the person")),
        ),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence that the person can be told. Name nobody else."),
    )  # fmt: skip

    def __init__(self, *args: Any, offers: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {offer.key: offer for offer in offers}
        self.fields["offer"].choices = [("", _("choose")), *((key, title_of(one)) for key, one in self.offers.items())]  # type: ignore[attr-defined]
