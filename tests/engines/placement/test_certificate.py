"""The independent check believes nothing: each lie in a plan has its name."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.engines.placement import Problem, certify, check, solve
from safeconduct.engines.placement.claims import SAYS
from safeconduct.engines.placement.proof import recompute

from .instances import keeps_rules, plans, problems, small, worth

UNLIMITED = 2**31 - 1


def crowded():
    """Four families, three routes: a full one, one that is reserved, a block move that nobody fills."""
    return small(
        size=[2, 2, 1, 2],
        medical=[1, 0, 0, 0],
        group=[0, 0, 1, -1],
        options=[[(0, 900), (2, 100)], [(0, 800), (1, 500)], [(0, 400), (1, 450)], [(0, 300)]],
        quota=[3, 3, 9],
        med_quota=[1, UNLIMITED, UNLIMITED],
        reserved=[0, 2, 0],
        min_fill=[0, 0, 5],
        link=[0, 0, 0, 0, 0, 1, 0],
        ties=[[0, 1, 30]],
        floors={"0": 2},
    )


PROBLEM = Problem.from_mapping(crowded())
PLAN = json.loads(json.dumps(solve(PROBLEM).to_mapping(0.1)))


def assign(*routes):
    return lambda plan: plan.__setitem__("assign", list(routes))


def certificate(key, value):
    return lambda plan: plan["certificate"].__setitem__(key, value)


def plan_says(key, value):
    return lambda plan: plan.__setitem__(key, value)


def branches(*choices):
    def change(plan):
        plan["certificate"]["branches"] = [{"open": opened, "closed": closed} for opened, closed in choices]

    return change


LIES = [
    ("wrong_format", plan_says("format", "x")),
    ("wrong_problem", plan_says("problem", "another")),
    ("wrong_status", plan_says("status", "perfect")),
    ("wrong_status", plan_says("status", "infeasible")),
    ("wrong_shape", plan_says("assign", None)),
    ("wrong_shape", assign(0, 0)),
    ("wrong_shape", assign(0, 0, 0, 0.0)),
    ("wrong_shape", plan_says("bound", None)),
    ("wrong_shape", plan_says("bound_by", "me")),
    ("wrong_shape", plan_says("certificate", None)),
    ("wrong_shape", certificate("quota", [0, 0])),
    ("wrong_shape", certificate("floors", {})),
    ("wrong_shape", certificate("branches", {})),
    ("wrong_shape", branches(([2], [2]))),
    ("no_such_option", assign(1, -1, -1, -1)),
    ("no_such_option", assign(7, -1, -1, -1)),
    ("no_such_option", assign(-2, -1, -1, -1)),
    ("quota", assign(0, 0, -1, -1)),
    ("reserved", assign(0, 1, -1, -1)),
    ("minimum_fill", assign(2, -1, -1, -1)),
    ("floor", assign(-1, -1, 0, -1)),
    ("wrong_value", plan_says("value", PLAN["value"] + 1)),
    ("wrong_value", plan_says("value", float(PLAN["value"]))),
    ("bound_below_value", plan_says("bound", PLAN["value"] - 1)),
    ("not_proven", plan_says("bound", PLAN["bound"] + 1)),
    ("wrong_bound", certificate("bound", PLAN["certificate"]["bound"] - 1)),
    ("wrong_bound", plan_says("bound", 10**9)),
    ("negative_price", certificate("quota", [-1, 0, 0])),
    ("negative_price", certificate("quota", [0, 0, -1])),
    ("negative_price", certificate("med_quota", [-1, 0, 0])),
    ("negative_price", certificate("reserved", [0, -1, 0])),
    ("negative_price", certificate("floors", {"0": -1})),
    ("tie_split_out_of_range", certificate("tie_split", [1025])),
    ("tie_split_out_of_range", certificate("tie_split", [-1])),
    ("price_without_limit", certificate("med_quota", [0, 1, 0])),
    ("branches_incomplete", branches(([2], []))),
    ("branches_incomplete", branches(([], [2]))),
    ("branch_of_no_block", branches(([1], []), ([], [1]))),
    ("branch_of_no_block", branches(([9], []), ([], [9]))),
]


@pytest.mark.parametrize(("code", "lie"), LIES)
def test_each_lie_is_named(code, lie):
    plan = copy.deepcopy(PLAN)
    lie(plan)
    faults = check(PROBLEM, plan)
    assert code in {fault.code for fault in faults}
    assert all(fault.says.endswith(".") for fault in faults)


def test_what_is_closed_outside_the_branches_proves_nothing():
    plan = copy.deepcopy(PLAN)
    plan["certificate"] |= {"closed": [0, 1, 2], "branches": [], "bound": 0}
    assert "wrong_bound" in {fault.code for fault in check(PROBLEM, plan)}


def test_a_branch_cannot_bring_a_scale_of_its_own():
    plan = copy.deepcopy(PLAN)
    plan["certificate"]["branches"] = [{"open": [2], "closed": []}, {"open": [], "closed": [2]}]
    plan["certificate"]["bound"] = recompute(PROBLEM, plan["certificate"])
    proven = check(PROBLEM, plan)
    for branch in plan["certificate"]["branches"]:
        branch["scale"] = 10**9
    assert check(PROBLEM, plan) == proven


def test_more_medical_cases_than_places_are_named():
    mapping = crowded() | {"med_quota": [0, UNLIMITED, UNLIMITED]}
    assert "medical" in {fault.code for fault in check(Problem.from_mapping(mapping), PLAN)}


def test_infeasible_needs_a_group_that_can_fall_short_by_that_much():
    plan = PLAN | {"status": "infeasible", "assign": None, "value": None}
    assert [f.code for f in check(PROBLEM, plan | {"relaxation": {}})] == ["floors_met"]
    assert [f.code for f in check(PROBLEM, plan | {"relaxation": {"0": 3}})] == ["relaxation_too_large"]
    assert check(PROBLEM, plan | {"relaxation": {"0": 1}}) == []


def test_levels_need_their_stages_with_their_own_values():
    problem = Problem.from_mapping(crowded() | {"level": [0, 0, 2, 1]})
    plan = json.loads(json.dumps(solve(problem).to_mapping()))
    assert check(problem, plan) == []
    lies = {
        "stages_missing": ("level", 5),
        "wrong_stage_value": ("value", 10**6),
        "bound_below_value": ("bound", -1),
        "not_proven": ("bound", 10**6),
    }
    for code, (key, value) in lies.items():
        lie = copy.deepcopy(plan)
        lie["stages"][0][key] = value
        assert code in {fault.code for fault in check(problem, lie)}
    assert "stages_missing" in {fault.code for fault in check(problem, plan | {"stages": []})}


def test_every_sentence_belongs_to_a_lie_that_a_test_tells():
    told = {code for code, _ in LIES} | {"medical", "floors_met", "relaxation_too_large"}
    assert set(SAYS) == told | {"stages_missing", "wrong_stage_value"}


@st.composite
def priced(draw):
    """A problem with any prices that the format allows, branched over its block routes or not."""
    mapping = draw(problems(levels=False))
    routes = len(mapping["quota"])
    blocks = [route for route in range(routes) if mapping["min_fill"][route]]
    some = st.integers(0, 2**20)

    def prices(opened):
        return {
            "quota": [draw(st.integers(-(2**20), 2**20)) if r in opened else draw(some) for r in range(routes)],
            "med_quota": [0 if limit == UNLIMITED else draw(some) for limit in mapping["med_quota"]],
            "reserved": [draw(some) for _ in range(routes)],
            "floors": {group: draw(some) for group in mapping["floors"]},
            "tie_split": [draw(st.integers(0, 1024)) for _ in mapping["ties"]],
        }

    cuts = [([blocks[0]], []), ([], [blocks[0]])] if blocks and draw(st.booleans()) else []
    tree = [{"open": opened, "closed": closed, **prices(opened)} for opened, closed in cuts]
    return mapping, {"scale": 1024, **prices([]), "branches": tree}


@settings(max_examples=300, deadline=None)
@given(priced())
def test_whatever_the_prices_no_allowed_plan_beats_their_bound(case):
    mapping, prices = case
    bound = recompute(Problem.from_mapping(mapping), prices)
    assert all(sum(worth(mapping, plan)) <= bound for plan in plans(mapping) if keeps_rules(mapping, plan))


@settings(max_examples=100, deadline=None)
@given(problems(levels=False))
def test_the_engine_and_the_independent_check_compute_one_bound(mapping):
    problem = Problem.from_mapping(mapping)
    certificate = certify(problem)
    assert recompute(problem, json.loads(json.dumps(certificate.to_mapping()))) == certificate.bound


@settings(max_examples=150, deadline=None)
@given(problems(), st.data())
def test_a_plan_with_one_unit_moved_is_accepted_only_if_it_keeps_every_rule(mapping, data):
    problem = Problem.from_mapping(mapping)
    plan = json.loads(json.dumps(solve(problem).to_mapping()))
    if plan["status"] != "optimal" or not plan["assign"]:
        return
    unit = data.draw(st.integers(0, len(plan["assign"]) - 1))
    plan["assign"][unit] = data.draw(st.integers(-1, len(mapping["quota"])))
    own = plan["assign"][unit] in {-1, *mapping["route"][mapping["indptr"][unit] : mapping["indptr"][unit + 1]]}
    codes = {fault.code for fault in check(problem, plan)}
    rules = {"quota", "medical", "reserved", "minimum_fill", "floor", "no_such_option"}
    assert not codes & rules if own and keeps_rules(mapping, plan["assign"]) else codes & rules
    if own and sum(worth(mapping, plan["assign"])) != plan["value"]:
        assert codes
