"""What was counted over everybody, kept until the chain has a new entry: whatever changes the register writes one.

It stays in the memory of the process, for numbers alone. A page about a person never asks here: what one may see of a person ends
by the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

from safeconduct.core.access.actors import Actor
from safeconduct.core.audit.models import AuditEntry

T = TypeVar("T")
_AT_MOST = 256  # a few for everybody who works, in each process


def until_next_entry(by: Actor, count: Callable[..., T], *asked: Hashable) -> T:
    """`count(*asked)`, counted anew only where something was written since the reader asked. Nobody may change what it gives."""
    if "entry" not in by.asked:
        by.asked["entry"] = AuditEntry.objects.order_by("-number").values_list("digest", flat=True).first()
    return _remembered(by.asked["entry"], count, *asked)  # type: ignore[no-any-return]


@lru_cache(maxsize=_AT_MOST)
def _remembered(newest: str | None, count: Callable[..., Any], *asked: Hashable) -> Any:
    return count(*asked)


def forget() -> None:
    """Count everything anew."""
    _remembered.cache_clear()
