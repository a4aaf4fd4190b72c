"""Batch by batch, with what is there on the day: no rule of the whole is broken, nothing is taken back, and foresight pays."""

from dataclasses import replace

import numpy as np
import pytest

from safeconduct.engines.placement import NO_LIMIT, Problem, solve
from safeconduct.engines.placement.online import Season, by_prices_of_the_future, first_come, greedy

from .instances import small
from .test_large import camp

WAYS = [by_prices_of_the_future, greedy, first_come]


def season(seed, *, waits=False, arriving=True):
    problem = camp(seed, units=120, routes=5, places=0.4)
    batches = 6
    share = np.linspace(0.2, 1, batches) if arriving else np.ones(batches)
    opened = np.floor(problem.quota * share[:, None] + 1e-9).astype(np.int64)
    return Season(problem, np.arange(problem.units) * batches // problem.units, opened, waits)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("waits", [False, True])
def test_no_place_is_given_before_it_is_there_and_no_limit_is_broken(way, waits):
    told = season(1, waits=waits)
    problem, assign = told.problem, way(told)
    chosen = problem.chosen(assign)
    assert len(chosen) == (assign >= 0).sum() > 0
    for at, opened in enumerate(told.opened):
        come = chosen[told.batch[problem.unit[chosen]] <= at]
        if not waits:  # who came so far was decided by then
            assert (np.bincount(problem.route[come], problem.persons[come], minlength=5) <= opened).all()
    loads = [problem.persons, problem.medical_cases, problem.persons * (1 - problem.link)]
    most = [problem.quota, problem.med_quota, np.where(problem.reserved > 0, problem.quota - problem.reserved, NO_LIMIT)]
    for load, limit in zip(loads, most, strict=True):
        assert (np.bincount(problem.route[chosen], load[chosen], minlength=5) <= limit).all()


@pytest.mark.parametrize("way", WAYS)
def test_a_later_batch_changes_nothing_that_was_decided(way):
    told = season(2, arriving=False)
    early = told.batch <= 2
    problem = told.problem
    other = replace(problem, value=np.where(early[problem.unit], problem.value, 1 + problem.value // 7))
    if way is by_prices_of_the_future:  # it knows an earlier season, not the one that comes
        first, second = (way(Season(each, told.batch, told.opened), past=problem) for each in (problem, other))
    else:
        first, second = (way(Season(each, told.batch, told.opened)) for each in (problem, other))
    assert (first[early] == second[early]).all()


def test_prices_of_the_future_keep_the_last_place_for_whom_it_is_worth_more():
    # One place; a weak claim comes first, a strong one later. An earlier season was alike.
    problem = Problem.from_mapping(small(size=[1, 1], options=[[(0, 100)], [(0, 900)]], quota=[1]))
    told = Season(problem, np.array([0, 1]), np.array([[1], [1]]))
    assert first_come(told).tolist() == [0, -1]
    assert by_prices_of_the_future(told, past=problem, seed=3, futures=8).tolist() == [-1, 0]


def test_over_some_seasons_foresight_reaches_more_of_hindsight_than_greed():
    def share(way, seed):
        told = season(seed, arriving=False)
        kwargs = {"past": season(seed + 50).problem} if way is by_prices_of_the_future else {}
        chosen = told.problem.chosen(way(told, **kwargs))
        return told.problem.value[chosen].sum() / solve(told.problem).value

    far, near = (np.mean([share(way, seed) for seed in range(3)]) for way in (by_prices_of_the_future, greedy))
    assert near < far <= 1


def test_the_same_seed_draws_the_same_futures():
    told = season(4)
    assert (by_prices_of_the_future(told, seed=9) == by_prices_of_the_future(told, seed=9)).all()


@pytest.mark.parametrize(
    ("problem", "batch", "opened", "says"),
    [
        (small(size=[1], options=[[(0, 1)]], quota=[2], min_fill=[2]), [0], [[2]], "block routes"),
        (small(size=[1], options=[[(0, 1)]], quota=[2], level=[1]), [0], [[2]], "levels"),
        (small(size=[1], options=[[(0, 1)]], quota=[2]), [1], [[2]], "number of its batch"),
        (small(size=[1], options=[[(0, 1)]], quota=[2]), [0], [[1]], "end at the quota"),
        (small(size=[1], options=[[(0, 1)]], quota=[2]), [0], [[2], [1], [2]], "never fall"),
    ],
)
def test_a_season_that_cannot_be_is_refused(problem, batch, opened, says):
    with pytest.raises(ValueError, match=says):
        Season(Problem.from_mapping(problem), np.array(batch), np.array(opened))
