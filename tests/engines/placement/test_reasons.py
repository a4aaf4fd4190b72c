"""Reasons are true: what they name as the obstacle is one, in the plan as it stands."""

import pytest
from hypothesis import given, settings

from safeconduct.engines.placement import Problem, Reasons, solve

from .instances import keeps_rules, problems, small, worth

OBSTACLES = {"minimum_fill_not_reached", "family_larger_than_offer", "lower_urgency_waits", "medical_full",
             "quota_full", "family_larger_than_places_left", "reserved_for_links"}  # fmt: skip


def reasons(mapping):
    problem = Problem.from_mapping(mapping)
    return Reasons(problem, solve(problem))


def only(mapping, unit):
    """The reason of a unit's one option that it did not get."""
    (reason,) = reasons(mapping).of(unit).others
    return reason


@settings(max_examples=200, deadline=None)
@given(problems())
def test_an_obstacle_is_named_exactly_where_the_plan_would_break_a_rule(mapping):
    problem = Problem.from_mapping(mapping)
    plan = solve(problem)
    if plan.assign is None:
        return
    for unit in range(problem.units):
        told = Reasons(problem, plan).of(unit)
        for other in told.others:
            moved = [*plan.assign.tolist()]
            moved[unit] = other.route
            if other.code in OBSTACLES:
                assert not keeps_rules(mapping, moved)
            elif other.code == "better_choice_given":
                assert problem.value[other.option] <= problem.value[told.given.option]
            elif other.code == "needed_for_minimum_fill":
                assert not keeps_rules(mapping, moved)
            else:
                assert other.code in ("keeps_tie", "worth_nothing_here")
                assert sum(worth(mapping, moved)) <= plan.value


@settings(max_examples=100, deadline=None)
@given(problems())
def test_each_option_is_told_of_once(mapping):
    problem = Problem.from_mapping(mapping)
    plan = solve(problem)
    if plan.assign is None:
        return
    for unit in range(problem.units):
        told = Reasons(problem, plan).of(unit)
        listed = [other.option for other in told.others] + ([told.given.option] if told.given else [])
        assert sorted(listed) == list(range(problem.indptr[unit], problem.indptr[unit + 1]))
        assert (told.route == -1) == (told.given is None) == (told.why_none is not None)


def test_a_full_offer_says_what_was_lacking_and_what_would_help():
    told = reasons(small(size=[1, 1], options=[[(0, 900)], [(0, 300)]], quota=[1])).of(1)
    assert told.why_none == "quota_full"
    assert told.others[0].numbers == {"size": 1, "quota": 1, "taken": 1, "left": 0, "missing": 1}
    assert 0 <= told.others[0].lacks <= 600
    assert (told.nearest.kind, told.nearest.route, told.nearest.count) == ("places", 0, 1)


def test_a_family_of_four_before_three_places_left():
    told = reasons(small(size=[2, 4], options=[[(0, 900)], [(0, 300)]], quota=[5])).of(1)
    assert told.why_none == "family_larger_than_places_left"
    assert told.others[0].numbers["left"] == 3
    assert told.nearest.count == 1


def test_a_family_larger_than_the_whole_offer():
    told = reasons(small(size=[4], options=[[(0, 300)]], quota=[3])).of(0)
    assert (told.why_none, told.nearest.count) == ("family_larger_than_offer", 1)


def test_places_reserved_for_family_links():
    told = reasons(small(size=[2], options=[[(0, 300)]], quota=[5], reserved=[4])).of(0)
    assert told.why_none == "family_larger_than_offer"
    told = reasons(small(size=[1, 1], options=[[(0, 900)], [(0, 300)]], quota=[3], reserved=[2])).of(1)
    assert told.why_none == "reserved_for_links"
    assert (told.nearest.kind, told.nearest.count) == ("open_places", 1)


def test_medical_places_used_up():
    told = reasons(small(size=[1, 1], options=[[(0, 9)], [(0, 3)]], quota=[5], med_quota=[1], medical=[1, 1])).of(1)
    assert (told.why_none, told.nearest.kind, told.nearest.count) == ("medical_full", "medical_places", 1)


def test_a_block_move_that_fails_is_told_without_counts():
    told = reasons(small(size=[1, 1], options=[[(0, 9)], [(0, 9)]], quota=[9], min_fill=[5])).of(0)
    assert told.why_none == "minimum_fill_not_reached"
    assert told.others[0].numbers == {"size": 1, "minimum_fill": 5}
    assert (told.nearest.kind, told.nearest.count) == ("minimum_fill", None)


def test_a_better_choice_is_named_with_both_values_and_ranks():
    reason = only(small(size=[1], options=[[(0, 9), (1, 4)]], quota=[1, 1], rank=[1, 2]), 0)
    assert reason.code == "better_choice_given"
    assert reason.numbers == {"size": 1, "value": 4, "value_given": 9, "rank": 2, "rank_given": 1}


def test_the_less_urgent_wait_for_the_more_urgent():
    told = reasons(small(size=[1, 1], options=[[(0, 1)], [(0, 900)]], quota=[1], level=[1, 0])).of(1)
    assert told.why_none == "lower_urgency_waits"
    assert told.others[0].numbers == {"size": 1, "quota": 1, "more_urgent": 1}
    assert told.others[0].lacks is None


def test_units_that_want_one_destination_stay_together():
    mapping = small(size=[1, 1], options=[[(0, 50), (1, 40)], [(1, 90)]], quota=[1, 2], ties=[[0, 1, 30]])
    assert only(mapping, 0).code == "keeps_tie"


def test_somebody_holds_up_a_block_move():
    mapping = small(size=[1, 1], options=[[(0, 50), (1, 40)], [(1, 90)]], quota=[1, 2], min_fill=[0, 2])
    assert only(mapping, 0).code == "needed_for_minimum_fill"


def test_somebody_without_any_option():
    told = reasons(small(size=[1], options=[[]], quota=[1])).of(0)
    assert (told.why_none, told.others, told.nearest) == ("no_option", (), None)


def test_an_option_that_is_worth_less_than_staying():
    assert only(small(size=[1], options=[[(0, -5)]], quota=[1]), 0).code == "worth_nothing_here"


def test_an_infeasible_plan_has_no_reasons():
    told = reasons(small(size=[2], options=[[(0, 9)]], quota=[1], group=[0], floors={"0": 2}))
    with pytest.raises(ValueError, match="relaxation"):
        told.of(0)


def test_what_was_lacking_is_told_among_those_who_are_as_urgent():
    mapping = small(size=[1, 1, 1], options=[[(0, 100)], [(0, 900)], [(0, 300)]], quota=[2], level=[1, 0, 0])
    assert only(mapping, 2).lacks in range(601)  # the more urgent one, of little worth, has its place before both


def test_more_worth_opens_no_offer_that_is_too_small_or_takes_nobody():
    assert only(small(size=[4], options=[[(0, 300)]], quota=[3]), 0).lacks is None
    assert only(small(size=[1], options=[[(0, 9)]], quota=[9], min_fill=[5]), 0).lacks is None
