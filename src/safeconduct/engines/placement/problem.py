"""The question: units, the routes they may take, and the limits of each route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

FORMAT = "safeconduct-placement-1"
NO_LIMIT = 2**31 - 1
SCALE = 1024  # prices are integers in 1/1024 milli-points
VALUE_LIMIT = 2**53 // SCALE  # sums of scaled values stay exact even as doubles
NO_FLOORS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Problem:
    """A placement problem: who may go where, what it is worth, and what each route can take. Immutable.

    Shapes: U units, R routes, P options, T ties; arrays int64, but `route` int32, `link` int8 and `rank` int32 where it fits, so
    that an option takes 17 bytes. `size`, `medical`, `group` and the
    optional `level` are (U,); `quota`, `med_quota`, `reserved`, `min_fill` are (R,); `indptr` is (U+1,);
    `route`, `value`, `link`, `rank` are (P,); `ties` is (T, 3); `floors` maps a group to persons.
    Units: persons for sizes and quotas, milli-points for `value` and tie bonuses, 2147483647 = no limit.
    Build it with `from_mapping`, which checks everything.

    Shapes: U units, R routes, P options, T ties, as above. Units: persons, medical cases, milli-points.
    Source: the format `safeconduct-placement-1`.
    """

    name: str
    size: Ints
    medical: Ints
    group: Ints
    quota: Ints
    med_quota: Ints
    reserved: Ints
    min_fill: Ints
    indptr: Ints
    route: Ints
    value: Ints
    link: Ints
    rank: Ints
    ties: Ints
    floors: Mapping[int, int] = field(default_factory=lambda: NO_FLOORS)
    level: Ints | None = None

    def __post_init__(self) -> None:
        highest = int(self.rank.max(initial=0)) if len(self.rank) else 0
        narrow = {"route": np.int32, "link": np.int8} | ({"rank": np.int32} if highest <= NO_LIMIT else {})
        for key, kind in narrow.items():
            object.__setattr__(self, key, getattr(self, key).astype(kind, copy=False))
        for each in vars(self).values():
            if isinstance(each, np.ndarray):
                each.setflags(write=False)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Problem:
        """Read a problem from the format's object (lists or integer arrays), or raise `ProblemFaults`.

        Shapes and units as in the class; keys that the format does not name are ignored.
        Source: the format `safeconduct-placement-1`.
        """
        from .reading import read

        return read(mapping)

    @property
    def units(self) -> int:
        """How many units there are (U)."""
        return len(self.size)

    @property
    def routes(self) -> int:
        """How many routes there are (R)."""
        return len(self.quota)

    @property
    def options(self) -> int:
        """How many options there are (P)."""
        return len(self.route)

    @cached_property
    def unit(self) -> Ints:
        """The unit of each option, (P,)."""
        return np.repeat(np.arange(self.units, dtype=np.int64), np.diff(self.indptr))

    @cached_property
    def persons(self) -> Ints:
        """Persons that each option moves, (P,)."""
        return self.size[self.unit]

    @cached_property
    def medical_cases(self) -> Ints:
        """Medical cases that each option moves, (P,)."""
        return self.medical[self.unit]

    def chosen(self, assign: Ints) -> Ints:
        """The options that an assignment uses, ascending; `assign` is (U,), a route or -1 a unit."""
        return np.flatnonzero(self.route == np.asarray(assign)[self.unit])

    def only(self, options: Ints) -> Problem:
        """The same problem with these options (ascending) alone."""
        unit = np.searchsorted(self.indptr, options, side="right") - 1
        indptr = np.concatenate([[0], np.cumsum(np.bincount(unit, minlength=self.units))]).astype(np.int64)
        return replace(
            self, indptr=indptr, route=self.route[options], value=self.value[options], link=self.link[options],
            rank=self.rank[options],
        )  # fmt: skip

    def with_quota(self, route: int, *, places: int = 0, medical: int = 0) -> Problem:
        """The same problem with more places (persons) or more medical places on one route."""

        def raised(limits: Ints, more: int) -> Ints:
            limits = limits.copy()
            limits[route] = min(NO_LIMIT, int(limits[route]) + more)
            return limits

        return replace(self, quota=raised(self.quota, places), med_quota=raised(self.med_quota, medical))

    def to_mapping(self) -> dict[str, Any]:
        """The problem as the format's object: plain lists and integers, ready for JSON."""
        lists = ["size", "medical", "group", "quota", "med_quota", "reserved", "min_fill"]
        lists += ["indptr", "route", "value", "link", "rank", "ties"]
        out: dict[str, Any] = {"format": FORMAT, "name": self.name, "meta": {}}
        out |= {key: getattr(self, key).tolist() for key in lists}
        out["floors"] = {str(group): persons for group, persons in self.floors.items()}
        return out if self.level is None else out | {"level": self.level.tolist()}
