"""Every component, in three languages, in a real browser: legible for a screen reader, within the page, our own."""

import pytest

from safeconduct.core.design.gallery import PAGES, write
from safeconduct.core.languages import LANGUAGES, direction

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    out = tmp_path_factory.mktemp("gallery")
    write(out)
    return out


@pytest.fixture
def opened(browser, gallery):
    contexts = []

    def open_page(language, name, width=1366, **how):
        context = browser.new_context(viewport={"width": width, "height": 768}, **how)
        contexts.append(context)
        page = context.new_page()
        page.foreign = []
        page.on("request", lambda request: request.url.startswith("file:") or page.foreign.append(request.url))
        page.on("requestfailed", lambda request: page.foreign.append(f"missing {request.url}"))
        page.goto(f"file://{gallery}/{language}/{name}.html")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(opened, axe_violations, name, language):
    assert axe_violations(opened(language, name)) == []


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_the_dark_and_on_a_phone(opened, axe_violations, name):
    assert axe_violations(opened("en", name, color_scheme="dark")) == []
    assert axe_violations(opened("fa", name, width=390)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways_and_nothing_foreign_is_asked_for(opened, name, language):
    page = opened(language, name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.foreign == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_runs_the_way_its_language_runs(opened, language):
    page = opened(language, "lists")
    head = page.locator(".part > header").first.bounding_box()
    matter = page.locator(".part .work").first.bounding_box()
    assert (head["x"] > matter["x"]) == (direction(language) == "rtl")


def test_what_is_pressed_is_large_enough_for_a_thumb(opened):
    page = opened("en", "forms", width=390)
    heights = page.locator(".btn, .site a, .site button, label.check, .errors a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_the_keyboard_reaches_the_errors_first_and_sees_where_it_is(opened):
    page = opened("en", "forms")
    assert page.evaluate("document.activeElement.className") == "errors"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#id_wrong-born"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_axe_finds_a_fault_that_was_put_in(opened, axe_violations):
    page = opened("en", "forms")
    page.evaluate("document.querySelector('label[for=id_name]').remove()")
    assert any(one.startswith("label:") for one in axe_violations(page))
