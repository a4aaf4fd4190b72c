"""Choices out of sheets: one answer a row, never guessed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from safeconduct.core.spreadsheets.api import Parsed
from safeconduct.routes.imports import CHOICES, ChoiceRow, read_choices
from safeconduct.routes.imports.choices import spread_talk
from tests.register.imports.sheets import table

COLUMNS = [column.name for column in CHOICES]
GOOD = {"person_id": 1, "offer_id": "ALB", "answer": "yes", "rank": 1, "taken_on": "2013-12-01"}


def choices(*changes: dict[str, Any]) -> Parsed[ChoiceRow]:
    rows = [GOOD | change for change in changes]
    made = table(COLUMNS, *([row.get(column) for column in COLUMNS] for row in rows))
    return read_choices(
        made,
        {name: name for name in COLUMNS},
        known_people={"1", "2"},
        known_offers={"ALB", "DEU"},
        today=date(2013, 12, 31),
    )


def codes(parsed: Parsed[Any]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in parsed.faults]


def test_an_answer_becomes_clean_values_and_travels_as_json() -> None:
    parsed = choices({"person_id": "۲", "offer_id": "alb", "answer": "بله", "rank": "۱", "alone": "نه", "sheet_version": 3.0,
                      "language": "Farsi", "read_aloud": True, "present": "مصاحبه‌کننده; مترجم", "interpreter_chosen": "yes",
                      "taken_by": "officer7", "taken_on": "10 آذر 1392"})  # fmt: skip
    assert parsed.rows == [
        ChoiceRow(
            "2",
            "ALB",
            "yes",
            1,
            False,
            3,
            "fa",
            True,
            ("interviewer", "interpreter"),
            True,
            "officer7",
            date(2013, 12, 1),
        )
    ]
    assert ChoiceRow.from_json(json.loads(json.dumps(parsed.rows[0].to_json()))) == parsed.rows[0]


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"person_id": 77}, "person_id", "choices.unknown_person"),
        ({"offer_id": "MARS"}, "offer_id", "choices.unknown_offer"),
        ({"answer": None, "rank": None}, "answer", "rows.missing"),
        ({"answer": "perhaps"}, "answer", "rows.unknown_word"),
        ({"answer": "no"}, "rank", "choices.rank_without_yes"),
        ({"answer": "not now"}, "rank", "choices.rank_without_yes"),
        ({"rank": 0}, "rank", "rows.too_small"),
        ({"present": "interviewer; Reza"}, "present", "choices.not_a_role"),
        ({"language": "Klingonese"}, "language", "choices.unknown_language"),
        ({"taken_on": "2014-02-01"}, "taken_on", "dates.in_the_future"),
        ({"alone": "blue"}, "alone", "rows.unknown_word"),
    ],
)
def test_a_fault_has_its_column_and_its_code(change: dict[str, Any], column: str, code: str) -> None:
    parsed = choices(change)
    assert codes(parsed) == [(2, column, code)] and not parsed.rows
    assert parsed.faults[0].says and parsed.faults[0].mend


def test_one_rank_stands_for_one_offer_in_one_talk() -> None:
    twice = {"offer_id": "DEU", "rank": 1}
    assert codes(choices({}, twice)) == [(2, "rank", "choices.rank_twice"), (3, "rank", "choices.rank_twice")]
    assert not choices({}, {**twice, "rank": 2}).faults
    assert not choices({}, {**twice, "person_id": 2}).faults
    assert not choices({}, {**twice, "taken_on": "2013-12-02"}).faults


def test_one_offer_has_one_answer_in_one_talk_and_a_repeated_row_counts_once() -> None:
    parsed = choices({}, {"answer": "no", "rank": None})
    assert codes(parsed) == [(2, "offer_id", "choices.two_answers"), (3, "offer_id", "choices.two_answers")]
    assert len(choices({}, {}).rows) == 1


def test_a_talk_is_not_told_in_two_ways() -> None:
    rows = {"present": "interviewer"}, {"offer_id": "DEU", "rank": 2, "present": "interviewer; family"}
    assert {code for _row, _column, code in codes(choices(*rows))} == {"choices.told_differently"}


def test_what_was_told_once_of_a_talk_holds_for_all_its_answers() -> None:
    parsed = choices({"present": "interviewer", "language": "fa"}, {"offer_id": "DEU", "rank": 2})
    assert not parsed.faults
    assert {(row.present, row.language) for row in spread_talk(parsed.rows)} == {(("interviewer",), "fa")}
