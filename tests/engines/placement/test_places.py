"""What more places free is asked of the engine again, and it is never less than nothing."""

import copy

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.engines.placement import Problem, more_options, more_places, solve

from .instances import best, problems, small


@settings(max_examples=40, deadline=None)
@given(problems(levels=False))
def test_more_places_are_worth_what_every_plan_says(mapping):
    problem = Problem.from_mapping(mapping)
    plan = solve(problem)
    for answer in more_places(problem, plan):
        more = copy.deepcopy(mapping)
        more["quota" if answer.kind == "places" else "med_quota"][answer.route] += answer.extra
        assert answer.proven
        assert plan.value + answer.value == sum(best(more))
        assert answer.value >= 0


def test_one_more_place_lets_two_brothers_go_who_only_fit_together():
    problem = Problem.from_mapping(small(size=[2, 2], options=[[(0, 90)], [(0, 80)]], quota=[3]))
    one, ten = more_places(problem, solve(problem))
    assert (one.extra, one.persons, one.value) == (1, 2, 80)
    assert (ten.extra, ten.persons, ten.value) == (10, 2, 80)


def test_one_more_medical_place_is_asked_for_where_they_are_limited():
    problem = Problem.from_mapping(small(size=[1], options=[[(0, 90)]], quota=[3], medical=[1], med_quota=[0]))
    answers = {(each.kind, each.extra): each.persons for each in more_places(problem, solve(problem))}
    assert answers == {("places", 1): 0, ("places", 10): 0, ("medical_places", 1): 1}


def test_without_a_plan_there_is_nothing_to_add_to():
    short = small(size=[2], options=[[(0, 9)]], quota=[1], group=[0], floors={"0": 2})
    problem = Problem.from_mapping(short)
    assert list(more_places(problem, solve(problem))) == []


@settings(max_examples=60, deadline=None)
@given(problems(levels=False), st.data())
def test_a_dropped_condition_frees_what_every_plan_says_and_the_prices_predict_no_less(mapping, data):
    wider = Problem.from_mapping(mapping)
    kept = np.array(sorted(data.draw(st.sets(st.integers(0, wider.options - 1))) if wider.options else ()), dtype=np.int64)
    problem = wider.only(kept)
    plan = solve(problem)
    found = more_options(problem, plan, wider, plan.assign if plan.assign is not None else np.zeros(0))
    if plan.assign is None:
        assert found is None
    else:
        assert found.proven and plan.value + found.value == sum(best(mapping))
        if not (wider.min_fill.any() or len(wider.ties) or wider.floors):
            assert 0 <= found.value <= found.predicted + 1 + plan.certificate.bound - plan.value


def test_who_may_go_by_a_dropped_condition_is_counted_in_persons():
    wider = Problem.from_mapping(small(size=[2, 3], options=[[(0, 90)], [(0, 80)]], quota=[5]))
    problem = wider.only(np.array([0]))
    found = more_options(problem, solve(problem), wider, np.array([0, -1]))
    assert (found.persons, found.value, found.predicted, found.proven) == (3, 80, 80, True)


def test_urgency_is_asked_for_its_own_prices():
    wider = Problem.from_mapping(small(size=[1, 1, 1], options=[[(0, 100)], [(0, 900)], [(0, 300)]], quota=[2], level=[1, 0, 0]))
    problem = wider.only(np.array([0, 2]))
    found = more_options(problem, solve(problem), wider, np.array([0, -1, 0]))
    assert (found.persons, found.value, found.proven) == (0, 600, True) and 600 <= found.predicted <= 900
