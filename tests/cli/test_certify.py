"""`safeconduct certify`: a plan of anybody's making holds, or every fault has its name; never a traceback."""

import copy
import gzip
import json

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from safeconduct.cli import certify as command
from safeconduct.engines.placement import Problem, check, solve

from .test_place import PROBLEM

PLAN = json.loads(json.dumps(solve(Problem.from_mapping(PROBLEM)).to_mapping(0.1)))


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    command.app_certify(app)

    def run(problem, plan, *options):
        paths = []
        for name, content in (("problem.json", problem), ("plan.json", plan)):
            paths.append(tmp_path / name)
            if content is not None:
                paths[-1].write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        result = CliRunner().invoke(app, ["certify", *map(str, paths), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def test_a_plan_that_holds_gives_0_and_what_was_recomputed(run):
    result = run(PROBLEM, PLAN)
    assert result.exit_code == 0
    assert all(word in result.stdout for word in ("the plan holds", "value   900, recomputed", "recomputed from the prices"))


def test_a_packed_plan_is_read_too(run):
    assert run(PROBLEM, gzip.compress(json.dumps(PLAN).encode())).exit_code == 0


@pytest.mark.parametrize(
    ("lie", "code", "words"),
    [
        ({"assign": [-1, -1]}, "wrong_value", "worth 0"),
        ({"assign": [0, 0], "value": 1200}, "quota", "takes 3 persons; its quota is 2"),
        ({"assign": [0, 5]}, "no_such_option", "Unit 1 goes to route 5"),
        ({"value": 901}, "wrong_value", "901"),
        ({"bound": 899}, "bound_below_value", "899"),
        ({"problem": "another camp"}, "wrong_problem", "another camp"),
        ({"certificate": PLAN["certificate"] | {"quota": [-1]}}, "negative_price", "never negative"),
    ],
)
def test_a_plan_that_does_not_hold_gives_1_and_each_fault_by_name(run, lie, code, words):
    result = run(PROBLEM, PLAN | lie)
    assert (result.exit_code, words in result.stdout) == (1, True)
    told = json.loads(run(PROBLEM, PLAN | lie, "--json").stdout)
    assert (told["holds"], told["proven"], code in {each["code"] for each in told["faults"]}) == (False, False, True)


@pytest.mark.parametrize(
    ("problem", "plan", "named"),
    [
        (None, PLAN, "problem.json"),
        (PROBLEM | {"quota": [-1]}, PLAN, "quota[0]"),
        (PROBLEM, b"{", "plan.json"),
        (PROBLEM, None, "plan.json"),
    ],
)
def test_a_file_that_cannot_be_used_gives_2_and_is_named(run, problem, plan, named):
    result = run(problem, plan)
    assert result.exit_code == 2
    assert named in result.stderr


def test_a_bound_that_only_a_solver_vouches_for_is_called_its_word(run):
    split = PROBLEM | {"quota": [3], "size": [2, 2]}
    plan = solve(Problem.from_mapping(split)).to_mapping(0.1)
    assert plan["bound_by"] == "solver"
    result = run(split, plan)
    assert (result.exit_code, "its word and cannot be recomputed" in result.stdout) == (0, True)


def test_infeasibility_is_told_as_the_solvers_word(run):
    floored = PROBLEM | {"floors": {"0": 3}}
    plan = solve(Problem.from_mapping(floored)).to_mapping(0.1)
    result = run(floored, plan)
    assert (result.exit_code, "cannot be recomputed" in result.stdout) == (0, True)
    assert json.loads(run(floored, plan, "--json").stdout)["proven"] is False


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    whole=ANYTHING,
    key=st.sampled_from([*PLAN, "stages", "relaxation"]),
    inner=st.sampled_from([*PLAN["certificate"], ""]),
    value=ANYTHING,
    level=st.booleans(),
)
def test_whatever_stands_in_a_plan_it_is_judged_and_never_breaks_the_check(whole, key, inner, value, level):
    problem = Problem.from_mapping(PROBLEM | ({"level": [0, 1]} if level else {}))
    broken = copy.deepcopy(PLAN)
    if inner:
        broken["certificate"][inner] = value
    else:
        broken[key] = value
    for plan in (whole, broken):
        assert all(fault.says for fault in check(problem, plan))
