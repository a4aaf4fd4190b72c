"""Bars as wide as their share, without a style attribute: an SVG in percent."""

from __future__ import annotations

from django.utils.safestring import SafeString

from safeconduct.core.design.pictures.svg import element, short


def share(part: int, whole: int, *, mirrored: bool = False, kind: str = "gone") -> SafeString:
    """A thin bar, `part` of `whole` wide; from the right where the page runs from right to left."""
    width = 100 * part / whole if whole else 0.0
    bar = element("rect", class_=kind, x=f"{short(100 - width if mirrored else 0)}%", width=f"{short(width)}%", height="100%")
    return element("svg", bar, aria_hidden="true")
