"""Families out of sheets: what contradicts itself is told at each of its rows."""

# ruff: noqa: E501 - a sheet a line

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.spreadsheets.api import Parsed
from safeconduct.register.imports import FAMILIES, FamilyRow, read_families
from safeconduct.register.imports.circles import in_circle
from tests.register.imports.sheets import table

KNOWN = {str(number) for number in range(1, 10)}
COLUMNS = [column.name for column in FAMILIES]


def families(*rows: dict[str, Any], on_record: Sequence[FamilyRow] = ()) -> Parsed[FamilyRow]:
    made = table(COLUMNS, *([row.get(column) for column in COLUMNS] for row in rows))
    mapping = {name: name for name in COLUMNS}
    return read_families(made, mapping, known_people=KNOWN, today=date(2013, 12, 31), on_record=on_record)


def member(person: Any, relationship: str | None = None, family: str = "F1", **more: Any) -> dict[str, Any]:
    return {"family_id": family, "person_id": person, "relationship": relationship, **more}


def codes(parsed: Parsed[Any]) -> list[tuple[int, str]]:
    return [(fault.row, fault.code) for fault in parsed.faults]


def test_memberships_and_relations_are_read_and_travel_as_json() -> None:
    parsed = families(
        member(1, "سرپرست"), member("۲", "همسر", starts="1 فروردین 1390"),
        member(3, "child", related_to=2, disputed_by="the aunt"), member(4, related_to=3, kind="guardian"),
    )  # fmt: skip
    assert not parsed.faults
    assert parsed.rows[1] == FamilyRow("F1", "2", "spouse", starts=date(2011, 3, 21))
    assert parsed.rows[3] == FamilyRow("F1", "4", related_to="3", kind="guardian")
    assert [FamilyRow.from_json(json.loads(json.dumps(row.to_json()))) for row in parsed.rows] == parsed.rows


def test_a_row_a_family_becomes_a_row_a_member() -> None:
    parsed = families({"family_id": "F1", "head_id": 1, "members": "1; ۲; 3"})
    assert [(row.person, row.relationship) for row in parsed.rows] == [("1", "head"), ("2", None), ("3", None)]
    assert [row.number for row in parsed.sources] == [2, 2, 2]


def test_a_member_whom_nobody_registered_is_a_fault_in_any_column() -> None:
    parsed = families(
        member(77),
        {"family_id": "F2", "head_id": 78},
        {"family_id": "F3", "members": "1;79;80"},
        member(1, "child", related_to=81),
    )
    assert codes(parsed) == [
        (2, "families.unknown_person"), (3, "families.unknown_person"), (4, "families.unknown_member"), (5, "families.unknown_person"),
    ]  # fmt: skip
    assert not parsed.rows and len(parsed.faulty) == 4


def test_a_parent_of_ones_own_parent_is_a_fault_at_each_row_of_the_circle() -> None:
    parsed = families(
        member(1, "parent", related_to=2), member(2, "parent", related_to=3), member(1, "child", related_to=3),
        member(3, "parent", related_to=4),
    )  # fmt: skip
    assert codes(parsed) == [(2, "families.circle"), (3, "families.circle"), (4, "families.circle")]
    assert [row.related_to for row in parsed.rows] == ["4"]


def test_a_circle_may_run_through_the_head() -> None:
    parsed = families(member(1, "head"), member(2, "child"), member(2, "parent", related_to=1))
    assert codes(parsed) == [(3, "families.circle"), (4, "families.circle")]


def test_guardians_of_each_other_are_a_circle_and_siblings_are_none() -> None:
    assert len(families(member(1, kind="guardian", related_to=2), member(2, kind="custody", related_to=1)).faults) == 2
    assert not families(member(1, "sibling", related_to=2), member(2, "sibling", related_to=1)).faults


def test_two_heads_or_two_families_at_a_time_are_faults_one_after_the_other_is_none() -> None:
    assert codes(families(member(1, "head"), member(2, "head"))) == [
        (2, "families.two_heads"),
        (3, "families.two_heads"),
    ]
    assert not families(member(1, "head", ends="2012-01-01"), member(2, "head", starts="2012-01-01")).faults
    assert codes(families(member(1), member(1, family="F2"))) == [
        (2, "families.two_families"),
        (3, "families.two_families"),
    ]
    assert not families(member(1, ends="2012-01-01"), member(1, family="F2", starts="2012-01-01")).faults


def test_single_rows_are_checked_in_themselves() -> None:
    parsed = families(
        member(1, "child", related_to=1), member(2, starts="2012-02-01", ends="2012-01-01"), {"family_id": "F"},
        {"person_id": 3}, member(4, related_to=5),
    )  # fmt: skip
    assert codes(parsed) == [
        (2, "families.to_oneself"), (3, "families.ends_before_start"), (4, "families.nobody"), (5, "rows.missing"),
        (6, "families.relationship_is_missing"),
    ]  # fmt: skip


def test_a_row_that_stands_twice_is_taken_once() -> None:
    parsed = families(member(1), member(1))
    assert len(parsed.rows) == 1 and [found.code for found in parsed.warnings] == ["rows.repeated"]


def test_a_long_chain_of_families_is_no_problem() -> None:
    edges = [(str(n), str(n + 1)) for n in range(20_000)]
    assert in_circle(edges) == set()
    assert in_circle([*edges, ("20000", "0")]) == set(range(20_001))


nodes = st.sampled_from("abcdef")


@given(st.lists(st.tuples(nodes, nodes), max_size=12))
def test_an_edge_is_in_a_circle_when_its_end_leads_back_to_its_start(edges: list[tuple[str, str]]) -> None:
    def leads(start: str, end: str) -> bool:
        seen, ahead = set(), [start]
        while ahead:
            node = ahead.pop()
            if node == end:
                return True
            if node not in seen:
                seen.add(node)
                ahead += [after for before, after in edges if before == node]
        return False

    assert in_circle(edges) == {place for place, (start, end) in enumerate(edges) if leads(end, start)}


def test_what_is_on_record_counts_where_the_sheet_does_not_tell_it_anew() -> None:
    on_record = (FamilyRow("F1", "1", "head"), FamilyRow("F1", "2", "child"), FamilyRow("", "3", "parent", "4"))
    closing = families(member(4, "parent", related_to=3), member(2, "parent", related_to=1), on_record=on_record)
    assert codes(closing) == [(2, "families.circle"), (3, "families.circle")]
    assert codes(families(member(5, "head"), on_record=on_record)) == [(2, "families.another_head")]
    assert not families(member(5, "head"), member(1, "parent"), member(2, "grandchild"), on_record=on_record).faults


def test_a_relation_needs_no_family_number() -> None:
    parsed = families({"person_id": 1, "related_to": 2, "kind": "guardian"})
    assert parsed.rows == [FamilyRow("", "1", related_to="2", kind="guardian")] and not parsed.faults
