"""A pass over the options as SQL: the same sums and the same integers as the compiled pass, on a real DuckDB."""

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings

from safeconduct.engines.placement import SCALE, Problem
from safeconduct.engines.placement.finish import holds
from safeconduct.engines.placement.newton import as_integers, dual_prices
from safeconduct.engines.placement.passes import Market, Rows, every_core
from safeconduct.engines.placement.prices import Prices, bound
from safeconduct.engines.placement.sql import Routes, SqlMarket, bound_of, prices_by_sql
from safeconduct.engines.placement.sql_plan import near_options, plan_by_sql

from .instances import problems
from .test_large import camp


def columns(problem):
    """The options as the columns of a table."""
    return {
        "unit": problem.unit, "size": problem.persons, "medical": problem.medical_cases, "route": problem.route,
        "value": problem.value, "link": problem.link,
    }  # fmt: skip


def tabled(problem, name="options"):
    """The options in a DuckDB of their own, and how to ask it."""
    base = duckdb.connect()
    base.register("given", columns(problem))
    base.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    base.execute(f"CREATE TABLE part AS SELECT * FROM {name} WHERE unit % 4 = 0")
    return lambda statement: base.execute(statement).fetchall(), Routes(name, problem.quota, problem.med_quota, problem.reserved)


def exact(problem, prices):
    """The bound as the engine computes it."""
    routes = problem.routes
    parts = [prices[at * routes : (at + 1) * routes] for at in range(3)]
    return bound(problem, Prices(*parts, {}, np.zeros(len(problem.ties), dtype=np.int64)))


@pytest.mark.parametrize("temperature", [5.0, 40.0, 300.0])
def test_loads_bends_and_the_smoothed_value_are_those_of_the_compiled_pass(temperature):
    problem = camp(1)
    run, routes = tabled(problem)
    rows = routes.rows()
    prices = np.random.default_rng(1).random(len(rows.capacity)) * 400
    told = SqlMarket(run, routes, rows).smoothed(prices, temperature)
    with every_core() as pool:
        known = Market(problem, Rows.of(problem), pool).smoothed(prices, temperature)
    assert told.value == pytest.approx(known.value, rel=1e-9)
    assert told.top == pytest.approx(known.top, rel=1e-9)
    assert told.load == pytest.approx(known.load, rel=1e-4, abs=0.05)
    assert told.bend == pytest.approx(known.bend, rel=1e-4, abs=1e-4)


def test_the_bound_at_whole_prices_is_the_same_integer():
    problem, chance = camp(2), np.random.default_rng(2)
    run, routes = tabled(problem)
    for most in (0, 7, 400 * SCALE, 2**36):
        prices = chance.integers(0, most + 1, 3 * problem.routes)
        prices[problem.routes : 2 * problem.routes][problem.med_quota == 2**31 - 1] = 0
        assert bound_of(run, routes, prices) == exact(problem, prices)


def test_on_the_smallest_problems_too():
    @settings(max_examples=15, deadline=None)
    @given(problems(levels=False))
    def same(mapping):
        problem = Problem.from_mapping(
            {k: v for k, v in mapping.items() if k != "level"} | {"ties": [], "floors": {}, "min_fill": [0] * len(mapping["quota"])}
        )
        if not problem.options:
            return
        run, routes = tabled(problem)
        prices = prices_by_sql(run, routes)
        assert (prices >= 0).all() and bound_of(run, routes, prices) == exact(problem, prices)

    same()


def test_prices_by_sql_reach_the_bound_of_the_compiled_way():
    problem = camp(3)
    run, routes = tabled(problem)
    rows = Rows.of(problem)
    compiled = rows.spread(as_integers(dual_prices(problem, rows), SCALE))[: 3 * problem.routes]
    for sampled in (None, "part"):
        assert bound_of(run, routes, prices_by_sql(run, routes, sampled=sampled)) == pytest.approx(
            exact(problem, compiled), rel=2e-6
        )


@pytest.mark.parametrize("seed", range(4))
def test_from_prices_in_a_database_to_a_plan_that_keeps_every_rule_and_nearly_reaches_its_bound(seed):
    problem = camp(seed, units=900)
    run, routes = tabled(problem)
    prices = prices_by_sql(run, routes)
    near, _names = near_options(run, routes, prices)
    plan = plan_by_sql(run, routes, prices)
    assign = np.full(problem.units, -1)
    assign[plan.units] = plan.assign
    chosen = problem.chosen(assign)
    assert len(chosen) == len(plan.units) and holds(problem, Rows.of(problem), chosen)
    assert plan.value == int(problem.value[chosen].sum()) <= plan.bound == exact(problem, prices)
    assert plan.value >= 0.998 * plan.bound and near.options < 0.7 * problem.options


def test_units_are_called_what_the_table_calls_them():
    problem = camp(5, units=60)
    run, routes = tabled(problem)
    run("UPDATE options SET unit = 1000 - 7 * unit")
    plan = plan_by_sql(run, routes, prices_by_sql(run, routes))
    assert set(plan.units) <= {1000 - 7 * unit for unit in range(60)} and (np.diff(plan.units) > 0).all()


def test_a_table_without_options_has_the_empty_plan():
    problem = camp(5, units=10)
    run, routes = tabled(problem)
    run("DELETE FROM options")
    plan = plan_by_sql(run, routes, np.zeros(3 * problem.routes, dtype=np.int64))
    assert (len(plan.units), plan.value, plan.bound) == (0, 0, 0)


def test_a_negative_price_proves_nothing():
    run, routes = tabled(camp(4))
    with pytest.raises(ValueError, match="never negative"):
        bound_of(run, routes, np.full(24, -1))
