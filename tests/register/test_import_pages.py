"""A sheet in the browser: whatever its rows say, the page that shows them stands."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.core.reads import book
from tests.factory import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "sheet", "who"),
    [("people", "id,given_name\nA,Sara\n", "A"), ("families", "family_id,person_id,relationship\nF2,B,head\n", "B")],
)
def test_a_row_that_changes_something_says_whose_it_is(signed_in, kind, sheet, who):
    person("A", given="Mina")
    person("B", unit="F1")
    browser = signed_in(Role.REGISTRAR)
    file = SimpleUploadedFile("sheet.csv", sheet.encode())
    shown = browser.post(reverse("imports"), {"kind": kind, "file": file}, follow=True)
    assert shown.status_code == 200
    assert shown.context["batch"].changed == 1 and shown.context["changed"][0][0] == who


def test_a_sheet_that_another_overtook_is_held_against_the_register_once_more(signed_in):
    """Each of the two alone is sound; both together would make each the child of the other."""
    person("A", unit="F1")
    person("B", unit="F1")
    browser, header = signed_in(Role.REGISTRAR), "family_id,person_id,relationship,related_to\n"
    first, second = (
        browser.post(reverse("imports"), {"kind": "families", "file": SimpleUploadedFile("sheet.csv", (header + row).encode())})
        for row in ("F1,A,child,B\n", "F1,B,child,A\n")
    )
    batches = [made.url.rstrip("/").rsplit("/", 1)[-1] for made in (first, second)]
    assert browser.post(reverse("accept_import", args=[batches[0]])).status_code == 302
    refused = browser.post(reverse("accept_import", args=[batches[1]]))
    assert refused.status_code == 409 and "after this one was read" in refused.content.decode()
    page = browser.get(reverse("import", args=[batches[1]]))
    columns = {field.html_name: field.value() for field in page.context["form"]}
    again = browser.post(reverse("import", args=[batches[1]]), columns, follow=True)
    assert again.context["batch"].faulty == 1 and not again.context["takes"]


def test_whom_a_preview_names_is_read(signed_in):
    """Whom a row changes, whom it resembles, whose number a faulty cell holds: the preview tells of all of them."""
    changed, alike, named = person("A", given="Mina"), person("L", given="Zahra", family="Moradi"), person("B", unit="F1")
    browser = signed_in(Role.REGISTRAR)
    sheet = "id,given_name,family_name,father_name\nA,Sara,Karimi,Hasan\nNEW,Zahra,Moradi,Hasan\n"
    browser.post(reverse("imports"), {"kind": "people", "file": SimpleUploadedFile("sheet.csv", sheet.encode())}, follow=True)
    assert {changed.pk, alike.pk} <= last_read()
    sheet = "family_id,person_id,relationship,related_to\nF1,A,child,B\nF9,B,king,\n"
    browser.post(reverse("imports"), {"kind": "families", "file": SimpleUploadedFile("sheet.csv", sheet.encode())}, follow=True)
    assert changed.pk in last_read() or named.pk in last_read()


def last_read():
    """Whom the newest entry of the log of reads names."""
    rows = book.ask("SELECT person FROM seen WHERE entry = (SELECT max(number) FROM entries)")
    return {UUID(bytes=bytes(person)) for (person,) in rows}
