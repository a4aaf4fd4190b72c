"""The pages on accounts and roles."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.core.access.accounts import close_account
from safeconduct.core.access.models import Account
from safeconduct.core.access.permissions import declared
from safeconduct.core.access.roles import Role

pytestmark = pytest.mark.django_db
GIVEN = {
    "username": "new.colleague",
    "display_name": "New colleague",
    "password": "correct horse battery",
    "roles": ["registrar"],
}


@pytest.fixture
def browser(client, account):
    client.force_login(account(Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_the_roles_page_says_every_permission_of_every_role(browser, django_assert_max_num_queries, language):
    with django_assert_max_num_queries(12):
        answer = browser.get(reverse("roles"), headers={"accept-language": language})
    listed = answer.context["roles"]
    assert set(listed) == set(Role)
    assert {permission.code for held in listed.values() for permission in held} == set(declared())


def test_an_account_is_opened_with_its_roles_and_works(browser, client):
    assert browser.post(reverse("accounts"), GIVEN).status_code == 302
    assert Account.objects.get(username="new.colleague").roles() == {Role.REGISTRAR}
    browser.logout()
    given = {"username": "new.colleague", "password": GIVEN["password"]}
    assert client.post(reverse("sign_in"), given).status_code == 302


@pytest.mark.parametrize(("change", "says"), [
    ({"username": "administrator"}, "exists already"), ({"password": "short"}, "too easy to guess"),
    ({"roles": ["auditor", "registrar"]}, "may not be"), ({"roles": []}, "required"),
])  # fmt: skip
def test_what_cannot_be_opened_is_said_and_leaves_nothing(browser, change, says):
    page = browser.post(reverse("accounts"), {**GIVEN, **change}).content.decode()
    assert says in page and Account.objects.count() == 1


def test_the_password_typed_for_somebody_does_not_come_back_in_the_page(browser):
    assert GIVEN["password"] not in browser.post(reverse("accounts"), {**GIVEN, "roles": []}).content.decode()


def test_an_account_is_closed_and_stays_in_the_list(browser, account):
    other = account(Role.REGISTRAR)
    asked = browser.get(reverse("close_account", args=[other.pk])).content.decode()
    assert "cannot be undone" in asked and Account.objects.get(pk=other.pk).is_active
    assert browser.post(reverse("close_account", args=[other.pk]), {"confirmed": "yes"}).status_code == 302
    page = browser.get(reverse("accounts")).content.decode()
    assert "closed" in page and "registrar" in page


def test_nobody_closes_the_own_account(browser):
    me = Account.objects.get()
    answer = browser.post(reverse("close_account", args=[me.pk]), {"confirmed": "yes"})
    assert answer.status_code == 409 and "by its own holder" in answer.content.decode()
    assert Account.objects.get().is_active


def test_the_list_of_accounts_takes_few_queries(browser, account, django_assert_max_num_queries):
    for role in Role:
        account(role, username=f"one.{role.value}")
    with django_assert_max_num_queries(12):
        browser.get(reverse("accounts"))


def test_an_account_shows_its_roles_since_when_and_who_gave_them(browser, account, django_assert_max_num_queries):
    other = account(Role.REGISTRAR)
    browser.post(reverse("account", args=[other.pk]), {"role": "interviewer"})
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("account", args=[other.pk]))
    assert {(g.role, g.granted_by and g.granted_by.username) for g in page.context["account"].grants_now} == {
        ("registrar", None), ("interviewer", "administrator"),
    }  # fmt: skip
    assert "when the site was made" in page.content.decode()


def test_a_role_that_is_ended_stays_on_record(browser, account):
    other = account(Role.REGISTRAR)
    assert browser.post(reverse("end_role", args=[other.pk, "registrar"])).status_code == 302
    page = browser.get(reverse("account", args=[other.pk])).content.decode()
    assert Account.objects.get(pk=other.pk).roles() == frozenset()
    assert "holds no role" in page and "Held before" in page
    assert browser.post(reverse("end_role", args=[other.pk, "king"])).status_code == 404


def test_a_role_that_excludes_one_held_is_refused_with_its_reason(browser, account):
    other = account(Role.ELIGIBILITY_OFFICER)
    answer = browser.post(reverse("account", args=[other.pk]), {"role": "reviewing_officer"})
    assert answer.status_code == 422 and "One person may not be" in answer.content.decode()
    assert Account.objects.get(pk=other.pk).roles() == {Role.ELIGIBILITY_OFFICER}


def test_a_closed_account_gets_no_role(browser, account, administrator, noon):
    other = close_account(by=administrator, account=account(Role.REGISTRAR), at=noon)
    answer = browser.post(reverse("account", args=[other.pk]), {"role": "interviewer"})
    assert answer.status_code == 422 and "closed" in answer.content.decode()
    assert 'action="' not in browser.get(reverse("account", args=[other.pk])).content.decode().split("<main")[1]


def test_nobody_gives_or_ends_an_own_role(browser):
    me = Account.objects.get()
    assert browser.post(reverse("end_role", args=[me.pk, "administrator"])).status_code == 409
    assert browser.post(reverse("account", args=[me.pk]), {"role": "registrar"}).status_code == 422
    assert Account.objects.get().roles() == {Role.ADMINISTRATOR}


def test_whoever_signs_in_sees_the_own_roles(browser):
    page = browser.get(reverse("own_account")).content.decode()
    assert "when the site was made" in page and "End the role" not in page
