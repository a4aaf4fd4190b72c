"""No group left behind, and justified envy, against every plan there is."""

import itertools
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from safeconduct.engines.placement import Problem, check, fairest_floors, justified_envy, solve

from .instances import keeps_rules, plans, problems, small
from .test_large import camp


def shares(mapping, assign):
    """The placed share of every group that has an option."""
    able = [n for n, (a, b) in enumerate(itertools.pairwise(mapping["indptr"])) if b > a]
    groups = {mapping["group"][n] for n in able} | {int(group) for group in mapping["floors"]}
    for group in groups - {-1}:
        of = [n for n, each in enumerate(mapping["group"]) if each == group]
        yield sum(mapping["size"][n] for n in of if assign[n] >= 0) / sum(mapping["size"][n] for n in of)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_plan_lifts_the_worst_off_group_higher(mapping):
    problem = Problem.from_mapping(mapping)
    found = fairest_floors(problem)
    truth = max((min(shares(mapping, plan), default=1.0) for plan in plans(mapping) if keeps_rules(mapping, plan)), default=None)
    assert (found is None) == (truth is None)
    if found is not None:
        assert found.share == pytest.approx(truth)
        raised = replace(problem, floors=found.floors)
        plan = solve(raised)
        assert plan.status == "optimal" and check(raised, plan.to_mapping()) == []
        assert min(shares(mapping, plan.assign.tolist()), default=1.0) == pytest.approx(truth)


def test_among_many_options_the_floors_can_be_met_and_lift_every_group(monkeypatch):
    monkeypatch.setattr(sys.modules["safeconduct.engines.placement.fairness"], "MANY", 100)
    mapping = camp(3).to_mapping()
    mapping["group"] = np.random.default_rng(3).integers(-1, 3, len(mapping["size"])).tolist()
    problem = Problem.from_mapping(mapping)
    found, before = fairest_floors(problem), solve(problem)
    plan = solve(replace(problem, floors=found.floors))
    assert plan.status == "optimal"
    assert min(shares(mapping, before.assign.tolist())) < found.share <= min(shares(mapping, plan.assign.tolist()))


def two_want_one_place(**changes):
    return small(size=[1, 1], options=[[(0, 500)], [(0, 400)]], quota=[1], **changes)


@pytest.mark.parametrize(
    ("changes", "assign", "envies"),
    [
        ({}, [0, -1], []),  # the weaker claim waits
        ({}, [-1, 0], [0]),
        ({"level": [0, 1]}, [0, -1], [1]),  # urgency goes before worth
        ({"link": [0, 1]}, [0, -1], [1]),  # then relatives there
        ({"medical": [1, 0], "med_quota": [0]}, [-1, 0], []),  # who would not fit has no claim
        ({"size": [2, 1], "quota": [1]}, [-1, 0], []),
        ({"rank": [1, 1]}, [0, 0], []),
    ],
)
def test_envy_is_justified_by_level_then_link_then_worth_and_only_where_one_would_fit(changes, assign, envies):
    problem = Problem.from_mapping(two_want_one_place() | changes)
    found = justified_envy(problem, np.array(assign))
    assert (found.unit.tolist(), found.units) == (envies, len(envies))


def test_whoever_has_a_better_choice_envies_nobody():
    problem = Problem.from_mapping(small(size=[1, 1], options=[[(0, 500), (1, 900)], [(0, 400)]], quota=[1, 1], rank=[2, 1, 1]))
    assert justified_envy(problem, np.array([1, 0])).units == 0
    assert justified_envy(problem, np.array([-1, 0])).unit.tolist() == [0]
