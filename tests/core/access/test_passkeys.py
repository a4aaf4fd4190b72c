"""Passkeys and the covered screen in a real browser, with an authenticator of Chromium's own making."""

from __future__ import annotations

import pytest

from tests.shell import inside, served
from tests.sites import demonstration, site
from tests.stories.walking import PASSWORD

__all__ = ["demonstration", "site"]
pytestmark = pytest.mark.browser
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


class Officer:
    """One browser window with an authenticator in it."""

    def __init__(self, page, address, axe):
        self.page, self.address, self.axe = page, address, axe
        self.keys = page.context.new_cdp_session(page)
        self.keys.send("WebAuthn.enable")
        self.key = self.keys.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]

    def at(self, path):
        self.page.wait_for_url(f"{self.address}{path}")
        assert self.axe(self.page) == [], path

    def go(self, path):
        self.page.goto(self.address + path)

    def password(self):
        self.go("/sign-in/")
        self.page.fill("#id_username", "registrar")
        self.page.fill("#id_password", PASSWORD)
        self.page.click("#id_password >> xpath=ancestor::form >> button.main")

    def use_passkey(self):
        self.page.click("form[data-passkey=use] button")

    def sign_out(self):
        self.page.click("form[action='/sign-out/'] button")
        self.at("/sign-in/")

    def verifies(self, yes):
        self.keys.send("WebAuthn.setUserVerified", {"authenticatorId": self.key, "isUserVerified": yes})


@pytest.fixture
def officer(browser, site, axe_violations):
    with served(site) as address:
        context = browser.new_context(locale="en-GB")
        try:
            yield Officer(context.new_page(), address, axe_violations)
        finally:
            context.close()


def test_a_passkey_is_made_signs_in_alone_or_second_and_opens_the_covered_screen(officer, site):
    page = officer.page
    officer.password()
    officer.at("/")
    officer.go("/account/second-factor/")
    officer.at("/account/second-factor/")
    page.fill("form[data-passkey=make] input[name=name]", "laptop")
    page.click("form[data-passkey=make] button")
    officer.at("/account/second-factor/passkey/")
    assert page.locator(".codes li").count() == 10

    officer.sign_out()
    officer.use_passkey()
    officer.at("/")

    officer.go("/roles/")
    page.click("form[action='/locked/now/'] button")
    officer.at("/locked/?next=%2Froles%2F")
    officer.use_passkey()
    officer.at("/roles/")

    officer.sign_out()
    officer.password()
    officer.at("/sign-in/second/")
    officer.go("/people/")
    assert "/sign-in/?next=" in page.url, "between the steps nothing opens"
    officer.go("/sign-in/second/")
    officer.verifies(False)
    officer.use_passkey()
    page.wait_for_selector("form[data-passkey=use] .failed:not([hidden])")
    officer.verifies(True)
    officer.use_passkey()
    officer.at("/")

    acts = inside(site, "from safeconduct.core.audit.models import AuditEntry as A\n"
                        "answer = [a.facts for a in A.objects.filter(act='signed in').order_by('number')]")  # fmt: skip
    assert [next(proof for proof in ('"password and passkey"', '"passkey"', '"password"') if proof in facts) for facts in acts] == [
        '"password"', '"passkey"', '"password and passkey"',
    ]  # fmt: skip


def test_after_a_quarter_of_an_hour_the_page_leaves_the_screen_in_every_window(officer):
    page = officer.page
    officer.password()
    officer.at("/")
    page.clock.install()
    officer.go("/people/")
    other = page.context.new_page()
    other.goto(officer.address + "/roles/")
    page.clock.run_for(13 * 60 * 1000 + 2000)
    assert page.locator(".idle-soon[role=alert]").is_visible() and officer.axe(page) == []
    page.click(".idle-soon button")
    assert page.locator(".idle-soon").count() == 0
    page.clock.run_for(15 * 60 * 1000 + 2000)
    page.wait_for_url(f"{officer.address}/locked/?next=%2Fpeople%2F")
    other.wait_for_url(f"{officer.address}/locked/?next=%2Froles%2F")
    page.fill("#id_password", PASSWORD)
    page.click("#id_password >> xpath=ancestor::form >> button")
    officer.at("/people/")
