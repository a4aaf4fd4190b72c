"""One condition of a rule, chosen from lists: how, and which values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.routes.criteria import CriteriaFault, Criterion
from safeconduct.routes.drafts import criterion
from safeconduct.routes.showing import tongue

OPERATORS: dict[str, Any] = {
    "in": _("is one of"), "not in": _("is none of"), ">=": _("at least"), ">": _("more than"),
    "<": _("less than"), "<=": _("at most"),
}  # fmt: skip
SHORT = 8  # so many values stand as boxes; more stand in a list


class CriterionForm(forms.Form):
    """Operator and values of one kind of criterion."""

    operator = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: type[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["operator"].choices = [(op, OPERATORS[op]) for op in kind.operators]  # type: ignore[attr-defined]
        self.fields["operator"].initial = kind.operators[0]
        if len(kind.operators) == 1:
            self.fields["operator"].widget = forms.HiddenInput()
        self.fields["values"] = _values(kind)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        values = given.get("values")
        if values is None or "operator" not in given:
            return given
        try:
            given["criterion"] = criterion(
                self.kind.kind, given["operator"], [str(v) for v in (values if isinstance(values, list) else [values])]
            )
        except CriteriaFault:
            self.add_error("values", _("This value does not fit here. Choose another."))
        return given


def _values(kind: type[Criterion]) -> forms.Field:
    choices = kind.choices(tongue())
    if not choices:
        return forms.IntegerField(label=_("Years"), min_value=0, max_value=120)
    if len(choices) <= SHORT:
        return forms.MultipleChoiceField(label=_("Which"), choices=choices, widget=forms.CheckboxSelectMultiple)
    return forms.MultipleChoiceField(
        label=_("Which"), choices=choices, widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text=_("Hold Ctrl to choose several. One of them is enough."),
    )  # fmt: skip
