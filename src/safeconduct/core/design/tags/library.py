"""One library for all the tags, and the way a tag renders its part."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library
from django.utils.safestring import SafeString

register = Library()


def part(context: Context, name: str, **values: Any) -> SafeString:
    """Render `design/parts/<name>.html` with these values and nothing of the page but its request and token."""
    template = context.template.engine.get_template(f"design/parts/{name}.html")  # type: ignore[union-attr]
    kept = {key: context[key] for key in ("request", "csrf_token") if key in context}
    return template.render(context.new({**kept, **values}))
