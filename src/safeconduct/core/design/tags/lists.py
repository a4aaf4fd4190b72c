"""Facts, work, reasons, and two things side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from safeconduct.core.design.tags.library import draw, language, register
from safeconduct.core.design.tags.words import MEANINGS
from safeconduct.core.languages import direction


@register.simple_block_tag
def facts(content: SafeString) -> SafeString:
    """`{% facts %}{% fact _("Born") %}…{% endfact %}{% endfacts %}`: terms and what is known under them."""
    return format_html('<dl class="facts plain">{}</dl>', content)


@register.simple_block_tag
def fact(content: SafeString, term: object, code: str = "") -> SafeString:
    """One line of `{% facts %}`. `code` stands under the term, left to right. Empty matter is shown as a dash."""
    below = format_html('<br><bdi class="small ltr">{}</bdi>', code) if code else ""
    return format_html("<div><dt>{}{}</dt><dd>{}</dd></div>", term, below, content if content.strip() else "–")


@register.simple_tag
def facts_list(rows: Iterable[tuple[object, object]]) -> SafeString:
    """`{% facts_list rows %}`: the same from pairs of (term, value)."""
    lines = [fact(SafeString(format_html("{}", "" if value is None else value)), term) for term, value in rows]
    return facts(SafeString("".join(lines)))


@register.simple_tag
def work_list(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """`{% work_list items %}`: what, for whom, since when, and one way in. The most urgent first.

    Each item: meaning, word, title, url, action; if wanted detail, since (date), days (int), main (one a page).
    """
    kept = list(items)
    for item in kept:
        if item["meaning"] not in MEANINGS:
            raise ValueError(f"work means one of {', '.join(MEANINGS)}")
    return draw("work", items=kept)


@register.simple_tag
def reason_list(reasons: Iterable[Mapping[str, Any]]) -> SafeString:
    """`{% reason_list reasons %}`: each with n, text, and url if its list can be opened. Bars share one scale."""
    kept = list(reasons)
    most = max((int(reason["n"]) for reason in kept), default=0) or 1
    widths = [round(100 * int(reason["n"]) / most, 1) for reason in kept]
    back = direction(language()) == "rtl"
    return draw(
        "reasons",
        reasons=[
            {**reason, "width": f"{width}%", "x": f"{100 - width if back else 0:.1f}%"}
            for reason, width in zip(kept, widths, strict=True)
        ],
    )


@register.simple_tag
def comparison(heads: Iterable[object], rows: Iterable[Iterable[object]], caption: object) -> SafeString:
    """`{% comparison heads rows caption %}`: heads and rows of (field, left, right); differences are marked."""
    kept = [tuple(row) for row in rows]
    marked = [(field, left, right, str(left) != str(right)) for field, left, right in kept]
    return draw("comparison", heads=list(heads), rows=marked, caption=caption)


@register.simple_tag
def ranking(items: Iterable[tuple[str, object]], name: str = "move") -> SafeString:
    """`{% ranking items %}` inside a POST form: (value, label) in order; each row has two buttons that move it.

    The buttons send `move=up:VALUE` or `move=down:VALUE`.
    """
    return draw("ranking", items=list(items), name=name)
