"""Every route of the case site, read from the URL table: what is added later is tested by itself."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_NOBODY = {
    "uuid": str(uuid.UUID(int=0xDEAD)),
    "int": "999999999",
    "slug": "no-such-thing",
    "str": "no-such-thing",
    "path": "no/such",
}


@dataclass(frozen=True)
class Route:
    """One address: its pattern and the view behind it."""

    pattern: str
    view: Callable[..., Any]

    @property
    def policy(self) -> Any:
        return getattr(self.view, "policy", None)

    @property
    def has_parameters(self) -> bool:
        return bool(_PARAMETER.search(self.pattern))

    def to_nothing(self) -> str:
        """The address with parameters that belong to nothing."""
        return "/" + _PARAMETER.sub(lambda found: _NOBODY[found["kind"] or "str"], self.pattern)


def routes() -> list[Route]:
    """All routes of the site, static files apart."""
    return [route for route in _walk(get_resolver("safeconduct.site.urls").url_patterns) if not route.pattern.startswith("static/")]


def _walk(patterns: list[Any], before: str = "") -> Iterator[Route]:
    for each in patterns:
        pattern = before + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, pattern)
        elif isinstance(each, URLPattern):
            yield Route(pattern, each.callback)
