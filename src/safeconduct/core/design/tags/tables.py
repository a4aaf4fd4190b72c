"""Tables, their cells, and the way to the next page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from safeconduct.core.design.parts import Column, Filter, Sort
from safeconduct.core.design.tags.library import part, register


@register.simple_block_tag(takes_context=True)
def table(
    context: Context, content: str, columns: Sequence[Column], caption: Any, sort: Sort | None = None,
    empty: Any = "", hide_caption: bool = False, kind: str = "",
) -> SafeString:  # fmt: skip
    """A table whose rows are its content. Without rows it shows `empty` and stays a table.

    Sortable heads keep the rest of the address and go back to the first page. `kind`: people, mend, or nothing.
    """
    heads = [{"column": c, **_sorting(context, c, sort)} for c in columns]
    return part(context, "table", heads=heads, caption=caption, hide_caption=hide_caption, kind=kind,
                rows=content if content.strip() else "", empty=empty or gettext("Nothing here."))  # fmt: skip


def _sorting(context: Context, column: Column, sort: Sort | None) -> dict[str, str]:
    if not column.key or sort is None:
        return {}
    query = QueryDict(mutable=True)
    request = context.get("request")
    if request is not None:
        query.update({k: v for k, v in request.GET.items() if k not in ("after", "before", "page")})
    query["sort"] = sort.pressed(column.key)
    return {"url": f"?{query.urlencode()}", "order": sort.of(column.key)}


@register.simple_block_tag
def cell(content: str, label: Any, number: bool = False) -> SafeString:
    """A cell that carries its head along, for the narrow screen where the head is out of sight."""
    return format_html('<td data-l="{}"{}>{}</td>', label, SafeString(' class="num"' if number else ""), content)


@register.inclusion_tag("design/parts/pager.html")
def pager(
    next: str = "", previous: str = "", first: str = "", export: str = "", note: Any = "", export_label: Any = ""
) -> dict[str, Any]:
    """On, back, to the start, out as a sheet. Counts nothing: on 300,000 rows counting costs more than reading."""
    return {"next": next, "previous": previous, "first": first, "export": export, "note": note,
            "export_label": export_label}  # fmt: skip


@register.inclusion_tag("design/parts/filters.html")
def filters(groups: Iterable[tuple[Any, Sequence[Filter]]], label: Any = "") -> dict[str, Any]:
    """Ways to narrow a list, in named groups of `Filter`; on a phone behind one press."""
    kept = [(head, list(among)) for head, among in groups]
    return {"groups": kept, "label": label, "on": [f.label for _, among in kept for f in among if f.on]}


@register.inclusion_tag("design/parts/comparison.html")
def comparison(heads: Sequence[Any], rows: Iterable[Sequence[Any]], caption: Any) -> dict[str, Any]:
    """Two records side by side: rows of label, left, right. What differs is marked, and said to a screen reader."""
    return {"heads": heads, "caption": caption,
            "rows": [(label, left, right, str(left) != str(right)) for label, left, right in rows]}  # fmt: skip
