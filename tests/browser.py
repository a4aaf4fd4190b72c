"""A real browser for tests, one a process; a test that asks for it is marked `browser`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str:
    """Where the browser is; a missing one fails the test with what to install."""
    given = os.environ.get("SAFECONDUCT_CHROMIUM")
    found = given or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("No browser was found. Install one with: apt-get install -y chromium", pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a session; each test opens its own page."""
    # Playwright keeps an event loop in this thread; Django would refuse its database beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    path = executable()
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def axe_violations() -> Callable[[Page], list[str]]:
    """`axe_violations(page)`: what axe-core (WCAG 2.2 A and AA, best practices) finds, a line each; [] is well."""
    source = AXE.read_text(encoding="utf-8")

    def found(page: Page) -> list[str]:
        page.wait_for_load_state()  # or the next page may still be on its way
        page.evaluate(source)  # not as a script tag: the content policy of our pages forbids that
        violations = page.evaluate("async () => (await axe.run()).violations")
        return [f"{one['id']}: {one['help']} ({node['target'][-1]})" for one in violations for node in one["nodes"]]

    return found
