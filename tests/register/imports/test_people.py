"""People out of sheets: values in any language and calendar become clean, and every fault of every row is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from safeconduct.core.spreadsheets.api import Parsed, RowFault, read_table, recognise
from safeconduct.core.spreadsheets.columns import count_known
from safeconduct.register.imports import PEOPLE, PersonRow, read_people
from safeconduct.register.imports import words as lists
from safeconduct.register.models.families import RelationToHead
from safeconduct.register.models.people import Sex, Urgency
from safeconduct.register.models.situations import Status
from safeconduct.register.needs import CODES
from tests.register.imports.sheets import table

TODAY = date(2013, 12, 31)


def people(
    *rows: dict[str, Any], marks: dict[int, dict[str, str]] | None = None, heads: dict[str, str] | None = None
) -> Parsed[PersonRow]:
    headers = list(dict.fromkeys(key for row in rows for key in row))
    names = {column.name for column in PEOPLE}
    made = table(headers, *([row.get(header) for header in headers] for row in rows), marks=marks)
    return read_people(made, {header: header for header in headers if header in names}, today=TODAY, heads=heads)


def one(**cells: Any) -> PersonRow:
    parsed = people({"id": "A1", "given_name": "Sara", **cells})
    assert not parsed.faults, [(fault.column, fault.code) for fault in parsed.faults]
    return parsed.rows[0]


def codes(parsed: Parsed[Any]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in parsed.faults]


def test_a_full_row_becomes_clean_values() -> None:
    person = one(
        id="۱۲", given_name=" سارا‏ ", family_name="Amini", father_name="Reza", given_name_other="Sara", alias="Soso; Nana",
        sex="زن", birth_date="۱۳۶۹/۲/۲۷", nationality="ایرانی; IRQ", family_id=7.0, relationship="دختر",
        specific_needs="SM-CI, DS-PM", urgency="فوری", status="پناهنده", status_since="2013-09-01", block="B 3",
        arrived_on="1 فروردین 1390", languages="fa; Arabic", earlier_residence="DEU:1994-2001; Sweden; FRA:2003",
        family_links="DEU:sister; کانادا",
    )  # fmt: skip
    assert person.number == "12" and person.family == "7"
    assert person.names == (
        ("given", "سارا"), ("family", "Amini"), ("father", "Reza"), ("given", "Sara"), ("alias", "Soso"), ("alias", "Nana"),
    )  # fmt: skip
    assert person.birth is not None and person.birth.earliest == date(1990, 5, 17)
    assert (person.sex, person.nationalities, person.relationship) == ("female", ("IRN", "IRQ"), "child")
    assert (person.needs, person.urgency, person.status) == (("SM-CI", "DS-PM"), "urgent", "refugee")
    assert (person.status_since, person.arrived_on) == (date(2013, 9, 1), date(2011, 3, 21))
    assert person.languages == ("fa", "ar")
    assert person.earlier_residences == (("DEU", 1994, 2001), ("SWE", None, None), ("FRA", 2003, 2003))
    assert person.family_links == (("DEU", "sibling"), ("CAN", ""))
    assert PersonRow.from_json(json.loads(json.dumps(person.to_json()))) == person


def test_an_absent_column_and_an_empty_cell_say_nothing() -> None:
    person = one(sex="", nationality=" ", specific_needs="-", birth_date="")
    assert person == PersonRow("A1", (("given", "Sara"),))
    assert PersonRow.from_json(json.loads(json.dumps(person.to_json()))) == person


def test_every_fault_of_every_row_is_told_and_good_rows_are_kept() -> None:
    parsed = people(
        {"id": "1", "given_name": "Sara", "sex": "blue", "birth_date": "31/08/1390", "nationality": "Atlantis"},
        {"id": "2", "given_name": "Ali", "sex": "m", "birth_date": "about 1340", "nationality": "IRN"},
        {"given_name": "", "sex": "f"},
    )
    assert [row.number for row in parsed.rows] == ["2"]
    assert [row.number for row in parsed.faulty] == [2, 4] and [row.number for row in parsed.sources] == [3]
    assert codes(parsed) == [
        (2, "sex", "rows.unknown_word"),
        (2, "birth_date", "dates.no_such_day"),
        (2, "nationality", "rows.unknown_country"),
        (4, "id", "rows.missing"),
        (4, "given_name", "rows.missing"),
    ]
    assert all(fault.says and fault.mend and "%(" not in fault.says + fault.mend for fault in parsed.faults)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"given_name": "unknown"}, "given_name", "people.unknown_name"),
        ({"given_name": 4711}, "given_name", "people.not_a_name"),
        ({"family_name": "x" * 201}, "family_name", "rows.too_long"),
        ({"id": "9" * 41}, "id", "rows.too_long"),
        ({"family_name": "Kar\ufffdmi"}, "family_name", "rows.lost_letters"),
        ({"specific_needs": "SM-CI; ZZ-QQ"}, "specific_needs", "people.unknown_need"),
        ({"specific_needs": "cancer of the lung"}, "specific_needs", "people.unknown_need"),
        ({"languages": "Klingonese"}, "languages", "people.unknown_language"),
        ({"family_links": "DEU:Reza Amini"}, "family_links", "people.not_a_link"),
        ({"earlier_residence": "DEU:2001-1994"}, "earlier_residence", "people.years_of_residence"),
        ({"earlier_residence": "DEU:2014"}, "earlier_residence", "people.years_of_residence"),
        ({"earlier_residence": "DEU:long ago"}, "earlier_residence", "people.years_of_residence"),
        ({"earlier_residence": "Utopia:1994"}, "earlier_residence", "rows.unknown_country"),
        ({"arrived_on": "2012-01-02", "left_on": "2012-01-01"}, "left_on", "people.left_before_arrival"),
        ({"birth_date": "1990-05-17", "arrived_on": "1990-05-16"}, "arrived_on", "people.before_birth"),
        ({"arrived_on": "2014-01-01"}, "arrived_on", "dates.in_the_future"),
        ({"arrived_on": "1390"}, "arrived_on", "dates.needs_a_day"),
        ({"status_since": "2012-01-01"}, "status_since", "people.status_is_missing"),
        ({"nationality": "XXA;IRN"}, "nationality", "people.stateless_and_more"),
        ({"relationship": "son", "family_id": ""}, "family_id", "people.family_is_missing"),
        ({"birth_date": "2014-02-01"}, "birth_date", "dates.in_the_future"),
        ({"birth_date": "1/1/61"}, "birth_date", "dates.two_digit_year"),
    ],
)
def test_a_fault_has_its_column_and_its_code(cells: dict[str, Any], column: str, code: str) -> None:
    parsed = people({"id": "A1", "given_name": "Sara", **cells})
    assert codes(parsed) == [(2, column, code)] and not parsed.rows


def test_nobody_leaves_before_the_arrival_on_record() -> None:
    sheet = table(["id", "given_name", "left_on"], ["1", "Sara", "2010-01-01"], ["2", "Ali", "2013-01-01"])
    stays = {"1": (date(2012, 2, 18), None), "2": (date(2012, 2, 18), None)}
    parsed = read_people(sheet, {name: name for name in sheet.headers}, today=TODAY, stays=stays)
    assert codes(parsed) == [(2, "left_on", "people.left_before_arrival")] and len(parsed.rows) == 1


def test_a_separator_inside_a_text_is_a_fault_and_cuts_nothing_off(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Camp Liberty\nid,given_name,block,\n1,Sara,E3, room 2\n2,Ali,E3,,,\n3,Mina,E3, room, 2\n", encoding="utf-8")
    sheet = read_table(path, recognised=count_known(PEOPLE))
    parsed = read_people(sheet, recognise(sheet.headers, PEOPLE).mapping, today=TODAY)
    assert codes(parsed) == [(5, "", "rows.beyond_headers")] and parsed.faults[0].header == "(E)"
    assert [row.number for row in parsed.rows] == ["1", "2"]


def test_two_rows_with_one_id_are_both_faulty_unless_they_say_the_same() -> None:
    parsed = people(
        {"id": "1", "given_name": "Sara"}, {"id": "۱", "given_name": "Zahra"}, {"id": "2", "given_name": "Ali"},
        {"id": "2", "given_name": " Ali "}, {"id": "1", "given_name": "Mina"},
    )  # fmt: skip
    assert codes(parsed) == [(2, "id", "rows.twice"), (3, "id", "rows.twice"), (6, "id", "rows.twice")]
    assert [row.number for row in parsed.rows] == ["2"]
    assert [(found.row, found.code) for found in parsed.warnings] == [(5, "rows.repeated")]
    assert "3" in parsed.faults[0].says or "6" in parsed.faults[0].says


def test_a_good_row_does_not_stand_when_a_faulty_one_has_its_id() -> None:
    parsed = people({"id": "1", "given_name": "Sara", "sex": "f"}, {"id": "1", "given_name": "Sara", "sex": "?!x"})
    assert not parsed.rows and {row for row, _column, _code in codes(parsed)} == {2, 3}


def test_a_family_has_one_head_at_a_time() -> None:
    rows = [{"id": n, "given_name": "Sara", "family_id": "F", "relationship": "head"} for n in (1, 2)]
    assert codes(people(*rows)) == [(2, "relationship", "people.two_heads"), (3, "relationship", "people.two_heads")]
    assert not people(rows[0], {**rows[1], "left_on": "2013-01-01"}).faults


def test_a_family_keeps_its_head_on_record_unless_the_sheet_tells_what_he_or_she_is_now() -> None:
    new = {"id": "2", "given_name": "Ali", "family_id": "F1", "relationship": "head"}
    old = {"id": "1", "given_name": "Sara", "family_id": "F1"}
    assert codes(people(new, heads={"F1": "1"})) == [(2, "relationship", "families.another_head")]
    for sheet in ([new, {**old, "relationship": "spouse"}], [{**old, "relationship": "head"}]):
        assert not people(*sheet, heads={"F1": "1"}).faults


def test_formulas_are_taken_with_a_warning_and_refused_without_a_value() -> None:
    rows = [{"id": n, "given_name": "Sara"} for n in range(4)]
    marks = {
        2: {"given_name": "formula"},
        3: {"given_name": "formula"},
        4: {"given_name": "formula_empty"},
        5: {"id": "error"},
    }
    parsed = people(*rows, marks=marks)
    assert codes(parsed) == [(4, "given_name", "sheets.formula"), (5, "id", "sheets.formula_error")]
    assert [(found.row, found.code) for found in parsed.warnings] == [(2, "rows.formula_used")]


def test_an_unclear_order_of_day_and_month_is_taken_with_a_warning() -> None:
    parsed = people({"id": 1, "given_name": "Sara", "birth_date": "5/6/1990"})
    assert parsed.rows[0].birth and parsed.rows[0].birth.earliest == date(1990, 6, 5)
    assert [found.code for found in parsed.warnings] == ["rows.ambiguous_date"]


def test_a_bare_number_under_an_age_is_an_age() -> None:
    made = table(["id", "name", "سن"], [1, "Sara", "۴۰"])
    parsed = read_people(made, {"id": "id", "name": "given_name", "سن": "birth_date"}, today=TODAY)
    birth = parsed.rows[0].birth
    assert birth and (birth.earliest, birth.latest) == (date(1973, 1, 1), date(1973, 12, 31))


def test_faults_travel_as_json_and_follow_the_language() -> None:
    parsed = people({"id": 1, "given_name": "Sara", "birth_date": "1369-02-32", "sex": "blue", "family_name": "x" * 300})
    for fault in parsed.faults:
        back = RowFault.from_json(json.loads(json.dumps(fault.to_json())))
        assert (back.says, back.mend, back.column, back.value) == (fault.says, fault.mend, fault.column, fault.value)


@pytest.mark.parametrize(
    ("words", "codes_"),
    [
        (lists.SEX, Sex.values),
        (lists.RELATIONSHIP, RelationToHead.values),
        (lists.URGENCY, Urgency.values),
        (lists.STATUS, Status.values),
    ],
)
def test_the_lists_of_words_are_those_of_the_register(words: lists.Words, codes_: list[str]) -> None:
    assert set(words.codes) == set(codes_)


def test_every_specific_need_has_a_name_in_three_languages() -> None:
    assert set(lists._NEEDS) == set(CODES)
    for code, said in lists._NEEDS.items():
        persian, arabic = said.split(";")
        assert {lists.read_need(word) for word in (code, *persian.split("|"), *arabic.split("|"), str(CODES[code]))} == {code}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("SM-CI DS-PM", ("SM-CI", "DS-PM")), ("smci", ("SM-CI",)), ("بیماری مزمن؛ باردار", ("SM-CI", "WR-PG")),
     ("SM-CI Chronic illness", ("SM-CI",)), ("DS", ("DS",)), ("WR-PG|WR-PG", ("WR-PG",))],
)  # fmt: skip
def test_needs_are_read_as_codes_names_and_answers_of_kobo(said: str, wanted: tuple[str, ...]) -> None:
    assert one(specific_needs=said).needs == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Femme", "female"),
        ("M", "male"),
        ("مذکر", "male"),
        ("مذكر", "male"),
        ("ذكر", "male"),
        ("أنثى", "female"),
        ("مؤنث", "female"),
        ("مرد", "male"),
    ],
)
def test_sex_is_read_in_four_languages(said: str, wanted: str) -> None:
    assert one(sex=said).sex == wanted


def test_of_two_words_for_one_thing_both_must_mean_it() -> None:
    read = lists.RELATIONSHIP.read
    assert [read(said) for said in ("Son/Daughter", "Head of Family (HoF)", "همسر / spouse")] == ["child", "head", "spouse"]
    assert [read(said) for said in ("Son/Mother", "child (of a friend)", "/")] == [None, None, None]
