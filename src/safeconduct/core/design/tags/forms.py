"""Forms: fields, faults, answers, ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template import Context

from safeconduct.core.design.parts import Ranked
from safeconduct.core.design.tags.library import register


@register.inclusion_tag("design/parts/field.html")
def field(bound: forms.BoundField, hint: Any = "") -> dict[str, Any]:
    """A field with label, hint, fault and control, tied together for a screen reader by Django's own ids."""
    widget = bound.field.widget
    several = isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect)
    one = isinstance(widget, forms.CheckboxInput)
    return {"field": bound, "hint": hint or bound.help_text, "several": several, "one": one,
            "optional": not bound.field.required and not one}  # fmt: skip


@register.inclusion_tag("design/parts/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones too; without the form element, the token and the button."""
    return {"form": form}


@register.inclusion_tag("design/parts/error_summary.html")
def error_summary(form: forms.BaseForm, title: Any = "", safe: Any = "") -> dict[str, Any]:
    """All faults of a form at once, each a link to its field; nothing while there is no fault. `safe`: what is safe."""
    faults = [(bound, list(bound.errors)) for bound in form.visible_fields() if bound.errors]
    places = [(_first_id(bound), bound.label, says) for bound, errors in faults for says in errors]
    whole = [*form.non_field_errors(), *(e for bound in form.hidden_fields() for e in bound.errors)]
    return {"places": places, "whole": whole, "title": title, "safe": safe, "count": len(places) + len(whole)}


def _first_id(bound: forms.BoundField) -> str:
    """The id of the control to go to: of several boxes, the first."""
    if isinstance(bound.field.widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return str(bound.subwidgets[0].id_for_label) if bound.subwidgets else bound.auto_id
    return bound.auto_id


@register.inclusion_tag("design/parts/answers.html")
def answers(choices: Sequence[tuple[str, Any, Any]], name: str = "answer") -> dict[str, Any]:
    """Answers of equal weight: rows of value, word, what it means. None of them is the main one."""
    return {"choices": choices, "name": name}


@register.inclusion_tag("design/parts/ranking.html", takes_context=True)
def ranking(context: Context, ranked: Sequence[Ranked], url: str = "", name: str = "move") -> dict[str, Any]:
    """Her order, moved by two words a row. Posts `move=<key>:up` or `<key>:down`."""
    return {"ranked": ranked, "url": url, "name": name, "csrf_token": context.get("csrf_token")}
