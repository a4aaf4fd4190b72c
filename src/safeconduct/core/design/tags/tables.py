"""What tables share: heads that sort, pages without counting, and a way to take the rows out."""

from __future__ import annotations

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from safeconduct.core.design.tags.library import draw, register

ARROWS = {"ascending": "", "descending": "-"}


def address(context: Context, **changes: str | None) -> str:
    """The query of the present page with some parameters changed; None takes one away."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        from django.http import QueryDict

        query = QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def sort_head(
    context: Context, label: object, key: str, sort: str | None = None, number: bool = False, parameter: str = "sort"
) -> SafeString:
    """`{% sort_head _("Age") "age" %}`: a column's head that sorts by it; pressed again, the other way round.

    The order is read from `?sort=`, or given as `sort` ("age", "-age"). Another order begins at the first page.
    """
    request = context.get("request")
    now = sort if sort is not None else (request.GET.get(parameter, "") if request is not None else "")
    state = "ascending" if now == key else "descending" if now == f"-{key}" else ""
    url = address(context, **{parameter: f"-{key}" if state == "ascending" else key, "after": None, "before": None})
    return draw("sort_head", label=label, url=url, state=state, number=number)


@register.simple_tag(takes_context=True)
def pager(
    context: Context,
    says: object = "",
    after: str | None = None,
    before: str | None = None,
    export_url: str = "",
    export_label: object = "",
) -> SafeString:
    """`{% pager after=page.after before=page.before says=_("…") export_url=… export_label=… %}`.

    By cursor: `?after=` and `?before=` carry an opaque mark, so that 300,000 rows need no counting.
    """
    return draw(
        "pager",
        says=says,
        next_url=address(context, after=str(after), before=None) if after else "",
        previous_url=address(context, before=str(before), after=None) if before else "",
        export_url=export_url,
        export_label=export_label,
    )


@register.simple_tag
def caption(text: object, hidden: bool = False) -> SafeString:
    """`{% caption _("24 people, best match first") %}`: what the table shows; hidden, only for those who listen."""
    return format_html("<caption{}>{}</caption>", SafeString(' class="unseen"') if hidden else "", text)


@register.simple_tag
def name_cell(name: object, other: object = "", other_language: str = "fa") -> SafeString:
    """`{% name_cell "Mahin Hosseini-Rad" "مهین حسینی‌راد" %}`: a name in two scripts, each in its own direction."""
    below = format_html('<span class="other"><bdi lang="{}">{}</bdi></span>', other_language, other) if other else ""
    return format_html('<span class="name"><bdi>{}</bdi></span>{}', name, below)
