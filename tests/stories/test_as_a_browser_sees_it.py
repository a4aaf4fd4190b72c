"""What the browser is told beside the page: headers, cookies; and the way through with the keyboard alone."""

from __future__ import annotations

import re

import pytest

from tests.shell import served
from tests.stories.walking import PASSWORD, walking

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(demonstration, tmp_path_factory):
    from tests.shell import copied

    with served(copied(demonstration, tmp_path_factory.mktemp("served") / "site")) as found:
        yield found


@pytest.fixture
def walk(browser, address, axe_violations):
    with walking(browser, address, "en", "seen", axe_violations) as found:
        yield found


def test_every_page_comes_with_the_headers_that_keep_it_to_itself(walk):
    walk.sign_in("protection_officer")
    for path in ("/", "/people/", "/plans/1/", "/sign-in/"):
        walk.go(path)
        headers = walk.headers
        policy = {name: sources for name, *sources in (part.split() for part in headers["content-security-policy"].split(";"))}
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"], path
        assert {tuple(policy[name]) for name in ("script-src", "style-src", "img-src", "form-action")} == {("'self'",)}, path
        assert headers["x-frame-options"] == "DENY" and headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin" and headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store", path
        assert "server" not in headers or not re.search(r"\d", headers["server"]), headers["server"]


def test_cookies_are_kept_from_scripts_and_end_with_the_browser(walk):
    walk.sign_in("protection_officer")
    cookies = {cookie["name"]: cookie for cookie in walk.page.context.cookies()}
    assert {"sessionid", "csrftoken"} <= cookies.keys() and cookies.keys() <= {"sessionid", "csrftoken", "django_language"}
    assert all(cookie["httpOnly"] and cookie["sameSite"] in ("Lax", "Strict") for cookie in cookies.values())
    assert cookies["sessionid"]["expires"] == -1
    assert walk.page.evaluate("[document.cookie, localStorage.length]") == ["", 0]
    kept = walk.page.evaluate("({...sessionStorage})")  # htmx keeps the path of the page, and no page
    assert kept in ({}, {"htmx-current-path-for-history": "/"})
    walk.sign_out()
    assert "sessionid" not in {cookie["name"] for cookie in walk.page.context.cookies()}


def test_after_signing_out_nothing_is_shown_by_going_back(walk):
    walk.sign_in("protection_officer")
    walk.go("/people/")
    walk.sign_out()
    walk.page.go_back()
    walk.page.wait_for_load_state()
    assert "/sign-in/" in walk.page.url and walk.page.locator("table.cards tbody th a[href*='/people/']").count() == 0


def focused(page):
    return page.evaluate("(one => [one.tagName, one.id, one.getAttribute('href') || ''])(document.activeElement)")


def tab_to(page, wanted, most=60):
    """Tab until the focus is there, each stop with a visible outline."""
    for _step in range(most):
        page.keyboard.press("Tab")
        where = focused(page)
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen != "none", f"nobody sees that the focus is at {where}"
        if wanted(where):
            return where
    raise AssertionError(f"{most} times Tab, and the focus is at {focused(page)}")


def test_a_person_is_found_with_the_keyboard_alone(walk):
    page = walk.page
    walk.go("/sign-in/")
    tab_to(page, lambda where: where[1] == "id_username")
    page.keyboard.type("protection_officer")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{walk.address}/")
    page.keyboard.press("Tab")
    assert focused(page)[2] == "#main", "the first stop leads past the navigation"
    tab_to(page, lambda where: where[2] == "/people/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/")
    first = page.locator("table.cards tbody tr").first
    number = first.locator(".ltr").first.inner_text()
    tab_to(page, lambda where: where[1] == "id_text")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/?q=*")
    assert number not in page.url
    tab_to(page, lambda where: re.fullmatch(r"/people/[0-9a-f-]{36}/", where[2]))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/[0-9a-f-]{36}/$"))
    assert number in page.locator("main").inner_text()
    walk.look("found-by-keyboard")
