"""SVG elements as escaped text. Presentation attributes only: the content policy forbids styles."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def element(tag: str, *inside: object, **attributes: object) -> SafeString:
    """`element("rect", class_="node")` → `<rect class="node"/>`. Underscores become hyphens; None is left out."""
    pairs = [(name.rstrip("_").replace("_", "-"), _short(value)) for name, value in attributes.items() if value is not None]
    written = format_html_join("", ' {}="{}"', pairs)
    if not inside:
        return format_html("<{}{}/>", tag, written)
    return format_html("<{}{}>{}</{}>", tag, written, format_html_join("", "{}", ((part,) for part in inside)), tag)


def _short(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
