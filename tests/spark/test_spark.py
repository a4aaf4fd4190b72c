"""The price pass on Spark, on a local cluster of two workers: the same integers as on one machine. Run by `make test-spark`."""

import os
import shutil
import sys
import time

import numpy as np
import pytest

pytest.importorskip("pyspark", reason="the group spark is not installed; `make test-spark` installs it")

from safeconduct.engines.placement.sql import Routes, bound_of, prices_by_sql
from safeconduct.engines.placement.sql_plan import plan_by_sql
from tests.engines.placement.test_large import camp
from tests.engines.placement.test_sql import columns, exact, tabled

pytestmark = [pytest.mark.spark, pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.codegen.wholeStage", "false")  # prices differ in each statement: compiling it costs more than it saves
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def asked(spark):
    problem = camp(5, units=200, routes=5)
    table = {name: [int(each) for each in values] for name, values in columns(problem).items()}
    frame = spark.createDataFrame([*zip(*table.values(), strict=True)], [*table])
    frame.repartition(2, "unit").cache().createOrReplaceTempView("options")
    run = lambda statement: spark.sql(statement).collect()  # noqa: E731
    return problem, run, Routes("options", problem.quota, problem.med_quota, problem.reserved)


def test_both_workers_are_there(spark):
    until = time.monotonic() + 60
    executors = 0
    while executors < 3 and time.monotonic() < until:  # the driver counts as one; workers come when there is work
        assert spark.range(0, 1000, numPartitions=8).count() == 1000
        executors = len(spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos())
    assert executors == 3


def test_the_bound_at_whole_prices_is_the_same_integer_as_on_one_machine(asked):
    problem, run, routes = asked
    chance = np.random.default_rng(5)
    for most in (0, 400 * 1024):
        prices = chance.integers(0, most + 1, 3 * problem.routes)
        prices[problem.routes : 2 * problem.routes][problem.med_quota == 2**31 - 1] = 0
        assert bound_of(run, routes, prices) == exact(problem, prices)


def test_prices_found_on_the_cluster_prove_what_those_found_on_one_machine_prove(asked):
    problem, run, routes = asked
    alone = prices_by_sql(*tabled(problem))
    prices = prices_by_sql(run, routes, near=alone * 9 // 10)
    assert bound_of(run, routes, prices) == exact(problem, prices)
    assert exact(problem, prices) == pytest.approx(exact(problem, alone), rel=2e-5)
    plan = plan_by_sql(run, routes, prices)
    assert 0.97 * plan.bound <= plan.value <= plan.bound == exact(problem, prices)
