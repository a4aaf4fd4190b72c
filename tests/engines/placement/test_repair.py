"""The plan nearest to the one that people were told, against every plan there is."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.engines.placement import Problem, check, repair, solve

from .instances import best, keeps_rules, plans, problems, small, worth


def changed(before, assign):
    return sum(had not in (-1, has) for had, has in zip(before, assign, strict=True))


@settings(max_examples=120, deadline=None)
@given(problems(), st.data())
def test_no_plan_within_the_loss_changes_fewer_and_none_that_changes_as_few_is_worth_more(mapping, data):
    truth = best(mapping)
    before = [data.draw(st.integers(-1, len(mapping["quota"]) - 1)) for _ in mapping["size"]]
    loss = data.draw(st.sampled_from([0, 50, 400]))
    problem = Problem.from_mapping(mapping)
    found = list(repair(problem, np.array(before, dtype=np.int64), losses=[loss]))
    if truth is None:
        assert found == []
        return
    allowed = [each for each in plans(mapping) if keeps_rules(mapping, each)]
    near = [
        each
        for each in allowed
        if worth(mapping, each)[:-1] == truth[:-1] and sum(worth(mapping, each)[-1:]) >= sum(truth[-1:]) - loss
    ]
    fewest = min(changed(before, each) for each in near)
    told = found[0]
    assert told.proven and len(told.changed) == changed(before, told.plan.assign) == fewest
    highest = max(worth(mapping, each) for each in near if changed(before, each) == fewest)
    assert worth(mapping, told.plan.assign.tolist()) == highest and told.lost == sum(truth[-1:]) - sum(highest[-1:])
    assert check(problem, json.loads(json.dumps(told.plan.to_mapping()))) == []


def test_of_two_equal_plans_the_one_stays_that_people_were_told():
    problem = Problem.from_mapping(small(size=[1, 1], options=[[(0, 500)], [(0, 500)]], quota=[1]))
    for told in ([0, -1], [-1, 0]):
        assert next(repair(problem, np.array(told))).plan.assign.tolist() == told


def test_a_larger_loss_never_changes_more():
    mapping = small(size=[1, 1, 1], options=[[(0, 500), (1, 900)], [(0, 800), (1, 100)], [(1, 300)]], quota=[1, 1])
    problem, before = Problem.from_mapping(mapping), np.array([0, -1, 1])
    curve = list(repair(problem, before, losses=[0, 400, 2000]))
    assert [len(each.changed) for each in curve] == sorted((len(each.changed) for each in curve), reverse=True)
    assert curve[0].lost == 0 and len(curve[-1].changed) == 0 and curve[0].plan.value == solve(problem).value


@settings(max_examples=40, deadline=None)
@given(problems(), st.data())
def test_of_large_problems_a_near_plan_keeps_every_rule_and_the_loss_and_changes_no_more_than_a_new_one(mapping, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["safeconduct.engines.placement.repair"], "FEW", -1)
        before = [data.draw(st.integers(-1, len(mapping["quota"]) - 1)) for _ in mapping["size"]]
        problem = Problem.from_mapping(mapping)
        found = list(repair(problem, np.array(before, dtype=np.int64), losses=[0, 400]))
    truth = best(mapping)
    assert (truth is None) == (found == [])
    if truth is not None:
        new = solve(problem)
        for each, loss in zip(found, (0, 400), strict=True):
            assert check(problem, json.loads(json.dumps(each.plan.to_mapping()))) == []
            assert each.lost <= loss and not each.proven
            assert len(each.changed) == changed(before, each.plan.assign) <= changed(before, new.assign)
            assert worth(mapping, each.plan.assign.tolist())[:-1] >= truth[:-1]
