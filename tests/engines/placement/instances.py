"""Tiny placement problems, and the truth about them by trying every plan."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

NO_LIMIT = 2**31 - 1
Mapping = dict[str, Any]


def one_unit(**changes: Any) -> Mapping:
    """One family of two with one option: the smallest problem with something in it."""
    return small(size=[2], options=[[(0, 500)]], quota=[3], **changes)


def small(*, size: list[int], options: list[list[tuple[int, int]]], quota: list[int], **changes: Any) -> Mapping:
    """A problem from a list of (route, value) a unit; what is not given is without effect."""
    routes = len(quota)
    flat = [each for unit in options for each in unit]
    indptr = [0, *itertools.accumulate(len(unit) for unit in options)]
    problem = {
        "format": "safeconduct-placement-1",
        "name": "small",
        "meta": {},
        "size": size,
        "medical": [0] * len(size),
        "group": [-1] * len(size),
        "quota": quota,
        "med_quota": [NO_LIMIT] * routes,
        "reserved": [0] * routes,
        "min_fill": [0] * routes,
        "indptr": indptr,
        "route": [route for route, _ in flat],
        "value": [value for _, value in flat],
        "link": [0] * len(flat),
        "rank": [1] * len(flat),
        "ties": [],
        "floors": {},
    }
    return problem | changes


@st.composite
def problems(draw: st.DrawFn, *, levels: bool | None = None) -> Mapping:
    """At most five units and three routes, with every rule of the format somewhere."""
    units, routes = draw(st.integers(0, 5)), draw(st.integers(0, 3))
    size = draw(st.lists(st.integers(1, 4), min_size=units, max_size=units))
    quota = draw(st.lists(st.integers(0, 9), min_size=routes, max_size=routes))
    options = [[(route, draw(st.integers(-50, 900))) for route in range(routes) if draw(st.integers(0, 3))] for _ in range(units)]
    count = sum(map(len, options))
    group = draw(st.lists(st.integers(-1, 1), min_size=units, max_size=units))
    ends = st.lists(st.integers(0, max(0, units - 1)), min_size=2, max_size=2, unique=True)
    ties = draw(st.lists(st.tuples(ends, st.integers(0, 300)), max_size=3)) if units > 1 else []
    floored = draw(st.lists(st.sampled_from(sorted(set(group) - {-1})), unique=True)) if set(group) - {-1} else []
    problem = small(
        size=size,
        options=options,
        quota=quota,
        group=group,
        medical=[draw(st.integers(0, min(1, persons))) for persons in size],
        med_quota=[draw(st.sampled_from([0, 1, 2, NO_LIMIT])) for _ in quota],
        reserved=[draw(st.sampled_from([0, 0, places // 2])) for places in quota],
        min_fill=[draw(st.sampled_from([0, 0, places // 2, places, places + 1])) for places in quota],
        link=draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)),
        ties=[[*pair, bonus] for pair, bonus in ties],
        floors={str(each): draw(st.integers(0, 5)) for each in floored},
    )
    if draw(st.booleans()) if levels is None else levels:
        problem["level"] = draw(st.lists(st.integers(0, 2), min_size=units, max_size=units))
    return problem


def options_of(problem: Mapping, unit: int) -> list[int]:
    return list(range(problem["indptr"][unit], problem["indptr"][unit + 1]))


def plans(problem: Mapping) -> Iterator[list[int]]:
    """Every way to give each unit one of its routes or none, allowed or not."""
    routes = [[-1, *(problem["route"][at] for at in options_of(problem, unit))] for unit in range(len(problem["size"]))]
    yield from (list(plan) for plan in itertools.product(*routes))


def keeps_rules(problem: Mapping, assign: list[int], *, floors: bool = True) -> bool:
    for route, quota in enumerate(problem["quota"]):
        there = [unit for unit, goes in enumerate(assign) if goes == route]
        persons = sum(problem["size"][unit] for unit in there)
        unlinked = sum(problem["size"][unit] for unit in there if not problem["link"][option(problem, unit, route)])
        if persons > quota or sum(problem["medical"][unit] for unit in there) > problem["med_quota"][route]:
            return False
        if unlinked > quota - problem["reserved"][route] or 0 < persons < problem["min_fill"][route]:
            return False
    return not floors or not shortfall(problem, assign)


def shortfall(problem: Mapping, assign: list[int]) -> int:
    total = 0
    for group, least in problem["floors"].items():
        placed = [unit for unit, goes in enumerate(assign) if goes >= 0 and problem["group"][unit] == int(group)]
        total += max(0, least - sum(problem["size"][unit] for unit in placed))
    return total


def option(problem: Mapping, unit: int, route: int) -> int:
    return next(at for at in options_of(problem, unit) if problem["route"][at] == route)


def worth(problem: Mapping, assign: list[int]) -> list[int]:
    """The value of each level, the highest first; a tie's bonus counts in the lower level of its two units."""
    level = problem.get("level") or [0] * len(assign)
    by_level = dict.fromkeys(level, 0)
    for unit, route in enumerate(assign):
        if route >= 0:
            by_level[level[unit]] += problem["value"][option(problem, unit, route)]
    for one, other, bonus in problem["ties"]:
        if assign[one] == assign[other] >= 0:
            by_level[min(level[one], level[other])] += bonus
    return [value for _, value in sorted(by_level.items(), reverse=True)]


def best(problem: Mapping) -> list[int] | None:
    """The worth of the best plan, level by level, or None where no plan keeps the floors."""
    return max((worth(problem, plan) for plan in plans(problem) if keeps_rules(problem, plan)), default=None)
