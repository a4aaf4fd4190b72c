"""The main job from its first sheet to its last, as a team does it in the browser: in English and in Persian."""

from __future__ import annotations

import re

import openpyxl
import pytest

from tests.shell import safeconduct, served
from tests.stories.walking import walking

pytestmark = pytest.mark.browser

HEADERS = {
    "en": ["id", "given_name", "family_name", "father_name", "sex", "birth_date", "nationality", "specific_needs"],
    "fa": ["شماره", "نام", "نام خانوادگی", "نام پدر", "جنسیت", "تاریخ تولد", "تابعیت", "نیازهای ویژه"],
}
ROWS = {
    "en": [
        ["N-1", "Nilufar", "Samadi", "Karim", "female", "1971-05-02", "IRN", None],
        ["N-2", "Behruz", "Samadi", "Karim", "male", "31/31/1960", "IRN", None],
        ["N-3", None, "Samadi", "Karim", "perhaps", "1960", "Atlantis", None],
        ["N-4", "Shirin", "Samadi", "Karim", "female", "about 1340", "Iran", "SM-CI"],
    ],
    "fa": [
        ["N-1", "نیلوفر", "صمدی", "کریم", "زن", "۱۳۵۰/۰۲/۱۲", "ایران", None],
        ["N-2", "بهروز", "صمدی", "کریم", "مرد", "۱۳۴۰/۱۳/۴۰", "ایران", None],
        ["N-3", None, "صمدی", "کریم", "شاید", "۱۳۴۰", "آتلانتیس", None],
        ["N-4", "شیرین", "صمدی", "کریم", "زن", "حدود ۱۳۴۰", "ایران", "SM-CI"],
    ],
}
NAMES = re.compile("Nilufar|Behruz|Shirin|Samadi|Karim|نیلوفر|بهروز|شیرین|صمدی|%D9|%DB", re.I)


@pytest.fixture(params=["en", "fa"])
def language(request) -> str:
    return str(request.param)


@pytest.fixture
def sheet(language, tmp_path):
    book = openpyxl.Workbook()
    for row in [HEADERS[language], *ROWS[language]]:
        book.active.append(row)
    path = tmp_path / "new arrivals.xlsx"
    book.save(path)
    return path


def test_import_with_faults_plan_reasons_approval_submissions(site, browser, axe_violations, language, sheet, tmp_path):
    with served(site) as address, walking(browser, address, language, "story", axe_violations) as walk:
        registrar_takes_a_sheet_in(walk, sheet, tmp_path, language)
        officer_computes_and_reads_a_plan(walk)
        supervisor_approves(walk)
        officer_takes_submissions_out(walk, tmp_path)
        assert not [each for each in walk.addresses if NAMES.search(each)]
    assert safeconduct("audit", "verify", site=site).status == 0


def registrar_takes_a_sheet_in(walk, sheet, tmp_path, language):
    page = walk.page
    walk.go("/sign-in/")
    walk.look("sign-in")
    walk.sign_in("registrar")
    walk.look("today")
    page.click("header nav a[href='/imports/']")
    walk.look("imports")
    page.check("input[name=kind][value=people]")
    page.set_input_files("input[type=file]", sheet)
    page.click("main form[enctype] button.main")
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    walk.look("preview")
    faulty = page.locator("#faulty tbody tr, section:has(#faulty) tbody tr, table.mend tbody tr")
    assert faulty.count() == 4  # one fault in the second row, three in the third
    assert all(len(text.split()) > 6 for text in faulty.locator("td:last-child").all_inner_texts())
    page.click("form[action$='/accept/'] button.main")
    page.wait_for_load_state()
    walk.look("accepted")
    assert page.locator("form[action$='/accept/']").count() == 0

    back = openpyxl.load_workbook(walk.download("form[action$='/faults/'] button", tmp_path)).active
    rows = list(back.iter_rows(values_only=True))
    assert list(rows[0][: len(HEADERS[language])]) == HEADERS[language] and [row[0] for row in rows[1:]] == ["N-2", "N-3"]
    assert all(row[-1] and row[-2] for row in rows[1:])
    walk.sign_out()


def officer_computes_and_reads_a_plan(walk):
    page = walk.page
    walk.sign_in("resettlement_officer")
    page.click("header nav a[href='/plans/']")
    walk.look("plans")
    page.click("form[action='/plans/compute/'] button.main")
    page.wait_for_url(re.compile(r"/plans/2/$"))
    walk.look("plan")
    assert page.locator("svg[role=img], figure svg").count() > 0
    assert page.locator("form[action$='/approve/']").count() == 0, "nobody approves a plan of one's own"
    page.locator(".sentence a[href='/plans/2/people/']").click()
    walk.look("people-of-the-plan")
    page.locator("table.cards tbody th a").first.click()
    page.wait_for_url(re.compile(r"/plans/2/people/[0-9a-f-]{36}/$"))
    walk.look("reasons-of-one-person")
    page.go_back()
    page.go_back()
    page.locator("a[href*='why=']").first.click()
    page.locator("table.cards tbody th a").first.click()
    walk.look("reasons-of-somebody-who-remains")
    walk.sign_out()


def supervisor_approves(walk):
    page = walk.page
    walk.sign_in("supervisor")
    walk.look("today-of-the-supervisor")
    walk.go("/plans/2/")
    if page.locator("input[name=read]").count():
        page.check("input[name=read]")
    page.click("form[action$='/approve/'] button.main")
    page.wait_for_load_state()
    assert page.locator("form[action$='/approve/']").count() == 0
    walk.look("approved")
    walk.sign_out()


def officer_takes_submissions_out(walk, tmp_path):
    page = walk.page
    walk.sign_in("resettlement_officer")
    walk.go("/plans/2/")
    page.click("a.go[href='/submissions/']")
    walk.look("submissions")
    page.locator("main tbody th a").first.click()
    walk.look("submissions-of-an-offer")
    rows = list(
        openpyxl.load_workbook(walk.download("form[action$='/take-out/'] button", tmp_path)).active.iter_rows(values_only=True)
    )
    assert len(rows) > 1 and "registration_number" in rows[0]
    page.reload()
    assert page.locator("main").inner_text().count("SHA-256") == 1
    walk.look("taken-out")


def test_a_colleagues_columns_are_mapped_in_the_preview_and_remembered(site, browser, axe_violations, language, tmp_path):
    book = openpyxl.Workbook()
    for row in [["Ref", "Rufname", "Clan"], ["N-8", "Behruz", "Samadi"]]:
        book.active.append(row)
    sheet = tmp_path / "north.xlsx"
    book.save(sheet)
    with served(site) as address, walking(browser, address, language, "columns", axe_violations) as walk:
        page = walk.page
        walk.sign_in("registrar")
        for time in ("first", "second"):
            walk.go("/imports/")
            page.check("input[name=kind][value=people]")
            page.set_input_files("input[type=file]", sheet)
            page.click("main form[enctype] button.main")
            page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
            if time == "first":
                walk.look("which-is-which")
                for label, column in (("Ref", "id"), ("Rufname", "given_name"), ("Clan", "-")):
                    page.get_by_label(label, exact=False).select_option(column)
                page.click("#columns ~ * button.main, section:has(#columns) button.main, main form:not([action]) button.main")
                page.wait_for_selector("form[action$='/accept/']")
            walk.look(f"understood-the-{time}-time")
            assert page.locator("form[action$='/accept/'] button.main").count() == 1
        page.click("form[action$='/discard/'] button")
        page.wait_for_url(f"{address}/imports/")
        walk.look("discarded")
