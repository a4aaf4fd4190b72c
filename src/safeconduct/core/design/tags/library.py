"""The one library that all tags are entered in, and how a tag draws its template."""

from __future__ import annotations

import re
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = Library()


def language() -> str:
    """The language of the page that is being made."""
    return get_language() or "en"


def draw(part: str, **context: Any) -> SafeString:
    """A template of `design/parts/`, with its own context only."""
    return mark_safe(render_to_string(f"design/parts/{part}.html", context))  # a template escapes what it is given


def anchor(text: object) -> str:
    """A name for an element, from its heading: letters and digits of any script, joined by hyphens."""
    return re.sub(r"[^\w]+", "-", str(text).strip()).strip("-").lower() or "part"
