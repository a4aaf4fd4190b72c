"""Every way in which a file can break the format has a name, a place and a mend."""

import copy
import math

import numpy as np
import pytest
from hypothesis import given, settings

from safeconduct.engines.placement import Problem, ProblemFaults
from safeconduct.engines.placement.faults import SENTENCES

from .instances import problems, small


def sound():
    """Two families, two routes, one tie, one floor, levels: all fields hold something."""
    return small(
        size=[2, 3],
        options=[[(0, 500), (1, 300)], [(1, 700)]],
        quota=[3, 5],
        medical=[1, 0],
        group=[0, 1],
        med_quota=[1, 2147483647],
        reserved=[1, 0],
        min_fill=[0, 2],
        link=[1, 0, 0],
        ties=[[0, 1, 40]],
        floors={"0": 1},
        level=[1, 0],
    )


def with_(field, value):
    return lambda problem: problem.__setitem__(field, value)


def without(field):
    return lambda problem: problem.pop(field)


def at(field, index, value):
    return lambda problem: problem[field].__setitem__(index, value)


def both(*changes):
    return lambda problem: [change(problem) for change in changes]


KEYS = [
    "name",
    "size",
    "medical",
    "group",
    "quota",
    "med_quota",
    "reserved",
    "min_fill",
    "indptr",
    "route",
    "value",
    "link",
    "rank",
    "ties",
    "floors",
]
NUMBERS = [key for key in KEYS if key not in ("name", "ties", "floors")] + ["level"]

BREAKS = [
    ("wrong_format", "format", with_("format", "safeconduct-placement-2")),
    ("missing_key", "format", without("format")),
    *[("missing_key", key, without(key)) for key in KEYS],
    ("wrong_type", "name", with_("name", 7)),
    *[("wrong_type", key, with_(key, "3")) for key in NUMBERS],
    *[("wrong_type", key, with_(key, {"0": 1})) for key in NUMBERS],
    ("wrong_type", "ties", with_("ties", 3)),
    ("wrong_type", "ties[0]", with_("ties", [5])),
    ("wrong_type", "floors", with_("floors", [1])),
    *[("not_an_integer", f"{key}[0]", at(key, 0, 1.0)) for key in NUMBERS],
    *[("not_an_integer", f"{key}[0]", at(key, 0, bad)) for key in ("size", "value") for bad in (True, "1", None, [1])],
    *[("not_a_number", f"{key}[0]", at(key, 0, bad)) for key in NUMBERS for bad in (math.nan, math.inf, -math.inf)],
    *[("overflow", f"{key}[0]", at(key, 0, 2**63)) for key in NUMBERS],
    ("overflow", "value[0]", at("value", 0, 10**5000)),
    ("overflow", "value[0]", at("value", 0, -(2**63) - 1)),
    *[("overflow", f"{key}[0]", at(key, 0, 2**31)) for key in ("size", "quota", "med_quota")],
    ("overflow", "size", with_("size", [2**31 - 1, 2])),
    ("not_an_integer", "ties[0]", with_("ties", [[0, 1, 2.5]])),
    ("not_a_number", "ties[0]", with_("ties", [[0, 1, math.nan]])),
    ("overflow", "ties[1]", with_("ties", [[0, 1, 2], [0, 1, 2**70]])),
    ("not_an_integer", "floors[0]", with_("floors", {"0": 1.5})),
    ("overflow", "floors[0]", with_("floors", {"0": 2**31})),
    ("overflow", "floors[0]", with_("floors", {"0": 2**80})),
    ("negative", "floors[0]", with_("floors", {"0": -1})),
    ("values_too_large", "value", at("value", 0, 2**60)),
    ("values_too_large", "value", with_("ties", [[0, 1, 2**62], [0, 1, 2**62], [0, 1, 2**62]])),
    *[("wrong_length", key, lambda problem, key=key: problem[key].append(0)) for key in NUMBERS],
    ("indptr_start", "indptr[0]", with_("indptr", [1, 2, 3])),
    ("indptr_not_monotone", "indptr[2]", with_("indptr", [0, 4, 3])),
    ("indptr_end", "indptr[2]", with_("indptr", [0, 2, 2])),
    ("route_out_of_range", "route[1]", at("route", 1, 2)),
    ("route_out_of_range", "route[0]", at("route", 0, -1)),
    ("options_not_sorted", "route[1]", both(at("route", 0, 1), at("route", 1, 0))),
    ("duplicate_option", "route[1]", at("route", 1, 0)),
    ("size_not_positive", "size[1]", at("size", 1, 0)),
    ("size_not_positive", "size[1]", at("size", 1, -3)),
    *[("negative", f"{key}[1]", at(key, 1, -1)) for key in ("medical", "quota", "med_quota", "reserved", "min_fill")],
    ("negative", "rank[0]", at("rank", 0, -1)),
    ("medical_beyond_size", "medical[0]", at("medical", 0, 3)),
    ("group_below_none", "group[0]", at("group", 0, -2)),
    ("reserved_beyond_quota", "reserved[0]", at("reserved", 0, 4)),
    ("not_zero_or_one", "link[2]", at("link", 2, 2)),
    ("tie_shape", "ties[0]", with_("ties", [[0, 1]])),
    ("tie_to_nobody", "ties[0]", with_("ties", [[0, 2, 5]])),
    ("tie_to_nobody", "ties[0]", with_("ties", [[-1, 1, 5]])),
    ("tie_to_itself", "ties[1]", with_("ties", [[0, 1, 5], [1, 1, 5]])),
    ("negative", "ties[0]", with_("ties", [[0, 1, -5]])),
    *[("floor_group_unreadable", "floors[0]", with_("floors", {key: 1})) for key in ("x", "", "-1", "01", "۳", "1" * 99)],
    ("floor_for_unknown_group", "floors", with_("floors", {"7": 1})),
]


@pytest.mark.parametrize(("code", "where", "spoil"), BREAKS)
def test_each_break_of_the_format_is_named_with_its_place(code, where, spoil):
    problem = copy.deepcopy(sound())
    spoil(problem)
    with pytest.raises(ProblemFaults) as refused:
        Problem.from_mapping(problem)
    fault = next(each for each in refused.value.faults if each.code == code and each.where == where)
    assert not any(blank in fault.says + fault.mend for blank in ("{field}", "{value}", "{limit}"))
    assert fault.says.endswith(".") and fault.mend.endswith(".")


def test_every_sentence_belongs_to_a_fault_that_a_test_provokes():
    assert set(SENTENCES) == {code for code, _, _ in BREAKS} | {"not_an_object"}


@pytest.mark.parametrize("nothing", [None, 3, "text", [1]])
def test_what_is_no_object_is_refused(nothing):
    with pytest.raises(ProblemFaults) as refused:
        Problem.from_mapping(nothing)
    assert refused.value.faults[0].code == "not_an_object"


def test_all_faults_of_one_step_are_told_at_once():
    problem = sound() | {"medical": [9, 0], "reserved": [9, 0]}
    with pytest.raises(ProblemFaults) as refused:
        Problem.from_mapping(problem)
    assert [each.code for each in refused.value.faults] == ["medical_beyond_size", "reserved_beyond_quota"]


@settings(max_examples=50, deadline=None)
@given(problems())
def test_what_is_read_is_written_back_without_loss(mapping):
    assert Problem.from_mapping(mapping).to_mapping() == mapping


def test_integer_arrays_do_as_well_as_lists():
    lists = sound()
    arrays = {key: np.array(value, dtype=np.int32) if key in NUMBERS and key != "level" else value for key, value in lists.items()}
    assert Problem.from_mapping(arrays).to_mapping() == lists


def test_a_problem_cannot_be_changed_afterwards():
    problem = Problem.from_mapping(sound())
    with pytest.raises(ValueError, match="read-only"):
        problem.quota[0] = 99


def test_an_option_takes_seventeen_bytes():
    """What the docs say of memory: 17 MB for each million options, 600 million in some 10 GB."""
    problem = Problem.from_mapping(sound())
    columns = (problem.route, problem.value, problem.link, problem.rank)
    assert sum(column.nbytes for column in columns) == 17 * problem.options
