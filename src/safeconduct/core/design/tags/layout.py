"""The ledger: lead, parts, banners, crumbs, and what a page says when there is nothing to show."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString

from safeconduct.core.design.tags.library import anchor, draw, register
from safeconduct.core.design.tags.words import MEANINGS

SHEET_PICTURES = ("no_promise", "leaves_out", "not_known", "asked", "if_you_go", "stays_open")


@register.simple_block_tag
def lead(content: SafeString, heading: object) -> SafeString:
    """`{% lead _("People") %}<p class="sentence">…</p>{% endlead %}`: the page's h1 and its first sentence."""
    return draw("lead", heading=heading, content=content)


@register.simple_block_tag
def part(content: SafeString, heading: object, note: object = "", id: str = "", level: int = 2, picture: str = "") -> SafeString:
    """`{% part _("Needs") note=_("…") id="needs" %}…{% endpart %}`: a head in the margin, its matter beside.

    For reading aloud, `picture` (one of SHEET_PICTURES) stands beside the head.
    """
    if picture and picture not in SHEET_PICTURES:
        raise ValueError(f"there are these pictures: {', '.join(SHEET_PICTURES)}")
    context = {"heading": heading, "note": note, "id": id or anchor(heading), "level": level, "picture": picture}
    return draw("part", content=content, **context)


@register.simple_tag
def crumbs(*trail: object) -> SafeString:
    """`{% crumbs _("Plans") plans_url _("Plan of") %}`: titles and addresses by turns; the last title has none."""
    titles, addresses = trail[::2], trail[1::2]
    return draw("crumbs", trail=list(zip(titles, addresses, strict=False)), here=titles[-1] if len(trail) % 2 else "")


@register.simple_block_tag
def banner(content: SafeString, meaning: str, word: object, action_url: str = "", action_label: object = "") -> SafeString:
    """`{% banner "attention" _("Attention") %}…{% endbanner %}`: one fact that changes how the page is read."""
    if meaning not in MEANINGS:
        raise ValueError(f"a banner means one of {', '.join(MEANINGS)}")
    return draw("banner", meaning=meaning, word=word, content=content, action_url=action_url, action_label=action_label)


@register.simple_block_tag
def empty(content: SafeString, says: object, action_url: str = "", action_label: object = "") -> SafeString:
    """`{% empty _("Nobody is registered yet.") action_url=… action_label=… %}what to do first{% endempty %}`."""
    return draw("empty", says=says, content=content, action_url=action_url, action_label=action_label)


@register.simple_tag
def progress(says: object, value: int | None = None, of: int = 100, id: str = "progress") -> SafeString:
    """`{% progress _("2 of 3 offers, about 20 seconds more.") 2 3 %}`; without a value, that something is under way."""
    return draw("progress", says=says, value=value, of=of, id=id)


@register.simple_tag
def filter_list(groups: Iterable[tuple[object, Iterable[tuple[object, int | None, str, bool]]]]) -> SafeString:
    """`{% filter_list groups %}`: groups of (title, [(label, count or None, address, is it on)])."""
    return draw("filters", groups=[(title, list(choices)) for title, choices in groups])
