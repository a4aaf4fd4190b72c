"""The register's pages in a real browser: nothing that a screen reader stumbles over, nothing wider than the screen."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.register.models import FamilyUnit, PersonName
from tests.factory import person, unguarded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def child():
    """Somebody for whom everything stands on the page."""
    made = person(unit="F-1", relationship="child", given="Niloufar", born=date(2003, 1, 1), needs=["SC-UC", "SM-CI"])
    with unguarded():
        PersonName.objects.create(person=made, kind="given", script="Arab", text="نیلوفر")
    return made


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_pages_are_read_by_everybody(live_server, browser, axe_violations, account, child, language):
    account(Role.PROTECTION_OFFICER)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale=language)
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('sign_in')}")
    found = {"sign_in": axe_violations(page)}
    page.fill("#id_username", "protection_officer")
    page.fill("#id_password", "correct horse battery")
    page.click("main form button")
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    unit = FamilyUnit.objects.get()
    for name, arguments in [
        ("people", []), ("person", [child.pk]), ("families", []), ("family", [unit.pk]), ("person_new", []),
        ("person_correct", [child.pk]), ("consent_new", [child.pk]), ("roles", []), ("own_account", []),
    ]:  # fmt: skip
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(f"{live_server.url}{reverse(name, args=arguments)}")
        found[name] = axe_violations(page)
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            found[name].append("wider than a phone")
    context.close()
    assert not {name: faults for name, faults in found.items() if faults}


def test_a_search_by_keyboard_leads_to_the_person_without_a_name_in_the_address(live_server, browser, account, child):
    account(Role.PROTECTION_OFFICER)
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('sign_in')}?next={reverse('people')}")
    page.fill("#id_username", "protection_officer")
    page.fill("#id_password", "correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('people')}")
    page.fill("#id_text", "نیلوفر")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/?q=*")
    assert "%" not in page.url and page.locator("tbody tr").count() == 1
    page.locator("tbody tr th a").click()
    page.wait_for_url(f"**{reverse('person', args=[child.pk])}")
    page.go_back()
    assert page.locator("tbody tr").count() == 1
    context.close()
