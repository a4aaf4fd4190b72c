"""A sheet in the browser: whatever its rows say, the page that shows them stands."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safeconduct.core.access.roles import Role
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
