"""The thread: steps, ladder, time line, family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from safeconduct.core.design.parts import Relative, Rung
from safeconduct.core.design.tags.library import part, register


@register.inclusion_tag("design/parts/steps.html")
def steps(titles: Sequence[Any], current: int) -> dict[str, Any]:
    """Where one stands on a way of several pages; `current` counts from 1. A title may be (title, address)."""
    pairs = [title if isinstance(title, tuple) else (title, "") for title in titles]
    return {"steps": [(title, url, number - current) for number, (title, url) in enumerate(pairs, 1)]}


@register.inclusion_tag("design/parts/ladder.html")
def ladder(rungs: Sequence[Rung]) -> dict[str, Any]:
    """How firm an offer is, from word of mouth to open, each rung with day and source."""
    return {"rungs": rungs}


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """Everything so far, the latest first; inside it `moment`."""
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag(takes_context=True)
def moment(
    context: Context, content: str, when: date | datetime | str | None, title: Any = "", open: bool = False
) -> SafeString:
    """One moment: a day (or a word such as "Next") and what happened. `open`: still to come."""
    worded = isinstance(when, str) or when is None
    return part(context, "moment", content=content, when=when, worded=worded, title=title, open=open)


@register.inclusion_tag("design/parts/family.html")
def family(head: Any, relatives: Sequence[Relative], head_url: str = "") -> dict[str, Any]:
    """A family unit as a small tree, seen from one person. A withheld name is said to be withheld."""
    return {"head": head, "head_url": head_url, "relatives": relatives}
