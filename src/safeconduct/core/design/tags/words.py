"""Marks and tags: a meaning is a word and a shape first, colour comes third."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from safeconduct.core.design.tags.library import register

MEANINGS = ("done", "waits", "attention", "harm")


@register.simple_tag
def mark(meaning: str, word: object) -> SafeString:
    """`{% mark "done" _("Open") %}`: a shape with its word. Meanings: done, waits, attention, harm, none."""
    if meaning == "none":
        return format_html('<span class="quiet">{}</span>', word)
    if meaning not in MEANINGS or not str(word).strip():
        raise ValueError(f"a mark needs one of {', '.join(MEANINGS)}, and a word")
    return format_html(
        '<span class="mark {0}"><svg aria-hidden="true"><use href="#{0}"/></svg><span>{1}</span></span>', meaning, word
    )


@register.simple_tag
def tag(word: object) -> SafeString:
    """`{% tag _("assumed") %}`: a dashed frame. Dashed always means: not certain."""
    return format_html('<span class="tag">{}</span>', word)
