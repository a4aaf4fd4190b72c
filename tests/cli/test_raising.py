"""`safeconduct raise-floors`: a new problem in which no group is left behind, ready for `safeconduct place`."""

import json

import pytest
import typer
from typer.testing import CliRunner

from safeconduct.cli import raising as command
from safeconduct.engines.placement import Problem, solve

from .test_place import PROBLEM

# Six places, worth more to the four singles of group 1 than to the two families of three of group 0.
TWO_GROUPS = PROBLEM | {
    "size": [3, 3, 1, 1, 1, 1], "medical": [0] * 6, "group": [0, 0, 1, 1, 1, 1], "quota": [6], "indptr": [0, 1, 2, 3, 4, 5, 6],
    "route": [0] * 6, "value": [300, 300, 900, 900, 900, 900], "link": [0] * 6, "rank": [1] * 6,
}  # fmt: skip


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    command.app_raising(app)

    def run(content, *options, out="raised.json"):
        (tmp_path / "problem.json").write_text(json.dumps(content))
        told = CliRunner().invoke(app, ["raise-floors", str(tmp_path / "problem.json"), "--out", str(tmp_path / out), *options])
        assert told.exception is None or isinstance(told.exception, SystemExit)
        told.raised = json.loads((tmp_path / out).read_text()) if (tmp_path / out).is_file() else None
        return told

    return run


def test_the_worst_off_group_is_lifted_as_far_as_it_goes(run):
    told = run(TWO_GROUPS)
    assert (told.exit_code, told.raised["floors"]) == (0, {"0": 3, "1": 2})
    assert "at least 50.00 %" in told.stdout
    plan = solve(Problem.from_mapping(told.raised))
    assert (plan.status, plan.value) == ("optimal", 300 + 3 * 900)


def test_json_says_the_same(run):
    told = json.loads(run(TWO_GROUPS, "--json").stdout)
    assert (told["share"], told["floors"]) == (0.5, {"0": 3, "1": 2})


def test_floors_that_cannot_be_met_are_not_raised(run):
    told = run(TWO_GROUPS | {"floors": {"0": 7}})
    assert (told.exit_code, told.raised) == (4, None)


def test_what_cannot_be_used_is_refused_and_nothing_is_replaced(run):
    assert run(TWO_GROUPS | {"quota": [-1]}).exit_code == 2
    assert run(TWO_GROUPS, out="problem.json").exit_code == 2
