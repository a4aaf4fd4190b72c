"""Signing in and out: what a wrong password tells, when an account rests, when a session ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from safeconduct.core.access.accounts import change_password, close_account, end_role
from safeconduct.core.access.models import Account
from safeconduct.core.access.resting import end_rest
from safeconduct.core.access.roles import Role
from safeconduct.core.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("sign_in")
RIGHT, WRONG = "correct horse battery", "wrong horse battery"
SAYS = "do not open the site"


def enter(client, username="registrar", password=RIGHT, **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_the_right_password_opens_the_site_and_is_written_down(client, account):
    made = account(Role.REGISTRAR)
    answer = enter(client, next="/account/")
    assert (answer.status_code, answer.url) == (302, "/account/")
    last = AuditEntry.objects.order_by("-number").first()
    assert (last.act, last.subject) == ("signed in", f"access.account:{made.pk}")


def test_the_account_name_is_read_whatever_its_case(client, account):
    account(Role.REGISTRAR)
    assert enter(client, " Registrar ").status_code == 302


def test_after_signing_in_nobody_is_led_to_another_site(client, account):
    account(Role.REGISTRAR)
    assert enter(client, next="https://elsewhere.example/").url == "/"
    assert enter(client, next="//elsewhere.example/").url == "/"


def without_secrets(answer):
    page = answer.content.decode()
    for mark in ('name="csrfmiddlewaretoken" value="', 'name="username" value="'):
        first, *rest = page.split(mark)
        page = first + "".join(part.split('"', 1)[1] for part in rest)
    return page


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(client, account):
    account(Role.REGISTRAR)
    unknown, wrong = enter(client, "somebody"), enter(client, password=WRONG)
    assert unknown.status_code == wrong.status_code == 403
    assert SAYS in unknown.content.decode()
    assert without_secrets(unknown) == without_secrets(wrong)


def rested(minutes):
    """As if the first wrong passwords were so long ago."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


def test_who_goes_on_guessing_does_not_make_the_rest_longer(client, account):
    account(Role.REGISTRAR)
    for _n in range(5):
        enter(client, password=WRONG)
    rested(10)
    assert enter(client, password=WRONG).status_code == 403
    rested(6)
    assert enter(client).status_code == 302


def test_an_administrator_ends_the_rest_of_an_account(client, account, administrator, noon):
    made = account(Role.REGISTRAR)
    for _n in range(6):
        enter(client, password=WRONG)
    end_rest(by=administrator, account=made, at=noon)
    assert enter(client).status_code == 302


def test_after_five_wrong_passwords_the_right_one_is_refused_for_a_while(client, account):
    account(Role.REGISTRAR)
    answers = [enter(client, password=WRONG) for _n in range(5)]
    resting = enter(client)
    assert resting.status_code == 403 and SAYS in resting.content.decode()
    assert "_auth_user_id" not in client.session
    assert {without_secrets(answer) for answer in answers} == {without_secrets(resting)}


def test_four_wrong_passwords_lock_nobody_out(client, account):
    account(Role.REGISTRAR)
    for _n in range(4):
        enter(client, password=WRONG)
    assert enter(client).status_code == 302


def test_the_rest_of_one_account_is_no_rest_of_another(client, account):
    account(Role.REGISTRAR), account(Role.SUPERVISOR)
    for _n in range(5):
        enter(client, password=WRONG)
    assert enter(client, "supervisor").status_code == 302


def test_a_rest_ends_after_a_quarter_of_an_hour(client, account):
    from datetime import timedelta

    from axes.models import AccessAttempt

    account(Role.REGISTRAR)
    for _n in range(5):
        enter(client, password=WRONG)
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert enter(client).status_code == 302


def test_passwords_are_kept_by_argon2id(account):
    assert account(Role.REGISTRAR).password.startswith("argon2$argon2id$")


def test_a_closed_account_is_out_at_its_next_step_and_does_not_come_back(client, account, administrator, noon):
    made = account(Role.REGISTRAR)
    enter(client)
    assert client.get(reverse("own_account")).status_code == 200
    close_account(by=administrator, account=made, at=noon)
    assert client.get(reverse("own_account")).url.startswith(SIGN_IN)
    answer = enter(client)
    assert answer.status_code == 403 and SAYS in answer.content.decode()


def test_a_role_that_ends_opens_nothing_from_the_next_step_on(client, account, administrator, noon):
    made = account(Role.AUDITOR)
    enter(client, "auditor")
    assert client.get(reverse("audit")).status_code == 200
    end_role(by=administrator, account=made, role=Role.AUDITOR, at=noon)
    assert client.get(reverse("audit")).status_code == 403


def test_a_new_password_ends_the_other_sessions(client, account, noon):
    made = account(Role.REGISTRAR)
    enter(client)
    change_password(by=made.actor(), account=made, password="another horse battery", at=noon)
    assert client.get(reverse("own_account")).url.startswith(SIGN_IN)


def test_who_changes_the_password_stays_signed_in(client, account):
    account(Role.REGISTRAR)
    enter(client)
    page = client.post(reverse("own_account"), {"current": RIGHT, "new": "another horse battery"}).content.decode()
    assert "Your password was changed" in page
    assert client.get(reverse("own_account")).status_code == 200


@pytest.mark.parametrize(("current", "new", "says"), [
    (WRONG, "another horse battery", "not your current password"), (RIGHT, "too short", "too easy to guess"),
    (RIGHT, "123456789012345678", "too easy to guess"),
])  # fmt: skip
def test_a_password_is_not_changed_by_a_guess_or_to_a_weak_one(client, account, current, new, says):
    account(Role.REGISTRAR)
    enter(client)
    assert says in client.post(reverse("own_account"), {"current": current, "new": new}).content.decode()
    assert Account.objects.get().check_password(RIGHT)


def test_signing_out_ends_the_session_and_clears_the_browser(client, account):
    account(Role.REGISTRAR)
    enter(client)
    answer = client.post(reverse("sign_out"))
    assert answer.url == SIGN_IN and "cache" in answer.headers["Clear-Site-Data"]
    assert client.get(reverse("own_account")).url.startswith(SIGN_IN)


def test_nobody_is_signed_out_by_a_link(client, account):
    account(Role.REGISTRAR)
    enter(client)
    assert client.get(reverse("sign_out")).status_code == 405
    assert client.get(reverse("own_account")).status_code == 200


def test_a_form_from_elsewhere_signs_nobody_in(account):
    from django.test import Client

    account(Role.REGISTRAR)
    answer = enter(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403 and "no longer current" in answer.content.decode()


def test_a_change_of_language_stays_on_the_page_and_is_remembered(client, account):
    account(Role.REGISTRAR)
    enter(client)
    answer = client.post(reverse("set_language"), {"language": "fa", "next": "/roles/?x=1"})
    assert (answer.status_code, answer.url) == (302, "/roles/?x=1")
    assert 'lang="fa" dir="rtl"' in client.get("/roles/").content.decode()
    assert Account.objects.get().language == "fa"


def test_a_change_of_language_leads_to_no_other_site(client):
    assert client.post(reverse("set_language"), {"language": "fa", "next": "https://elsewhere.example/"}).url == "/"


def test_the_language_of_an_account_waits_for_its_holder(client, account):
    made = account(Role.REGISTRAR)
    from tests.factory import unguarded

    with unguarded():
        Account.objects.filter(pk=made.pk).update(language="ar")
    enter(client)
    assert 'lang="ar" dir="rtl"' in client.get("/roles/").content.decode()


def test_a_language_chosen_before_signing_in_stays_for_whoever_never_chose_one(client, account):
    account(Role.REGISTRAR)
    client.post(reverse("set_language"), {"language": "fa", "next": "/sign-in/"})
    enter(client)
    assert 'lang="fa" dir="rtl"' in client.get("/roles/").content.decode()


def test_a_session_that_is_over_is_deleted_when_somebody_signs_in(client, account):
    account(Role.REGISTRAR)
    over = Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now() - timedelta(minutes=1))
    enter(client)
    assert not Session.objects.filter(pk=over.pk).exists() and Session.objects.exists()


def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(client, account):
    account(Role.REGISTRAR)
    enter(client)
    assert client.get("/roles/").headers["Cache-Control"] == "no-store"


def test_demonstration_accounts_are_listed_on_a_demonstration_and_nowhere_else(client, account, settings):
    made = account(Role.REGISTRAR)
    from tests.factory import unguarded

    with unguarded():
        Account.objects.filter(pk=made.pk).update(is_demonstration=True)
    settings.DEMONSTRATION_PASSWORD = "open to everybody"
    assert "open to everybody" not in client.get(SIGN_IN).content.decode()
    settings.SITE_KIND = "demonstration"
    page = client.get(SIGN_IN).content.decode()
    assert "open to everybody" in page and "registrar" in page
