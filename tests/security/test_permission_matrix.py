"""Every role against every page, read from the URL table: a page opens exactly to whom its policy allows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.core.access.permissions import declared, roles_with
from safeconduct.core.access.roles import Role
from safeconduct.register.models import ImportBatch
from tests.factory import NOON, unguarded
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
ROUTES = routes()
PLAIN = [route for route in ROUTES if not route.has_parameters]
WITH_PARAMETERS = [route for route in ROUTES if route.has_parameters]


def allowed(policy, role: Role | None) -> bool:
    if policy.public:
        return True
    if role is None:
        return False
    return policy.signed_in or role in roles_with(policy.permission)


def answers(client, address: str) -> int:
    return client.get(address).status_code


@pytest.fixture
def browser_of(client, account):
    def enter(role: Role):
        client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def test_there_are_routes_to_test():
    assert len(PLAIN) > 5 and len(WITH_PARAMETERS) > 5


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_every_route_says_who_may_open_it(route):
    assert route.policy is not None, f"the view behind {route.pattern} has no @page"
    if route.policy.permission:
        assert route.policy.permission in declared(), f"{route.pattern} asks for {route.policy.permission}, which no room declares"
        assert roles_with(route.policy.permission), f"nobody may open {route.pattern}"


@pytest.mark.parametrize("role", list(Role))
def test_a_page_opens_to_whom_its_policy_allows_and_to_nobody_else(browser_of, role):
    client = browser_of(role)
    seen = {route.pattern: answers(client, f"/{route.pattern}") for route in PLAIN}
    for route in PLAIN:
        status = seen[route.pattern]
        if allowed(route.policy, role):
            # 405: a page that only takes a form. A page may lead on to another one.
            assert status in (200, 302, 405), (route.pattern, status)
        else:
            assert status == 403, (route.pattern, status)


@pytest.mark.parametrize("role", list(Role))
def test_what_does_not_exist_is_not_found_or_not_allowed_and_never_breaks(browser_of, role):
    client = browser_of(role)
    for route in WITH_PARAMETERS:
        status = answers(client, route.to_nothing())
        if allowed(route.policy, role):
            # 410: what was begun in another session, or long ago.
            assert status in (404, 405, 410), (route.pattern, status)
        else:
            assert status == 403, (route.pattern, status)


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(client):
    for route in ROUTES:
        answer = client.get(route.to_nothing())
        if not route.policy.public:
            assert answer.status_code == 302 and answer.url.startswith("/sign-in/?next="), route.pattern


@pytest.mark.parametrize("role", list(Role))
def test_a_form_is_refused_to_whoever_may_not_open_its_page(browser_of, role):
    client = browser_of(role)
    for route in ROUTES:
        if not allowed(route.policy, role):
            assert client.post(route.to_nothing(), {}).status_code == 403, route.pattern


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("role", [None, Role.DOCUMENTER, Role.AUDITOR])
def test_no_other_method_opens_what_a_get_does_not(client, browser_of, role, method):
    client = browser_of(role) if role else client
    for route in ROUTES:
        if not allowed(route.policy, role):
            status = client.generic(method, route.to_nothing()).status_code
            assert status == (403 if role else 302), (route.pattern, status)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.RESETTLEMENT_OFFICER, Role.PROTECTION_OFFICER, Role.AUDITOR])
def test_no_answer_to_somebody_signed_in_stays_in_a_browser(browser_of, role):
    client = browser_of(role)
    for route in ROUTES:
        answer = client.get(route.to_nothing())
        assert "no-store" in answer.headers["Cache-Control"], route.pattern


@pytest.mark.parametrize("act", ["import", "accept_import", "discard_import", "import_faults"])
def test_a_sheet_of_a_kind_that_one_may_not_read_in_is_not_there(browser_of, act):
    with unguarded():
        batch = ImportBatch.objects.create(
            kind="choices", state="waiting", digest="0" * 64, headers=["id"], mapping={}, file_name="c.csv", read_at=NOON
        )
    client = browser_of(Role.REGISTRAR)
    address = reverse(act, args=[batch.pk])
    assert (client.get(address) if act == "import" else client.post(address)).status_code == 404
    assert ImportBatch.objects.get().state == "waiting"


def test_administrators_auditors_and_the_data_protection_officer_open_no_page_about_people():
    for route in ROUTES:
        if route.pattern.startswith(("people/", "families/")):
            assert not roles_with(route.policy.permission) & {
                Role.ADMINISTRATOR,
                Role.AUDITOR,
                Role.DATA_PROTECTION_OFFICER,
            }
