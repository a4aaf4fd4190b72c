"""Words, numbers and marks inside a line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core.design import wording
from safeconduct.core.design.tags.library import register

MEANINGS: dict[str, Any] = {"done": _("Done"), "waits": _("Waits"), "attention": _("Attention"), "harm": _("Harm")}

register.filter("number", wording.number)
register.filter("digits", wording.digits)
register.filter("date_shown", wording.date_shown)
register.filter("time_shown", wording.time_shown)


@register.simple_tag
def mark(meaning: str, word: Any = "") -> SafeString:
    """A meaning (done, waits, attention, harm) as shape and word; the colour comes third."""
    if meaning not in MEANINGS:
        raise ValueError(f"There are four meanings: {', '.join(MEANINGS)}.")
    return format_html(
        '<span class="mark {}"><svg aria-hidden="true"><use href="#{}"/></svg><span>{}</span></span>',
        meaning, meaning, word or MEANINGS[meaning],
    )  # fmt: skip


@register.simple_tag
def tag(word: Any = "") -> SafeString:
    """A dashed word: this is not certain. Without a word: "assumed"."""
    return format_html('<span class="tag">{}</span>', word or gettext("assumed"))


@register.simple_tag
def day(value: date | datetime | None, calendar: str = "") -> SafeString:
    """A day that machines can read too."""
    if value is None:
        return format_html("<span>–</span>")
    shown = wording.date_shown(value, calendar)
    return format_html('<time datetime="{}">{}</time>', wording.day_of(value).isoformat(), shown)


@register.simple_tag
def code(value: Any) -> SafeString:
    """A number of a case, a file name, a formula: left to right in any text, digits as they are."""
    return format_html('<bdi class="ltr">{}</bdi>', value)


@register.simple_tag
def both(first: Any, second: Any = "", second_language: str = "") -> SafeString:
    """A name in two scripts, each running its own way."""
    if not second:
        return format_html('<span class="both"><bdi>{}</bdi></span>', first)
    lang = format_html(' lang="{}"', second_language) if second_language else ""
    return format_html('<span class="both"><bdi>{}</bdi> <bdi{}>{}</bdi></span>', first, lang, second)
