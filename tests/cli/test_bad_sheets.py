"""Bad input from the shell: a status, the place, the reason and the mend; good rows kept; never an accident."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_importing import HEADER, people
from tests.core.spreadsheets.corpus import data, row, xlsx
from tests.shell import PEOPLE, inside, safeconduct

TABLE = row(1, "id", "given_name", "birth_date")


def dry(site: Path, kind: str, file: Path, *more: object):
    return safeconduct("import", kind, file, "--dry-run", "--json", *more, site=site)


def _bomb(path: Path) -> Path:
    xlsx(path, data(TABLE))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/more.bin", bytes(40_000_000))
    return path


def _merged(path: Path) -> Path:
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    return xlsx(path, data(TABLE, row(2, "N-1", "Mina"), row(3, "N-2", "Sara")) + merged)


def _a_million_columns(path: Path) -> Path:
    return xlsx(path, data(TABLE, '<row r="2"><c r="XFD2"><v>1</v></c></row>'))


def _picture(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return path


def _letter(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7 a letter")
    return path


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _no_rows(path: Path) -> Path:
    return xlsx(path, data(TABLE))


def _another_table(path: Path) -> Path:
    return xlsx(path, data(row(1, "Item", "Price"), row(2, "Rice", "3")), data(row(1, "Litres"), row(2, "9")))


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize("make, code, says", [
    (_bomb, "sheets.unpacks_too_large", "unpacks to far more"),
    (_merged, "sheets.merged", "A2:A3"),
    (_a_million_columns, "sheets.too_many_columns", "XFD2"),
    (_picture, "sheets.not_a_spreadsheet", "no spreadsheet"),
    (_letter, "sheets.not_a_spreadsheet", "no spreadsheet"),
    (_empty, "sheets.empty", "empty"),
    (_no_rows, "imports.nothing_importable", "no rows"),
    (_another_table, "sheets.no_known_columns", "at least two columns"),
    (_folder, "sheets.not_a_file", "a folder"),
    (lambda path: path, "sheets.not_found", "no such file"),
], ids=lambda value: getattr(value, "__name__", None))  # fmt: skip
def test_what_is_no_usable_sheet_is_refused_with_2_and_named(demonstration, tmp_path, make, code, says):
    done = dry(demonstration, "people", make(tmp_path / "people.xlsx"))
    assert (done.status, done.told["code"]) == (2, code)
    assert (done.told["new"], done.told["changed"], done.told["faulty"]) == (0, 0, 0)
    assert "people.xlsx" in done.err and says in done.err


def test_a_sheet_of_that_name_or_a_needed_column_is_missing(demonstration, tmp_path):
    path = xlsx(tmp_path / "people.xlsx", data(TABLE, row(2, "N-1", "Mina")), titles=("Register",))
    wrong = dry(demonstration, "people", path, "--sheet", "Residents")
    assert wrong.status == 2 and "Residents" in wrong.err and "Register" in wrong.err
    missing = dry(demonstration, "people", xlsx(tmp_path / "short.xlsx", data(row(1, "id", "sex"), row(2, "N-1", "female"))))
    assert missing.status == 2 and "short.xlsx" in missing.err and "given_name" in missing.err and "--map" in missing.err


def everybody_agrees(site):
    """To a copy of the register to work with: without a consent nobody stands in a sheet."""
    inside(
        site,
        """
from datetime import timedelta
from safeconduct.core import clock
from safeconduct.core.access.api import Actor, Role
from safeconduct.register.api import FieldGroup, Person, record_consents
answer = record_consents(
    by=Actor.setting_up([Role.PROTECTION_OFFICER]), people=list(Person.objects.values_list("pk", flat=True)), purpose="work_copy",
    recipient="OWN", scope=set(FieldGroup), starts=clock.today(), ends=clock.today() + timedelta(days=9), evidence="signed",
    language="fa", views_heard=True, at=clock.now())
""",
    )


def test_excel_serial_dates_persian_digits_and_formulas_are_read_as_they_are_meant(site, tmp_path):
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    serial = '<c s="1"><v>26055</v></c>'  # 2 May 1971
    live = '<c t="str"><f>HYPERLINK("http://x.example","Sara")</f><v>Sara</v></c>'
    path = xlsx(tmp_path / "people.xlsx", data(
        TABLE, row(2, "۱۲۳۴", "Mina", serial), row(3, "N-2", live, "26055"), row(4, "N-3", "=1+1 Parviz", "۱۳۵۰/۰۲/۱۲"),
    ), styles=styles)  # fmt: skip
    done = safeconduct("import", "people", path, "--json", site=site)
    assert (done.status, done.told["new"]) == (0, 3), done.out
    born = inside(
        site,
        """
from safeconduct.register.models import Person
answer = {p.number: [str(p.born_earliest), p.names.get(kind="given").text] for p in Person.objects.exclude(number__startswith="L")
          if p.number in ("1234", "N-2", "N-3")}
""",
    )
    assert born["1234"] == ["1971-05-02", "Mina"] and born["N-2"][1] == "Sara"
    assert born["N-3"][0] == "1971-05-02"
    everybody_agrees(site)
    for ending in ("csv", "xlsx"):
        out = tmp_path / f"out.{ending}"
        assert safeconduct("export", "people", out, site=site).status == 0
        if ending == "csv":
            lines = out.read_text(encoding="utf-8-sig").splitlines()
            assert [line for line in lines if "'=1+1 Parviz" in line] and not [line for line in lines if ",=1+1" in line]
        else:
            kinds = {cell.data_type for cells in openpyxl.load_workbook(out).active.iter_rows() for cell in cells}
            assert "f" not in kinds


def test_two_people_with_one_number_are_both_faulty_and_the_others_kept(site, csv):
    rows = ["N-1,Mina,,,,,,,,", "N-2,Sara,,,,,,,,", "N-1,Parvin,,,,,,,,"]
    done = safeconduct("import", "people", csv("twice.csv", HEADER, *rows), "--json", site=site)
    assert (done.status, done.told["new"], done.told["faulty"]) == (3, 1, 2)
    assert {(fault["row"], fault["code"]) for fault in done.told["faults"]} == {(2, "rows.twice"), (4, "rows.twice")}
    assert people(site) == PEOPLE + 1


def test_an_unknown_member_and_a_family_in_a_circle_are_faulty_rows(site, csv):
    three = csv("people.csv", "id,given_name", "C-1,Mina", "C-2,Sara", "C-3,Parvin")
    assert safeconduct("import", "people", three, site=site).status == 0
    rows = ["F-1,C-1,parent,C-2", "F-1,C-2,parent,C-3", "F-1,C-3,parent,C-1", "F-2,NOBODY,child,C-1", "F-3,C-1,,"]
    sheet = csv("families.csv", "family_id,person_id,relationship,related_to", *rows)
    done = safeconduct("import", "families", sheet, "--json", site=site)
    found = {(fault["row"], fault["code"]) for fault in done.told["faults"]}
    assert {(2, "families.circle"), (3, "families.circle"), (4, "families.circle"), (5, "families.unknown_person")} <= found
    assert (done.status, done.told["new"]) == (3, 1), done.out


def test_an_offer_with_a_negative_quota_is_a_faulty_row(site, csv):
    header = "id,title,provider,destination,kind,quota,status,status_source"
    rows = ["north,North,A state,NOR,resettlement,-5,open,a letter", "south,South,A state,ITA,resettlement,5,reported,a letter"]
    done = safeconduct("import", "offers", csv("offers.csv", header, *rows), "--json", site=site)
    assert (done.status, done.told["new"], done.told["faulty"]) == (3, 1, 1)
    assert [(fault["row"], fault["column"]) for fault in done.told["faults"]] == [(2, "quota")]


def test_a_choice_of_nobody_or_for_no_offer_is_a_faulty_row(demonstration, csv):
    rows = ["NOBODY,albania-2013,yes,1", "L-0001,the-moon,yes,1"]
    done = dry(demonstration, "choices", csv("choices.csv", "person_id,offer_id,answer,rank", *rows))
    assert (done.status, done.told["faulty"]) == (2, 2)
    assert {fault["row"] for fault in done.told["faults"]} == {2, 3}


@pytest.mark.parametrize("arguments, says", [
    (["import", "animals", "x.csv"], "Kinds: people, families, offers, choices"),
    (["export", "animals", "x.csv"], "Kinds: people, families, offers, choices"),
    (["export", "people", "x.pdf"], ".xlsx or .ods or .csv"),
    (["export", "people", "no/such/folder/x.csv"], "no folder"),
    (["export", "people", "."], "ending is not known"),
    (["import", "people", "x.csv", "--report", "no/such/folder/r.xlsx"], "no folder"),
    (["import", "people", "x.csv", "--report", "r.doc"], ".xlsx or .ods or .csv"),
    (["import", "people", "x.csv", "--report", "x.csv"], "would replace the file"),
    (["import", "people"], "Missing argument"),
    (["plan", "--scenario", "the-moon"], "no offer called the-moon"),
    (["plan", "show", "999"], "no plan 999"),
    (["plan", "show", "one"], "a valid integer"),
    (["plan", "approve", "999"], "no plan 999"),
    (["submissions", "1", "albania-2013", "--out", "no/such/folder/s.xlsx"], "no folder"),
    (["submissions", "1", "the-moon", "--out", "s.xlsx"], "no offer called the-moon"),
    (["backup", "no/such/folder/b"], "No such file or directory"),
    (["account", "open", "zed", "--role", "king"], "no role called king"),
    (["account", "close", "nobody"], "no account called nobody"),
    (["serve", "--port", "70000"], "65535"),
    (["nonsense"], "No such command"),
])  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_2_and_a_sentence(demonstration, tmp_path, csv, arguments, says):
    csv("x.csv", "id,given_name", "N-1,Mina")
    done = safeconduct(*arguments, cwd=tmp_path, env={"SAFECONDUCT_SITE": str(demonstration)})
    assert (done.status, done.out) == (2, ""), done.out
    assert says in " ".join(done.err.replace("│", " ").split())


def test_a_command_without_a_site_says_which_folders_it_looks_for(tmp_path):
    done = safeconduct("plan", cwd=tmp_path)
    assert done.status == 2 and "demo-site" in done.err and "SAFECONDUCT_SITE" in done.err
    (tmp_path / "demo-site").mkdir()
    done = safeconduct("plan", cwd=tmp_path)
    assert done.status == 2 and "site.toml" in done.err


def test_the_site_is_named_by_the_environment_or_lies_in_the_current_folder(site, tmp_path):
    named = safeconduct("plan", "show", "1", "--json", cwd=tmp_path, env={"SAFECONDUCT_SITE": str(site)})
    assert (named.status, named.told["plan"]) == (0, 1)
    site.rename(tmp_path / "demo-site")
    found = safeconduct("plan", "show", "1", "--json", cwd=tmp_path)
    assert found.told == named.told
