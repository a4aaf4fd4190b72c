"""The page's frame: lead, parts, banner, facts, states, crumbs."""

from __future__ import annotations

from typing import Any

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from safeconduct.core.design.tags.library import part as render_part
from safeconduct.core.design.tags.library import register
from safeconduct.core.design.tags.text import MEANINGS


@register.simple_block_tag
def lead(content: str, title: Any) -> SafeString:
    """The page's head: its title in the margin, a sentence that says what it shows in the wide column."""
    return format_html('<div class="lead"><h1>{}</h1><div>{}</div></div>', title, content)


@register.simple_block_tag(takes_context=True)
def part(context: Context, content: str, title: Any, note: Any = "", id: str = "") -> SafeString:
    """A part with a hanging head. `id` is what links and error summaries point at."""
    return render_part(context, "part", content=content, title=title, note=note, id=id or _id_of(title))


@register.simple_block_tag(takes_context=True)
def banner(context: Context, content: str, meaning: str, word: Any = "", url: str = "", action: Any = "") -> SafeString:
    """One fact that changes how the whole page is read, and what to do about it."""
    return render_part(context, "banner", content=content, meaning=meaning, word=word, url=url, action=action)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of facts; inside it `fact`."""
    return format_html('<dl class="facts plain">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: Any, code: Any = "") -> SafeString:
    """One fact: label beside matter; `code` in small below the label."""
    small = format_html('<br><bdi class="small ltr">{}</bdi>', code) if code else ""
    return format_html("<div><dt>{}{}</dt><dd>{}</dd></div>", label, small, content)


@register.inclusion_tag("design/parts/state.html")
def state(
    says: Any, detail: Any = "", url: str = "", action: Any = "", meaning: str = "", word: Any = ""
) -> dict[str, Any]:
    """What stands where there is nothing to show: what is so, what is safe or was tried, what to do first."""
    if meaning and meaning not in MEANINGS:
        raise ValueError(f"There are four meanings: {', '.join(MEANINGS)}.")
    return {"says": says, "detail": detail, "url": url, "action": action, "meaning": meaning, "word": word}


@register.inclusion_tag("design/parts/breadcrumb.html")
def breadcrumb(*steps: Any) -> dict[str, Any]:
    """Title, address, title, address, …, title of this page."""
    *way, here = steps
    return {"way": list(zip(way[::2], way[1::2], strict=True)), "here": here}


@register.simple_block_tag
def work(content: str) -> SafeString:
    """A work list; inside it `work_item`."""
    return format_html('<ol class="work">{}</ol>', content)


@register.simple_block_tag(takes_context=True)
def work_item(
    context: Context, content: str, meaning: str, title: Any, url: str, action: Any = "", since: Any = None,
    wait: Any = "", word: Any = "", main: bool = False,
) -> SafeString:  # fmt: skip
    """What waits, for whom, since when, and one way in. `main` once a page, for the first."""
    return render_part(context, "work_item", content=content, meaning=meaning, title=title, url=url, action=action,
                       since=since, wait=wait, word=word, main=main)  # fmt: skip


def _id_of(title: Any) -> str:
    return f"part-{slugify(str(title), allow_unicode=True)}"
