"""Somebody who walks through the site in a real browser and looks at every page twice: with eyes, and with axe-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response

SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
PASSWORD = "safe conduct for all"
LOCALES = {"en": "en-GB", "fa": "fa-IR", "ar": "ar-IQ"}


class Walk:
    """One browser window. What goes wrong on the way gathers in `faults`; every address it was at in `addresses`."""

    def __init__(self, page: Page, address: str, language: str, story: str, axe: Callable[[Page], list[str]]) -> None:
        self.page, self.address, self.language, self.story, self.axe = page, address, language, story, axe
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.headers: dict[str, str] = {}
        self.shots = 0
        page.on("console", lambda said: said.type in ("error", "warning") and self.faults.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self._failed(request))
        page.on("response", self._answered)

    def _failed(self, request: Any) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a download ends its navigation so
            self.faults.append(f"no answer: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        self.addresses.append(response.url)
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")
        if response.request.is_navigation_request():
            self.headers = response.all_headers() if response.status == 200 else self.headers
        elif not response.url.startswith(self.address):
            self.faults.append(f"another host: {response.url}")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, role: str) -> None:
        """Sign in with the password that a demonstration shows, then read on in one's own language."""
        if not self.page.url.endswith("/sign-in/"):
            self.go("/sign-in/")
        self.page.fill("#id_username", role)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("main form button.main")
        self.page.wait_for_url(f"{self.address}/")
        self.read_in(self.language)

    def read_in(self, language: str) -> None:
        if self.page.evaluate("document.documentElement.lang") != language:
            self.page.click(f"header form button[name=language][value={language}]")
            self.page.wait_for_function("language => document.documentElement.lang === language", arg=language)

    def sign_out(self) -> None:
        self.page.click("form[action='/sign-out/'] button")
        self.page.wait_for_url(f"{self.address}/sign-in/")

    def look(self, name: str, *, shot: bool = True) -> None:
        """axe-core must find nothing, the page must run the right way and hold nothing wider than itself."""
        self.faults += [f"{name}: {found}" for found in self.axe(self.page)]
        runs = self.page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        if runs != [self.language, "ltr" if self.language == "en" else "rtl"]:
            self.faults.append(f"{name}: runs as {runs}")
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.faults.append(f"{name}: wider than the window")
        if shot:
            self.shots += 1
            SHOTS.mkdir(parents=True, exist_ok=True)
            path = SHOTS / f"{self.story}-{self.language}-{self.shots:02}-{name}.png"
            self.page.screenshot(path=path, full_page=True, animations="disabled")

    def download(self, selector: str, folder: Path) -> Path:
        with self.page.expect_download() as waiting:
            self.page.click(selector)
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target


@contextmanager
def walking(browser: Browser, address: str, language: str, story: str, axe: Callable[[Page], list[str]]) -> Iterator[Walk]:
    """A window of its own in one language; at its end nothing may have gone wrong."""
    context = browser.new_context(locale=LOCALES[language], viewport={"width": 1366, "height": 768}, accept_downloads=True)
    context.set_default_timeout(60_000)
    try:
        walk = Walk(context.new_page(), address, language, story, axe)
        yield walk
        assert not walk.faults, "\n".join(dict.fromkeys(walk.faults))
    finally:
        context.close()
