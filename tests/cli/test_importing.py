"""Reading sheets in from the shell: exit statuses, what is told, what is kept, what comes back."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.shell import PEOPLE, inside, safeconduct

HEADER = "id,given_name,family_name,father_name,sex,birth_date,nationality,family_id,relationship,specific_needs"
GOOD = "N-1,Nilufar,Samadi,Karim,female,1971-05-02,IRN,,,"
BAD = "N-2,Parviz,Samadi,Karim,male,31/31/1960,IRN,,,"
WORSE = "N-3,,Samadi,Karim,perhaps,1960,Atlantis,,,"


def people(site) -> int:
    return inside(site, "from safeconduct.register.models import Person\nanswer = Person.objects.count()")


def test_a_sheet_without_fault_is_taken_in_whole_with_0(site, csv):
    done = safeconduct("import", "people", csv("new.csv", HEADER, GOOD), "--json", site=site)
    assert done.status == 0, done.err
    assert (done.told["new"], done.told["changed"], done.told["faulty"]) == (1, 0, 0)
    again = safeconduct("import", "people", csv("new.csv", HEADER, GOOD.replace("1971", "1972")), "--json", site=site)
    assert (again.status, again.told["new"], again.told["changed"], again.told["faulty"]) == (0, 0, 1, 0)
    assert people(site) == PEOPLE + 1


def test_somebody_who_is_perhaps_here_already_is_taken_in_as_new_and_counted_beside(site, csv):
    done = safeconduct("import", "people", csv("twice.csv", HEADER, GOOD, GOOD.replace("N-1", "N-9")), "--json", site=site)
    assert (done.status, done.told["new"], done.told["faulty"]) == (0, 2, 0)
    assert done.told["possible_duplicates"] >= 1
    assert people(site) == PEOPLE + 2


def test_good_rows_are_kept_with_3_and_the_faulty_come_back_with_their_mend(site, csv, tmp_path):
    report = tmp_path / "report.xlsx"
    done = safeconduct("import", "people", csv("mixed.csv", HEADER, GOOD, BAD, WORSE), "--report", report, "--json", site=site)
    assert done.status == 3, done.err
    assert (done.told["new"], done.told["faulty"]) == (1, 2)
    assert {(fault["row"], fault["column"]) for fault in done.told["faults"]} == {
        (3, "birth_date"), (4, "given_name"), (4, "sex"), (4, "nationality"),
    }  # fmt: skip
    assert people(site) == PEOPLE + 1

    book = openpyxl.load_workbook(report)
    headers, *rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert headers == [*HEADER.split(","), "Fault", "How to mend it"]
    assert [row[0] for row in rows] == ["N-2", "N-3"] and all(row[-2] and row[-1] for row in rows)
    for line, cells in enumerate(book.active.iter_rows(min_row=2), 2):
        for cell, header in zip(cells, headers, strict=True):
            cell.value = {"birth_date": "1960", "given_name": "Parviz", "sex": "male", "nationality": "IRN"}.get(header, cell.value)
        assert line
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    done = safeconduct("import", "people", mended, "--json", site=site)
    assert done.status == 0 and done.told["faulty"] == 0, done.err
    assert people(site) == PEOPLE + 3


def test_without_a_place_the_report_lies_beside_the_sheet_and_replaces_nothing(site, csv, tmp_path):
    sheet = csv("mixed.csv", HEADER, GOOD, BAD)
    work = tmp_path / "mixed-faulty.xlsx"
    work.write_bytes(b"somebody's work")
    done = safeconduct("import", "people", sheet, site=site)
    assert done.status == 3 and str(tmp_path / "mixed-faulty-2.xlsx") in done.out
    assert work.read_bytes() == b"somebody's work"
    assert "row 3, birth_date:" in done.out and "31/31/1960" not in done.out


def test_where_every_row_is_faulty_nothing_is_taken_in_with_2_and_the_report_keeps_all_columns(site, csv, tmp_path):
    report = tmp_path / "report.csv"
    done = safeconduct("import", "people", csv("bad.csv", HEADER, BAD, WORSE), "--report", report, "--json", site=site)
    assert done.status == 2
    assert (done.told["new"], done.told["changed"], done.told["faulty"]) == (0, 0, 2)
    assert "bad.csv" in done.err and "birth_date" in done.err
    assert report.read_text(encoding="utf-8-sig").splitlines()[0] == f"{HEADER},Fault,How to mend it"
    assert people(site) == PEOPLE


def test_a_dry_run_tells_the_same_and_changes_nothing(site, csv, tmp_path):
    done = safeconduct("import", "people", csv("mixed.csv", HEADER, GOOD, BAD), "--dry-run", "--json", site=site)
    assert (done.status, done.told["new"], done.told["faulty"], done.told["dry_run"]) == (3, 1, 1, True)
    assert people(site) == PEOPLE and [path.name for path in tmp_path.glob("*faulty*")] == []


def test_a_colleagues_columns_are_said_once_and_remembered(site, csv):
    first = csv("north.csv", "Ref,Rufname,Clan", "N-7,Nilufar,Samadi")
    unclear = safeconduct("import", "people", first, "--json", site=site)
    assert unclear.status == 2 and unclear.told["code"] == "imports.columns_unclear"
    assert "id, given_name" in unclear.err and "Rufname" in unclear.err and "--map" in unclear.err

    told = ["--map", "Ref=id", "--map", "Rufname=given_name"]
    done = safeconduct("import", "people", first, *told, "--json", site=site)
    assert (done.status, done.told["new"], done.told["not_read"]) == (0, 1, ["Clan"])
    again = safeconduct("import", "people", csv("later.csv", "Ref,Rufname", "N-8,Behruz"), "--json", site=site)
    assert (again.status, again.told["new"]) == (0, 1)


@pytest.mark.parametrize(
    "told, reason",
    [("Rufname", "their header=our_column"), ("Ref=rank", "no column rank"), ("Nobody=id", "no column “Nobody”")],
)
def test_a_mapping_that_cannot_be_meant_is_refused_and_not_remembered(site, csv, told, reason):
    done = safeconduct("import", "people", csv("north.csv", "Ref,given_name", "N-7,Nilufar"), "--map", told, site=site)
    assert done.status == 2 and reason in done.err
    assert inside(site, "from safeconduct.register.models import RememberedColumn\nanswer = RememberedColumn.objects.count()") == 0


@pytest.mark.parametrize("header, cells, encoding", [
    ("group/id,group/given_name,group/sex,group/birth_date,group/nationality", "N-1,Nilufar,female,1350,Iran", "utf-8"),
    ("شماره,نام,جنسیت,تاریخ تولد,تابعیت", "N-1,نیلوفر,زن,۱۳۵۰,ایران", "utf-8"),
    ("شماره;نام;جنسیت;تاریخ تولد;تابعیت", "N-1;نیلوفر;زن;۱۳۵۰;ایران", "utf-16"),
    ("الرقم,الاسم,الجنس,تاريخ الميلاد,الجنسية", "N-1,نيلوفر,أنثى,1971,إيران", "cp1256"),
])  # fmt: skip
def test_usual_headers_words_and_encodings_need_no_mapping(site, csv, header, cells, encoding):
    done = safeconduct("import", "people", csv("theirs.csv", header, cells, encoding=encoding), "--json", site=site)
    assert (done.status, done.told["new"], done.told["faulty"]) == (0, 1, 0), done.out
    found = inside(
        site,
        """
from safeconduct.register.models import Person
person = Person.objects.get(number="N-1")
answer = [person.sex, str(person.born_earliest), [each.country for each in person.nationalities.all()]]
""",
    )
    assert found[0] == "female" and found[1][:3] == "197" and found[2] == ["IRN"]


@pytest.mark.parametrize("kind", ["people", "families", "offers", "choices"])
@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_what_is_written_out_and_read_back_says_nothing_new(demonstration, tmp_path, kind, ending):
    sheet = tmp_path / f"{kind}.{ending}"
    out = safeconduct("export", kind, sheet, "--json", site=demonstration)
    assert out.status == 0 and out.told["rows"] > 0, out.err
    back = safeconduct("import", kind, sheet, "--dry-run", "--json", site=demonstration)
    told = back.told
    assert back.status == 0, back.out
    assert (told["new"], told["changed"], told["faulty"], told["possible_duplicates"]) == (0, 0, 0, 0)
    assert told["unchanged"] == out.told["rows"]


def test_json_is_one_object_and_alone_on_the_standard_output(demonstration, csv):
    for done in (
        safeconduct("import", "people", csv("a.csv", HEADER, GOOD, BAD), "--dry-run", "--json", site=demonstration),
        safeconduct("import", "people", csv("b.txt", "nothing of a table"), "--json", site=demonstration),
    ):
        told = json.loads(done.out)
        assert {"new", "changed", "faulty"} <= told.keys()


def test_the_sheet_of_the_first_day_does_what_the_tutorial_says(demonstration, csv):
    tutorial = (Path(__file__).parents[2] / "docs" / "tutorial" / "first-day.md").read_text(encoding="utf-8")
    table = [line.strip().strip("|") for line in tutorial.splitlines() if line.strip().startswith("|") and "---" not in line]
    sheet = csv("arrivals.csv", *(",".join(cell.strip() for cell in line.split("|")) for line in table))
    done = safeconduct("import", "people", sheet, "--dry-run", "--json", site=demonstration)
    assert (done.status, done.told["new"], done.told["faulty"], done.told.get("not_read")) == (3, 1, 1, None)
    assert [(fault["row"], fault["column"]) for fault in done.told["faults"]] == [(3, "DOB")]


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_only_its_owner_reads_a_sheet_that_a_command_writes(site, tmp_path, ending):
    out = tmp_path / f"people.{ending}"
    assert safeconduct("export", "people", out, site=site).status == 0
    assert out.stat().st_mode & 0o077 == 0
