"""From a mapping to a Problem: every rule of the format, each with its named fault."""

from __future__ import annotations

import math
import reprlib
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .faults import Fault, ProblemFaults
from .problem import FORMAT, NO_LIMIT, VALUE_LIMIT, Ints, Problem

UNIT_KEYS = ("size", "medical", "group")
ROUTE_KEYS = ("quota", "med_quota", "reserved", "min_fill")
OPTION_KEYS = ("route", "value", "link", "rank")
LIST_KEYS = (*UNIT_KEYS, *ROUTE_KEYS, "indptr", *OPTION_KEYS)
INT64 = np.iinfo(np.int64)


def read(mapping: Any) -> Problem:
    """Check a mapping against the format and build the Problem, or raise `ProblemFaults` with all faults."""
    if not isinstance(mapping, Mapping):
        raise ProblemFaults([Fault("not_an_object", "file")])
    reader = _Reader(mapping)
    for step in (reader.header, reader.arrays, reader.lengths, reader.structure, reader.limits):
        step()
        if reader.faults:  # later steps rest on the earlier ones
            raise ProblemFaults(reader.faults)
    read_only = MappingProxyType(dict(sorted(reader.floors.items())))
    return Problem(name=mapping["name"], floors=read_only, **reader.array)


class _Reader:
    def __init__(self, mapping: Mapping[str, Any]) -> None:
        self.mapping = mapping
        self.faults: list[Fault] = []
        self.array: dict[str, Ints] = {}
        self.floors: dict[int, int] = {}

    def fault(self, code: str, field: str, position: int | None = None, value: object = "", limit: object = "") -> None:
        self.faults.append(Fault(code, field, position, _short(value), str(limit)))

    def first(self, code: str, field: str, wrong: NDArray[np.bool_], limit: Any = "") -> None:
        """One fault for the first entry that breaks a rule, with the number of entries that do."""
        at = np.flatnonzero(wrong)
        if len(at):
            held = limit[at[0]] if isinstance(limit, np.ndarray) else limit
            values = self.array[field]
            self.faults.append(Fault(code, field, int(at[0]), str(values[at[0]]), str(held), len(at)))

    # 1. the object itself
    def header(self) -> None:
        if "format" not in self.mapping:
            return self.fault("missing_key", "format")
        if self.mapping["format"] != FORMAT:
            return self.fault("wrong_format", "format", None, self.mapping["format"], FORMAT)
        for key in ("name", *LIST_KEYS, "ties", "floors"):
            if key not in self.mapping:
                self.fault("missing_key", key)
        if "name" in self.mapping and not isinstance(self.mapping["name"], str):
            self.fault("wrong_type", "name", None, self.mapping["name"], "a text")
        return None

    # 2. each field by itself: whole numbers that fit
    def arrays(self) -> None:
        for key in LIST_KEYS:
            self._store(key, self.integers(key, self.mapping[key]))
        if self.mapping.get("level") is not None:
            self._store("level", self.integers("level", self.mapping["level"]))
        self._store("ties", self.tie_rows(self.mapping["ties"]))
        self.floor_persons(self.mapping["floors"])

    def _store(self, key: str, numbers: Ints | None) -> None:
        if numbers is not None:
            self.array[key] = numbers

    def integers(self, field: str, raw: Any) -> Ints | None:
        if isinstance(raw, np.ndarray) and raw.ndim == 1 and raw.dtype.kind in "iu":
            raw = raw if raw.dtype.kind == "i" else raw.tolist()
        elif not isinstance(raw, (list, tuple)):
            self.fault("wrong_type", field, None, raw, "a list of whole numbers")
            return None
        if isinstance(raw, np.ndarray):
            return raw.astype(np.int64)
        if any(kind is not int for kind in set(map(type, raw))):
            at = next(i for i, each in enumerate(raw) if type(each) is not int)
            endless = isinstance(raw[at], float) and not math.isfinite(raw[at])
            self.fault("not_a_number" if endless else "not_an_integer", field, at, raw[at])
            return None
        try:
            return np.array(raw, dtype=np.int64)
        except OverflowError:
            at = next(i for i, each in enumerate(raw) if not INT64.min <= each <= INT64.max)
            self.fault("overflow", field, at, raw[at], INT64.max)
            return None

    def tie_rows(self, raw: Any) -> Ints | None:
        rows = raw.tolist() if isinstance(raw, np.ndarray) else raw
        if not isinstance(rows, (list, tuple)):
            self.fault("wrong_type", "ties", None, rows, "a list of ties")
            return None
        flat: list[Any] = []
        for at, row in enumerate(rows):
            if not isinstance(row, (list, tuple)):
                self.fault("wrong_type", "ties", at, row, "a list of three whole numbers")
                return None
            if len(row) != 3:
                self.fault("tie_shape", "ties", at, len(row))
                return None
            flat.extend(row)
        known = len(self.faults)
        numbers = self.integers("ties", flat)
        self.faults[known:] = [  # positions count ties, not numbers
            Fault(f.code, f.field, f.position // 3 if f.position is not None else None, f.value, f.limit)
            for f in self.faults[known:]
        ]
        return None if numbers is None else numbers.reshape(-1, 3)

    def floor_persons(self, raw: Any) -> None:
        if not isinstance(raw, Mapping):
            return self.fault("wrong_type", "floors", None, raw, "an object of groups and persons")
        for at, (key, persons) in enumerate(raw.items()):
            text = str(key) if type(key) is int else key
            if not (isinstance(text, str) and text.isascii() and text.isdigit() and str(int(text[:19])) == text):
                self.fault("floor_group_unreadable", "floors", at, key)
                continue
            number = self.integers("floors", [persons])
            if number is None:
                self.faults[-1] = Fault(self.faults[-1].code, "floors", at, _short(persons), self.faults[-1].limit)
            elif number[0] < 0:
                self.fault("negative", "floors", at, persons)
            elif number[0] > NO_LIMIT:
                self.fault("overflow", "floors", at, persons, NO_LIMIT)
            else:
                self.floors[int(text)] = int(persons)
        return None

    # 3. fields that must be of one length
    def lengths(self) -> None:
        array = self.array
        units = _usual([*(len(array[key]) for key in UNIT_KEYS), max(0, len(array["indptr"]) - 1)])
        needed = dict.fromkeys(UNIT_KEYS, units) | {"indptr": units + 1}
        for keys in (ROUTE_KEYS, OPTION_KEYS):
            needed |= dict.fromkeys(keys, _usual([len(array[key]) for key in keys]))
        if "level" in array:
            needed["level"] = units
        for key, length in needed.items():
            if len(self.array[key]) != length:
                self.fault("wrong_length", key, None, len(self.array[key]), length)

    # 4. options, ties and floors point at what exists
    def structure(self) -> None:
        array, indptr, route = self.array, self.array["indptr"], self.array["route"]
        units, routes = len(array["size"]), len(array["quota"])
        self.first("indptr_start", "indptr", (indptr != 0) & (np.arange(units + 1) == 0))
        before = np.concatenate([indptr[:1], indptr[:-1]])
        self.first("indptr_not_monotone", "indptr", indptr < before, before)
        self.first("indptr_end", "indptr", (indptr != len(route)) & (np.arange(units + 1) == units), len(route))
        self.first("route_out_of_range", "route", (route < 0) | (route >= routes), routes)
        if not any(f.field == "indptr" for f in self.faults):
            self.option_order(np.repeat(np.arange(units), np.diff(indptr)), route)
        ties = array["ties"]
        for ends in (ties[:, 0], ties[:, 1]):
            at = np.flatnonzero((ends < 0) | (ends >= units))
            if len(at):
                self.fault("tie_to_nobody", "ties", int(at[0]), ends[at[0]], units)
        for at in np.flatnonzero(ties[:, 0] == ties[:, 1])[:1]:
            self.fault("tie_to_itself", "ties", int(at), ties[at, 0])
        for at in np.flatnonzero(ties[:, 2] < 0)[:1]:
            self.fault("negative", "ties", int(at), ties[at, 2])
        self.first("group_below_none", "group", array["group"] < -1)
        groups = set(array["group"].tolist())
        for group in self.floors:
            if group not in groups:
                self.fault("floor_for_unknown_group", "floors", None, group)

    def option_order(self, unit: NDArray[np.int64], route: Ints) -> None:
        same = np.concatenate([[False], unit[1:] == unit[:-1]])[: len(route)]
        before = np.concatenate([route[:1], route[:-1]])
        self.first("options_not_sorted", "route", same & (route < before), before)
        self.first("duplicate_option", "route", same & (route == before))

    # 5. numbers that make sense together
    def limits(self) -> None:
        array = self.array
        self.first("size_not_positive", "size", array["size"] < 1)
        for key in ("medical", *ROUTE_KEYS):
            self.first("negative", key, array[key] < 0)
        for key in ("size", *ROUTE_KEYS):
            self.first("overflow", key, array[key] > NO_LIMIT, NO_LIMIT)
        self.first("medical_beyond_size", "medical", array["medical"] > array["size"], array["size"])
        self.first("reserved_beyond_quota", "reserved", array["reserved"] > array["quota"], array["quota"])
        self.first("not_zero_or_one", "link", (array["link"] != 0) & (array["link"] != 1))
        self.first("negative", "rank", array["rank"] < 0)
        if array["size"].astype(float).sum() > NO_LIMIT:
            self.fault("overflow", "size", None, "more persons in all", NO_LIMIT)
        bonuses = float(array["ties"][:, 2].astype(float).sum())
        if float(np.abs(array["value"].astype(float)).sum()) + bonuses > VALUE_LIMIT:
            self.fault("values_too_large", "value", None, "", VALUE_LIMIT)


def _usual(lengths: list[int]) -> int:
    """The length that most fields share, so that the odd one out is named."""
    return Counter(lengths).most_common(1)[0][0]


def _short(value: object) -> str:
    if isinstance(value, int) and value.bit_length() > 200:  # Python refuses to write out very long numbers
        return "a number of more than 60 digits"
    return reprlib.repr(value) if isinstance(value, (str, list, dict, tuple)) else str(value)[:60]
