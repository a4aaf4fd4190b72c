"""The headers of colleagues are recognised by themselves, in four languages and three systems."""

# ruff: noqa: E501 - a sheet a line

from __future__ import annotations

import pytest

from safeconduct.core.spreadsheets.columns import Column, fold, parse_map, recognise
from safeconduct.core.spreadsheets.faults import SheetFault
from safeconduct.register.imports import FAMILIES, PEOPLE
from safeconduct.routes.imports import CHOICES, OFFERS

MINIMUM = ["id", "given_name", "family_name", "father_name", "sex", "birth_date", "nationality", "family_id", "relationship", "specific_needs"]  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [
        MINIMUM,
        [f"group/person_{n}/{name}" for n, name in enumerate(MINIMUM)],
        ["Individual ID", "Given Name", "Family Name", "Father's Name", "Sex", "Date of Birth", "Country of Origin",
         "Registration Group ID", "Relationship to PA/HoH", "Specific Needs"],
        ["REG. NO.*", "First name:", "SURNAME", "father name", "Gender (M/F)", "DOB [dd/mm/yyyy]", "Citizenship",
         "Case number", "Relation to head", "Vulnerabilities"],
        ["شماره", "نام", "نام خانوادگی", "نام پدر", "جنسیت", "تاریخ تولد", "تابعیت", "شماره خانواده", "نسبت", "نیازهای ویژه"],
        ["شماره", "نام", "نام‌ خانوادگي", "نام پدر", "جنسيت", "تاريخ تولد", "تابعيت", "شماره خانواده", "نسبت", "نیازهای‌ویژه"],
        ["شماره ثبت‌نام", "نام", "فامیلی", "نام پدر", "جنسیت", "سال تولد", "کشور تابعیت", "کد خانوار", "رابطه با سرپرست", "نیازهای خاص"],
        ["UNHCR ID", "Name", "Fam. Name", "Father", "Gender", "YOB", "Origin", "HH No.", "Relation to HoH", "Specific Needs Code(s)"],
        ["الرقم", "الاسم", "اللقب", "اسم الأب", "الجنس", "تاريخ الميلاد", "الجنسيّة", "رقم العائلة", "صلة القرابة", "الاحتياجات الخاصة"],
        ["Numéro", "Prénom", "NOM", "Nom du père", "Sexe", "Date de naissance", "Nationalité", "Numéro de famille",
         "Lien de parenté", "Besoins spécifiques"],
        ["شماره / ID", "نام / Given name", "Family name - نام خانوادگی", "Father name (نام پدر)", "Sex | جنسیت",
         "Birth date/تاریخ تولد", "Nationality\nتابعیت", "Family ID (شماره خانواده)", "Relationship / نسبت", "Specific needs"],
    ],
)  # fmt: skip
def test_usual_headers_mean_their_columns(headers: list[str]) -> None:
    found = recognise(headers, PEOPLE)
    assert [found.mapping.get(header) for header in headers] == MINIMUM
    assert not (found.unmapped or found.conflicts or found.missing)


@pytest.mark.parametrize("columns", [PEOPLE, FAMILIES, OFFERS, CHOICES])
def test_no_word_stands_for_two_columns(columns: tuple[Column, ...]) -> None:
    owners: dict[str, set[str]] = {}
    for column in columns:
        for word in (column.name, *column.synonyms, *column.loose):
            owners.setdefault(fold(word), set()).add(column.name)
    assert not {word: names for word, names in owners.items() if len(names) > 1}


def test_a_header_nobody_knows_is_left_and_a_required_one_is_missed() -> None:
    found = recognise(["id", "Favourite colour"], PEOPLE)
    assert (found.unmapped, found.missing) == (["Favourite colour"], ["given_name"])


def test_what_was_remembered_wins_and_may_leave_a_column_out() -> None:
    found = recognise(["id", "Rufname", "given_name"], PEOPLE, {"rufname": "given_name", "given_name": ""})
    assert found.mapping == {"id": "id", "Rufname": "given_name"} and not found.unmapped


def test_our_own_name_wins_over_a_synonym_and_two_synonyms_are_a_conflict() -> None:
    assert recognise(["Number", "id", "First name"], PEOPLE).mapping == {"id": "id", "First name": "given_name"}
    found = recognise(["id", "First name", "Forename"], PEOPLE)
    assert found.conflicts == {"given_name": ["First name", "Forename"]}


def test_a_loose_word_means_its_column_only_where_no_other_header_says_it_better() -> None:
    assert recognise(["No", "Name"], PEOPLE).mapping == {"No": "id", "Name": "given_name"}
    found = recognise(["No", "Registration No", "Name", "First name"], PEOPLE)
    assert found.mapping == {"Registration No": "id", "First name": "given_name"} and found.unmapped == ["No", "Name"]
    assert "S/N" in recognise(["S/N", "First name"], PEOPLE).unmapped


def test_what_kobo_adds_by_itself_stands_only_for_a_needed_column_that_nobody_asked_for() -> None:
    kobo = ["_id", "_status", "_index", "group_x/person/given_name"]
    assert recognise(kobo, PEOPLE).mapping == {"_id": "id", "group_x/person/given_name": "given_name"}
    asked = recognise([*kobo, "group_x/person/individual_id"], PEOPLE)
    assert asked.mapping["group_x/person/individual_id"] == "id" and "_id" in asked.unmapped and not asked.conflicts


def test_a_mapping_said_in_the_shell_is_read_or_refused() -> None:
    assert parse_map("a=b = given_name", PEOPLE) == ("a=b", "given_name")
    assert parse_map("Colour=", PEOPLE) == ("Colour", "")
    for said, code in (("given_name", "sheets.not_a_mapping"), ("x=rank_of_person", "sheets.no_such_column")):
        with pytest.raises(SheetFault) as caught:
            parse_map(said, PEOPLE)
        assert caught.value.code == code and caught.value.says and caught.value.mend
