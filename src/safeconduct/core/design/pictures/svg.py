"""SVG as text: escaped, without style attributes and without handlers."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

_NAME = re.compile(r"[a-z][A-Za-z-]*\Z")


def element(name: str, *children: Any, **attributes: Any) -> SafeString:
    """One element. Children and values are escaped unless they are elements; None leaves an attribute out.

    `class_` is written `class`, `view_box` `viewBox`, other underscores become hyphens.
    Raises ValueError for a style attribute or a handler: a strict policy would drop them, and the picture with them.
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        attribute = {"class_": "class", "view_box": "viewBox"}.get(key, key.replace("_", "-"))
        if attribute == "style" or attribute.startswith("on") or not _NAME.match(attribute):
            raise ValueError(f"A picture has no attribute {attribute!r}.")
        parts.append(f'{attribute}="{_written(value)}"')
    inner = "".join(str(conditional_escape(child)) for child in children)
    return mark_safe(f"<{' '.join(parts)}>{inner}</{name}>" if children else f"<{' '.join(parts)}/>")


def picture(*children: Any, title: str, **attributes: Any) -> SafeString:
    """An svg element that says what it shows to those who don't see it."""
    return element("svg", element("title", title), *children, role="img", aria_label=title, **attributes)


def _written(value: Any) -> str:
    return short(value) if isinstance(value, float) else str(escape(str(value)))


def short(value: float) -> str:
    """A length with at most two decimals: 12.0 → "12"."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
