"""The way of large problems: prices, the contested, a proof; against the exact way and against every plan there is."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from safeconduct.engines.placement import NO_LIMIT, Problem, check, newton, passes, solve
from safeconduct.engines.placement.finish import settle
from safeconduct.engines.placement.model import find_pairs
from safeconduct.engines.placement.newton import as_integers, dual_prices
from safeconduct.engines.placement.passes import AtPrices, Market, Rows

from .instances import best, problems

SCALE = 1024
way = sys.modules["safeconduct.engines.placement.solve"]  # the name is taken by its function


def camp(seed, *, units=400, routes=8, places=0.6):
    """Families of one to four, a third of the pairs possible, medical places and places for relatives on half of the routes."""
    chance = np.random.default_rng(seed)
    size = chance.integers(1, 5, units)
    possible = chance.random((units, routes)) < 0.35
    route = np.nonzero(possible)[1]
    quota = np.maximum(2, (chance.dirichlet(np.ones(routes)) * places * size.sum()).astype(int))
    half = np.arange(routes) % 2 == 0
    return Problem.from_mapping({
        "format": "safeconduct-placement-1", "name": f"camp {seed}", "size": size.tolist(),
        "medical": chance.binomial(size, 0.1).tolist(), "group": [-1] * units, "quota": quota.tolist(),
        "med_quota": np.where(half, np.maximum(1, quota // 12), NO_LIMIT).tolist(),
        "reserved": np.where(half, 0, quota // 8).tolist(), "min_fill": [0] * routes,
        "indptr": np.concatenate([[0], possible.sum(axis=1).cumsum()]).tolist(), "route": route.tolist(),
        "value": (chance.integers(100, 1000, len(route)) * size[np.nonzero(possible)[0]]).tolist(),
        "link": (chance.random(len(route)) < 0.1).astype(int).tolist(), "rank": [1] * len(route), "ties": [], "floors": {},
    })  # fmt: skip


def plain(mapping):
    """The same problem without levels."""
    return {key: value for key, value in mapping.items() if key != "level"}


@pytest.fixture
def always(monkeypatch):
    """Every problem that the way of prices knows goes that way."""
    monkeypatch.setattr(way, "FEW", -1)


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_find_the_same_optimum_and_the_check_believes_both(seed, monkeypatch):
    problem = camp(seed)
    exact = solve(problem)
    monkeypatch.setattr(way, "FEW", -1)
    priced = solve(problem)
    assert exact.status == priced.status == "optimal" and exact.value == priced.value
    assert check(problem, priced.to_mapping()) == []


def test_the_smallest_problems_are_solved_by_prices_too(always):
    @settings(max_examples=150, deadline=None)
    @given(problems(levels=False))
    def held(mapping):
        mapping = plain(mapping)
        problem = Problem.from_mapping(mapping)
        plan = solve(problem).to_mapping()
        truth = best(mapping)
        assert plan["status"] == ("infeasible" if truth is None else "optimal") and check(problem, plan) == []
        assert truth is None or [plan["value"]] == (truth or [0])

    held()


def test_no_prices_whatever_bound_less_than_the_optimum():
    problem, chance = camp(1), np.random.default_rng(1)
    rows, optimum = Rows.of(problem), solve(problem).value
    for most in (0, 50, 500, 5000):
        prices = as_integers(chance.random(len(rows.capacity)) * most, SCALE)
        at = AtPrices(problem, rows, prices)
        assert at.top(at.margins()) // SCALE >= optimum


@pytest.mark.parametrize("seed", range(3))
def test_newton_prices_come_as_low_as_the_linear_relaxation(seed):
    problem = camp(seed, units=1500, routes=12)
    rows = Rows.of(problem)
    at = AtPrices(problem, rows, as_integers(dual_prices(problem, rows), SCALE))
    bound = at.top(at.margins()) // SCALE
    relaxed = large_certificate(problem)
    assert bound <= relaxed * (1 + 2e-6)


def large_certificate(problem):
    """The bound that the duals of the linear relaxation prove."""
    from safeconduct.engines.placement import certify

    return certify(problem).bound


def test_the_smoothed_dual_has_the_slope_and_the_bend_that_it_says():
    problem = camp(2, units=60, routes=4)
    rows = Rows.of(problem)
    at = np.random.default_rng(2).random(len(rows.capacity)) * 400
    with ThreadPoolExecutor(2) as pool:
        market = Market(problem, rows, pool)
        here = market.smoothed(at, 60.0)
        for row in range(len(at)):
            ahead, behind = at.copy(), at.copy()
            ahead[row] += 1e-3
            behind[row] -= 1e-3
            one, other = market.smoothed(ahead, 60.0), market.smoothed(behind, 60.0)
            assert (one.value - other.value) / 2e-3 == pytest.approx(-here.load[row], rel=1e-3, abs=1e-3)
            assert -(one.load - other.load) / 2e-3 == pytest.approx(here.bend[row], rel=1e-2, abs=1e-3)


def test_what_is_settled_keeps_every_rule_and_its_bound():
    problem = camp(3, units=900)
    rows = Rows.of(problem)
    whole = settle(problem, find_pairs(problem), AtPrices(problem, rows, as_integers(dual_prices(problem, rows), SCALE)))
    assign = np.full(problem.units, -1)
    assign[problem.unit[whole.chosen]] = problem.route[whole.chosen]
    told = solve(problem).to_mapping() | {"status": "feasible", "assign": assign.tolist(), "value": whole.value}
    assert check(problem, told) == [] and whole.value <= whole.bound


def test_prices_that_are_far_off_still_lead_to_a_plan_that_keeps_every_rule():
    problem = camp(4)
    rows = Rows.of(problem)
    whole = settle(problem, find_pairs(problem), AtPrices(problem, rows, np.zeros(len(rows.capacity), dtype=np.int64)))
    assert whole.value <= solve(problem).value <= whole.bound
    load = np.bincount(problem.route[whole.chosen], problem.persons[whole.chosen], minlength=problem.routes)
    assert (load <= problem.quota).all()


def test_the_options_within_a_loss_are_those_that_the_definition_says():
    problem = camp(5, units=50)
    rows = Rows.of(problem)
    prices = as_integers(np.random.default_rng(5).random(len(rows.capacity)) * 300, SCALE)
    at, units = AtPrices(problem, rows, prices), np.arange(problem.units)
    found = at.margins()
    spread, routes = rows.spread(prices), problem.routes
    unlinked = problem.persons * (1 - problem.link)
    net = SCALE * problem.value - problem.persons * spread[problem.route] - problem.medical_cases * spread[routes + problem.route]
    net -= unlinked * spread[2 * routes + problem.route]
    most = np.full(problem.units, 200 * SCALE)
    told = at.within(units, found.best, most)
    assert told.tolist() == np.flatnonzero(found.best[problem.unit] - net <= 200 * SCALE).tolist()
    assert (found.best == [max(0, *net[problem.unit == unit], 0) for unit in units]).all()


def test_the_same_plan_comes_out_on_one_core_and_on_many(monkeypatch):
    problem = camp(6, units=1200)
    rows = Rows.of(problem)
    one = dual_prices(problem, rows)
    monkeypatch.setattr(passes, "_cores", lambda: 5)
    assert (dual_prices(problem, rows) == one).all()


def test_where_a_value_would_leave_64_bits_the_exact_way_is_taken(always):
    mapping = {
        "format": "safeconduct-placement-1", "name": "vast", "size": [1], "medical": [0], "group": [-1], "quota": [1],
        "med_quota": [NO_LIMIT], "reserved": [0], "min_fill": [0], "indptr": [0, 1], "route": [0], "value": [2**52 // 1024],
        "link": [0], "rank": [1], "ties": [], "floors": {},
    }  # fmt: skip
    assert solve(Problem.from_mapping(mapping)).value == 2**52 // 1024


def test_a_known_plan_is_never_exchanged_for_a_worse_one(always, monkeypatch):
    problem = camp(3)
    known = solve(problem)
    before = way._large

    def worse(problem, limit):
        plan = before(problem, limit)
        return replace(plan, status="feasible", assign=np.full(problem.units, -1), value=0)

    monkeypatch.setattr(way, "_large", worse)
    found = solve(problem, start=known.assign)
    assert found.value == known.value and check(problem, found.to_mapping()) == []
    assert solve(problem, start=np.full(problem.units, -1)).value == 0


@pytest.mark.parametrize("seed", range(3))
def test_asking_only_the_options_near_to_the_best_gives_the_same_prices(seed, monkeypatch):
    problem = camp(seed, units=9_000, routes=12)
    rows = Rows.of(problem)
    cold = dual_prices(problem, rows)
    tops = []
    for sifted in (0.4, 1e9):  # the second: so far that all are near, and all are asked
        monkeypatch.setattr(newton, "SIFTED", sifted)
        at = AtPrices(problem, rows, as_integers(dual_prices(problem, rows, 1.2 * cold), SCALE))
        tops.append(at.top(at.margins()))
    assert abs(tops[0] - tops[1]) <= 3e-7 * tops[1]


def test_prices_that_are_low_enough_are_not_lowered_further():
    problem = camp(1, units=9_000, routes=12)
    rows = Rows.of(problem)
    cold = dual_prices(problem, rows)
    at = AtPrices(problem, rows, as_integers(cold, SCALE))
    enough = 1.01 * at.top(at.margins()) / SCALE
    found = AtPrices(problem, rows, as_integers(dual_prices(problem, rows, 1.3 * cold, enough=enough), SCALE))
    assert at.top(at.margins()) < found.top(found.margins()) <= SCALE * (enough + 1)
