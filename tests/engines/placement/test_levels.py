"""Urgency among large problems: no sum of easy cases outweighs one emergency; against every plan there is, and the exact way."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings

from safeconduct.engines.placement import Problem, check, solve
from safeconduct.engines.placement.levels import by_levels, weighted, without

from .instances import best, keeps_rules, problems, worth
from .test_large import camp

way = sys.modules["safeconduct.engines.placement.solve"]


@settings(max_examples=200, deadline=None)
@given(problems(levels=True))
def test_level_by_level_no_plan_is_better_and_no_bound_is_below_the_truth(mapping):
    problem = Problem.from_mapping(mapping)
    truth, staged = best(mapping), by_levels(problem)
    if truth is None or staged is None or not truth:
        assert truth is not None or staged is None
        return
    assign = np.full(problem.units, -1)
    assign[np.searchsorted(problem.indptr, staged.chosen, side="right") - 1] = problem.route[staged.chosen]
    assert keeps_rules(mapping, assign.tolist())
    assert worth(mapping, assign.tolist()) == [each.value for each in staged.results]
    # the first level has nothing above it; a later bound speaks of plans that keep what is above, which are best there
    for at, each in enumerate(staged.results):
        if [earlier.value for earlier in staged.results[:at]] == truth[:at]:
            assert each.bound >= truth[at]
    assert not staged.proven or [each.value for each in staged.results] == truth


def urgent(seed):
    problem = camp(seed).to_mapping()
    level = np.random.default_rng(seed).choice([0, 1, 2], len(problem["size"]), p=[0.8, 0.15, 0.05])
    return Problem.from_mapping(problem | {"level": level.tolist()})


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_give_each_level_the_same_worth_or_an_honest_gap(seed, monkeypatch):
    problem = urgent(seed)
    exact = solve(problem)
    monkeypatch.setattr(way, "FEW", -1)
    priced = solve(problem)
    assert check(problem, priced.to_mapping()) == []
    for one, other in zip(exact.stages, priced.stages, strict=True):
        assert other.level == one.level
        assert other.value <= one.value <= other.bound
        if other.value < one.value:
            break  # what follows speaks of another plan above
    assert priced.status == "feasible" or [each.value for each in priced.stages] == [each.value for each in exact.stages]


def test_those_who_are_held_keep_their_places_and_their_ties():
    problem = Problem.from_mapping({
        "format": "safeconduct-placement-1", "name": "held", "size": [2, 1, 3], "medical": [1, 0, 0], "group": [0, 0, -1],
        "quota": [5, 4], "med_quota": [1, 2**31 - 1], "reserved": [1, 0], "min_fill": [3, 0],
        "indptr": [0, 1, 3, 4], "route": [0, 0, 1, 0],
        "value": [900, 100, 150, 700], "link": [0, 0, 0, 1], "rank": [1, 1, 2, 1],
        "ties": [[0, 1, 80], [1, 2, 5]], "floors": {"0": 3},
    })  # fmt: skip
    rest, options = without(problem, np.array([0]), np.array([True, False, False]))
    assert options.tolist() == [1, 2, 3]
    assert (rest.quota.tolist(), rest.med_quota.tolist(), rest.min_fill.tolist()) == ([3, 4], [0, 2**31 - 1], [1, 0])
    assert (rest.reserved.tolist(), rest.floors, rest.value.tolist()) == ([1, 0], {0: 1}, [180, 150, 700])
    assert rest.ties.tolist() == [[1, 2, 5]]


def test_a_ties_bonus_weighs_with_the_lower_of_its_two_levels():
    problem = Problem.from_mapping({
        "format": "safeconduct-placement-1", "name": "ties", "size": [1, 1], "medical": [0, 0], "group": [-1, -1], "quota": [2],
        "med_quota": [2], "reserved": [0], "min_fill": [0], "indptr": [0, 1, 2], "route": [0, 0], "value": [10, 20], "link": [0, 0],
        "rank": [1, 1], "ties": [[0, 1, 7]], "floors": {}, "level": [2, 0],
    })  # fmt: skip
    assert weighted(problem, {2: 5}).value.tolist() == [50, 0]
    assert weighted(problem, {2: 5}).ties.tolist() == [[0, 1, 0]]
    assert weighted(problem, {2: 5, 0: 1}).ties.tolist() == [[0, 1, 7]]
