"""`safeconduct place`: a checked plan, or a message that names file, place and mend; never a traceback."""

import gzip
import json

import pytest
import typer
from typer.testing import CliRunner

from safeconduct.cli import place as command
from safeconduct.cli import problems
from safeconduct.engines.placement import Problem, check

OPTIONS = {"indptr": [0, 1, 2], "route": [0, 0], "value": [900, 300], "link": [0, 0], "rank": [1, 1]}
UNITS = {"size": [2, 1], "medical": [0, 0], "group": [0, -1]}
ROUTES = {"quota": [2], "med_quota": [2147483647], "reserved": [0], "min_fill": [0]}
PROBLEM = {"format": "safeconduct-placement-1", "name": "two families", "ties": [], "floors": {}}
PROBLEM |= OPTIONS | UNITS | ROUTES


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.callback()(lambda: None)
    command.app_place(app)

    def run(content, *options, out=tmp_path / "plan.json"):
        path = tmp_path / "problem.json"
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        result = CliRunner().invoke(app, ["place", str(path), "--out", str(out), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        result.plan = json.loads(out.read_text()) if out.is_file() else None
        return result

    return run


@pytest.mark.parametrize("pack", [lambda raw: raw, gzip.compress, lambda raw: b"\xef\xbb\xbf" + raw])
def test_a_problem_is_read_as_plain_or_gzipped_json(run, pack):
    result = run(pack(json.dumps(PROBLEM).encode()))
    assert result.exit_code == 0
    assert (result.plan["assign"], result.plan["value"], result.plan["status"]) == ([0, -1], 900, "optimal")
    assert check(Problem.from_mapping(PROBLEM), result.plan) == []


def test_it_prints_value_bound_gap_seconds_and_the_verdict(run):
    said = run(PROBLEM).stdout
    assert all(word in said for word in ("value   900", "bound   900", "gap     0", "seconds", "check   passed"))


def test_json_says_the_same(run):
    told = json.loads(run(PROBLEM, "--json").stdout)
    assert (told["value"], told["bound"], told["gap"], told["checked"]) == (900, 900, 0, True)
    assert (told["persons"], told["persons_placed"]) == (3, 2)


def test_a_time_limit_leaves_an_honest_plan(run):
    result = run(PROBLEM, "--seconds", "0")
    assert result.exit_code == 0
    assert result.plan["bound"] >= 900 >= result.plan["value"]


def test_floors_that_cannot_be_met_give_4_and_the_smallest_relaxation(run):
    result = run(PROBLEM | {"floors": {"0": 3}})
    assert result.exit_code == 4
    assert (result.plan["assign"], result.plan["relaxation"]) == (None, {"0": 1})
    assert "group 0 by 1" in result.stdout


@pytest.mark.parametrize(
    ("changed", "says", "told"),
    [
        ({"min_fill": [3]}, "nobody can go to route 0: minimum fill above quota", ([0], 2)),
        ({"size": [5, 1]}, "1 units are too large for every route", ([], 1)),
        ({"reserved": [1]}, "1 units are too large for every route", ([], 1)),
        ({"medical": [1, 0], "med_quota": [0]}, "1 units are too large for every route", ([], 1)),
        ({}, "", ([], 0)),
    ],
)
def test_what_no_plan_can_use_is_said_beside_the_plan(run, changed, says, told):
    assert says in (said := run(PROBLEM | changed)).stdout and (bool(says) == ("note" in said.stdout))
    answer = json.loads(run(PROBLEM | changed, "--json").stdout)
    assert (answer["routes_for_nobody"], answer["units_without_room"]) == told


def test_levels_are_printed_stage_by_stage(run):
    result = run(PROBLEM | {"level": [0, 2]})
    assert result.plan["assign"] == [-1, 0]
    assert "level 2: value 300, bound 300" in result.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["can't be read"]),
        (b"", ["no JSON"]),
        (b"\x00\x01\x02", ["no JSON"]),
        (b'{"a": "\xff"}', ["UTF-8"]),
        (b'{"format":\n 3', ["line 2", "no JSON"]),
        (b"[" * 100_000, ["nested too deeply"]),
        (b'{"size": [' + b"9" * 5000 + b"]}", ["thousands of digits"]),
        (b'{"quota": [1], "quota": [2]}', ["'quota'", "twice"]),
        (b"[]", ["no JSON object"]),
        (gzip.compress(b"{}" * 9999, mtime=0)[:30], ["damaged or cut short"]),
        (b"\x1f\x8bxx", ["damaged or cut short"]),
        (PROBLEM | {"quota": [float("nan")]}, ["quota[0]", "NaN", "whole number"]),
        (PROBLEM | {"reserved": [3]}, ["reserved[0]", "reserves 3", "quota is 2"]),
        (PROBLEM | {"ties": [[0, 9, 1]]}, ["ties[0]", "unit 9"]),
        (PROBLEM | {"link": [7, 7]}, ["link[0]", "7", "(1 more like it.)"]),
    ],
)
def test_what_cannot_be_used_is_refused_with_place_and_mend(run, content, words):
    result = run(content)
    assert result.exit_code == 2
    assert result.plan is None
    assert "problem.json" in result.stderr
    assert all(word in result.stderr for word in words)


def test_a_refusal_as_json_lists_every_fault(run):
    told = json.loads(run(PROBLEM | {"reserved": [3], "link": [7, 7]}, "--json").stdout)
    assert [fault["code"] for fault in told["faults"]] == ["reserved_beyond_quota", "not_zero_or_one"]
    assert told["faults"][0] | {"field": "reserved", "position": 0, "value": "3"} == told["faults"][0]


def test_a_file_that_unpacks_to_more_than_the_cap_is_refused_before_it_is_parsed(run, monkeypatch):
    monkeypatch.setattr(problems, "MOST_BYTES", 2**20)
    result = run(gzip.compress(b" " * 2**21))
    assert (result.exit_code, result.plan) == (2, None)
    assert "more than 1 MB" in result.stderr


def test_the_problem_is_never_overwritten_by_its_plan(run, tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM))
    result = run(None, out=path)
    assert result.exit_code == 2
    assert json.loads(path.read_text()) == PROBLEM


@pytest.mark.parametrize("where", ["", "no/such/folder/plan.json"])
def test_an_impossible_place_for_the_plan_is_named_before_the_work(run, tmp_path, where):
    result = run(PROBLEM, out=tmp_path / where)
    assert result.exit_code == 2
    assert "be written there" in result.stderr


def test_a_write_that_fails_half_way_leaves_the_old_plan_whole(run, tmp_path, monkeypatch):
    old = tmp_path / "plan.json"
    old.write_text('{"old": 1}')

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(problems.os, "fsync", full)
    result = run(PROBLEM)
    assert result.exit_code == 2
    assert result.plan == {"old": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json", "problem.json"]


def test_a_plan_that_the_check_rejects_is_not_written(run, monkeypatch):
    from safeconduct.engines import placement

    monkeypatch.setattr(placement, "check", lambda *_: [placement.PlanFault("quota", "0", 3, 2)])
    result = run(PROBLEM)
    assert (result.exit_code, result.plan) == (1, None)
    assert "did not pass the check" in result.stderr
