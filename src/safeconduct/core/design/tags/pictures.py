"""Pictures and bars, each with its numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString

from safeconduct.core.design.parts import DataTable, Reason
from safeconduct.core.design.pictures.bars import share
from safeconduct.core.design.pictures.quota import Places, draw, key
from safeconduct.core.design.pictures.quota import swatch as draw_swatch
from safeconduct.core.design.tags.library import part, register
from safeconduct.core.design.wording import language, right_to_left


@register.inclusion_tag("design/parts/picture.html")
def picture(
    finding: Any, svg: SafeString, table: DataTable, source: Any = "", download: str = "", label: Any = ""
) -> dict[str, Any]:
    """A picture whose title says the finding, with its table beside and its source below."""
    return {"finding": finding, "svg": svg, "table": table, "source": source, "download": download, "label": label}


@register.simple_block_tag(takes_context=True)
def quota(
    context: Context, content: str, title: Any, places: Places, scale: int, meaning: str = "", status: Any = "",
    assumed: Any = "", url: str = "",
) -> SafeString:  # fmt: skip
    """An offer's places as a bar on the page's one scale; its content says the price in a sentence."""
    parts = key(places)
    bar = draw(places, scale=scale, language=language(), mirrored=right_to_left(), says=[p.says for p in parts])
    return part(context, "quota", content=content, title=title, places=places, bar=bar, parts=parts, meaning=meaning,
                status=status, assumed=assumed, url=url)  # fmt: skip


@register.inclusion_tag("design/parts/reasons.html")
def reasons(given: Sequence[Reason]) -> dict[str, Any]:
    """Why, for how many, and their list; the bars share one scale."""
    most = max((reason.people for reason in given), default=0)
    mirrored = right_to_left()
    return {"reasons": [(reason, share(reason.people, most, mirrored=mirrored)) for reason in given]}


@register.inclusion_tag("design/parts/progress.html")
def progress(
    says: Any, value: float | None = None, of: float = 1, url: str = "", every: int = 2, id: str = "progress"
) -> dict[str, Any]:
    """What is being done and how long it will take. Without `value` the length is not known.

    With `url` HTMX asks again every so many seconds and puts the answer in its place (see `htmx` in base.html).
    """
    return {"says": says, "value": value, "of": of, "url": url, "every": every, "id": id}


@register.simple_tag
def swatch(kind: str) -> SafeString:
    """The little square of a bar's key: gone, planned, kept, medical, free, over."""
    return draw_swatch(kind)
