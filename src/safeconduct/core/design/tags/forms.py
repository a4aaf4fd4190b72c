"""Forms: a label, a hint, an error, each tied to its field; and a summary that leads to every error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from safeconduct.core.design.tags.library import draw, register

TYPED = (forms.TextInput, forms.Textarea)
LEFT_TO_RIGHT = (forms.EmailInput, forms.URLInput, forms.PasswordInput)


def _attributes(field: BoundField) -> dict[str, Any]:
    widget = field.field.widget
    if "dir" in widget.attrs:
        return {}
    if isinstance(widget, LEFT_TO_RIGHT):
        return {"dir": "ltr"}
    # What is typed shows its own direction, whatever that of the page.
    return {"dir": "auto"} if isinstance(widget, TYPED) else {}


@register.simple_tag
def form_field(field: BoundField, hint: object = "") -> SafeString:
    """`{% form_field form.name %}`: one field with label, hint and errors; several choices become one group."""
    if field.is_hidden:
        return field.as_widget()
    grouped = field.use_fieldset and hasattr(field.field.widget, "subwidgets") and hasattr(field.field, "choices")
    kind = "group" if grouped else "check" if isinstance(field.field.widget, forms.CheckboxInput) else "line"
    shown = field.as_widget(attrs=_attributes(field)) if kind != "group" else ""
    return draw("field", field=field, widget=shown, kind=kind, hint=hint or field.help_text)


@register.simple_tag
def form_fields(form: forms.BaseForm | None) -> SafeString:
    """`{% form_fields form %}`: all fields in their order. Not the summary: `{% error_summary form %}` stands above."""
    return SafeString("".join(form_field(field) for field in form)) if form else SafeString("")


@register.simple_tag
def error_summary(*given: forms.BaseForm | None, safe: object = "") -> SafeString:
    """`{% error_summary form %}`: nothing while all is well; else each error, leading to its field.

    `safe` says what is not lost. Several forms, or a formset, share one summary.
    """
    forms_given = [form for one in given if one for form in getattr(one, "forms", [one])]
    bound = [form for form in forms_given if form.is_bound]
    lines: list[tuple[str, str, str]] = []
    for form in bound:
        lines += [("", "", str(error)) for error in form.non_field_errors()]
        lines += [(_target(field), str(field.label), str(error)) for field in form for error in field.errors]
    return draw("errors", lines=lines, safe=safe) if lines else SafeString("")


def _target(field: BoundField) -> str:
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def answers(choices: Iterable[tuple[str, object, object]], name: str = "answer") -> SafeString:
    """`{% answers choices %}` inside a POST form: (value, word, what follows); all look alike."""
    return draw("answers", choices=list(choices), name=name)
