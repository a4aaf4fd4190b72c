"""Two plans side by side account for everybody once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.engines.placement import Problem, compare

from .instances import plans, problems, small

PARTS = ("gained", "lost", "moved", "kept", "waiting")


def test_who_gains_who_loses_who_moves():
    problem = Problem.from_mapping(small(size=[1, 2, 3, 4, 5], options=[[(0, 5), (1, 7)]] * 5, quota=[9, 9]))
    told = compare(problem, np.array([-1, 0, 0, 1, -1]), np.array([1, -1, 1, 1, -1]))
    assert [getattr(told, part).tolist() for part in PARTS] == [[0], [1], [2], [3], [4]]
    assert told.persons == {"gained": 1, "lost": 2, "moved": 3, "kept": 4, "waiting": 5}
    assert told.flow.tolist() == [[0, 3, 2], [0, 4, 0], [0, 1, 5]]
    assert told.value == 7 - 5 + (7 - 5)


@settings(max_examples=50, deadline=None)
@given(problems(), st.data())
def test_every_unit_and_every_person_is_counted_once(mapping, data):
    problem = Problem.from_mapping(mapping)
    before, after = (np.array(data.draw(st.sampled_from(list(plans(mapping)))), dtype=np.int64) for _ in range(2))
    told = compare(problem, before, after)
    assert sorted(np.concatenate([getattr(told, part) for part in PARTS]).tolist()) == list(range(problem.units))
    assert sum(told.persons.values()) == told.flow.sum() == problem.size.sum()
    assert told.value == -compare(problem, after, before).value


def test_plans_of_another_problem_are_refused():
    problem = Problem.from_mapping(small(size=[1], options=[[(0, 5)]], quota=[1]))
    with pytest.raises(ValueError, match="each unit"):
        compare(problem, np.array([0, 0]), np.array([0]))
