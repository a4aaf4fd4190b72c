"""Every page that is reached by links, seen by a role that may: axe-core finds nothing, in both directions of writing."""

from __future__ import annotations

import pytest
from django.urls import resolve

from safeconduct.core.access.roles import Role
from tests.security.crawling import Visitor
from tests.shell import copied, safeconduct, served
from tests.stories.walking import walking

pytestmark = pytest.mark.browser
# Who sees most first; each page is looked at once.
ROLES = [Role.PROTECTION_OFFICER, Role.RESETTLEMENT_OFFICER, Role.SUPERVISOR, Role.REGISTRAR, Role.CHILD_PROTECTION_OFFICER,
         Role.AUDITOR, Role.ADMINISTRATOR]  # fmt: skip


@pytest.fixture(scope="module")
def address(demonstration, tmp_path_factory):
    """A site on which something has happened: a plan is approved, another waits, a sheet was read in."""
    site = copied(demonstration, tmp_path_factory.mktemp("pages") / "site")
    assert safeconduct("plan", "approve", "1", site=site).status == 0
    assert safeconduct("plan", "--scenario", "romania-group", site=site).status == 0
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def pages(address) -> dict[Role, dict[str, str]]:
    """Role → name of a page → its address, each page with the first role that reaches it."""
    found: dict[Role, dict[str, str]] = {}
    taken: set[str] = set()
    for role in ROLES:
        for seen in Visitor(address, role.value).crawl("/audit/", "/roles/", "/account/", each=1):
            name = resolve(seen.path.split("?")[0]).url_name
            if seen.status == 200 and name not in taken and seen.body.startswith(b"<!doctype html>"):
                taken.add(name)
                found.setdefault(role, {})[name] = seen.path
    assert len(taken) >= 20, sorted(taken)
    return found


@pytest.mark.parametrize("language", ["en", "fa"])
def test_axe_finds_nothing(browser, address, axe_violations, pages, language):
    for role, found in pages.items():
        with walking(browser, address, language, "page", axe_violations) as walk:
            walk.sign_in(role.value)
            for name, path in found.items():
                walk.go(path)
                walk.look(f"{name}-{role.value}")
