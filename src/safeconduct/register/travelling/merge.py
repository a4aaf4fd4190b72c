"""Three versions of one record become one: as it was taken along, as it came back, as it stands here.

A record is slots: the day of birth is one, each nationality is one, the given names in Latin script are one. A slot that only the
copy changed is written, one that only the register changed stays, one that both changed in two ways is held for a decision.
So nothing newer is ever overwritten.

Source of the method: Khanna, Kunal and Pierce, A Formal Investigation of Diff3 (2007).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = list[Any]  # the rows of a slot, each a list of plain values, sorted; none: the slot is empty
Record = Mapping[str, Value]


@dataclass(frozen=True)
class Clash:
    """A slot that was changed on both sides."""

    slot: str
    base: Value
    brought: Value
    stands: Value


@dataclass(frozen=True)
class Merged:
    """`write`: slot → rows that are to stand; `clashes`: what waits for a decision; `both` were changed alike."""

    write: dict[str, Value] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    both: int = 0


def three_way(base: Record, brought: Record, stands: Record) -> Merged:
    """Compare three versions slot by slot, in the order of their names. A slot that is missing is empty."""
    found = Merged()
    both = 0
    for slot in sorted({*base, *brought}):
        was, came, here = (list(version.get(slot, ())) for version in (base, brought, stands))
        if came == was:
            continue
        if here == came:
            both += 1
        elif here == was:
            found.write[slot] = came
        else:
            found.clashes.append(Clash(slot, was, came, here))
    return Merged(found.write, found.clashes, both)
