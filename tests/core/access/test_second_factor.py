"""The second factor: nothing opens before it, each code counts once, a lost one is ended by somebody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.core.access.accounts import open_account
from safeconduct.core.access.models import Account, OpenSession
from safeconduct.core.access.roles import Role
from safeconduct.core.signin.models import Factor, RecoveryCode
from tests.core.access.signing import PASSWORD, code_of, enter, with_app, with_recovery_codes, written, wrong

pytestmark = pytest.mark.django_db
SECOND, FIRST_PAGE = reverse("second_step"), "/"


@pytest.fixture
def officer(account):
    return account(Role.REGISTRAR)


@pytest.fixture
def secret(officer, real, noon):
    return with_app(officer, real, noon)


def second(client, code):
    return client.post(SECOND, {"code": code})


def is_in(client):
    return client.get(reverse("own_account")).status_code == 200


def test_between_the_two_steps_nothing_of_the_site_opens(client, officer, secret, real):
    assert enter(client, officer, next="/roles/").url == SECOND
    assert not is_in(client) and "_auth_user_id" not in client.session
    for name in ("own_account", "roles", "second_factor", "locked"):
        assert client.get(reverse(name)).url.startswith(reverse("sign_in")), name
    assert second(client, code_of(secret, real)).url == "/roles/"
    assert is_in(client)
    assert [entry[:3] for entry in written("second factor")] == [("nobody", "second factor", "done")]
    assert written("signed in")[-1] == (f"page:{officer.pk}", "signed in", "done", f"access.account:{officer.pk}")


def test_without_the_first_step_the_second_is_nobodys(client, officer, secret, real):
    assert second(client, code_of(secret, real)).url == reverse("sign_in")


def test_the_second_step_waits_ten_minutes(client, officer, secret, real):
    enter(client, officer)
    real.later(minutes=10)
    answer = second(client, code_of(secret, real))
    assert answer.status_code == 403 and not is_in(client)


def test_a_code_opens_once(client, officer, secret, real):
    code = code_of(secret, real)
    enter(client, officer)
    assert second(client, code).status_code == 302
    client.post(reverse("sign_out"))
    enter(client, officer)
    answer = second(client, code)
    assert answer.status_code == 403 and "does not open" in answer.content.decode() and not is_in(client)
    assert written("second factor")[-1] == ("nobody", "second factor", "refused", f"access.account:{officer.pk}")


def test_after_five_wrong_codes_the_right_one_waits_too(client, officer, secret, real, administrator):
    enter(client, officer)
    for _n in range(5):
        assert second(client, wrong(code_of(secret, real))).status_code == 403
    tried = len(written())
    answer = second(client, code_of(secret, real))
    assert answer.status_code == 403 and "rests" in answer.content.decode() and not is_in(client)
    assert len(written()) == tried, "whoever goes on guessing fills no chain"


def test_an_administrator_ends_the_rest_after_wrong_codes(client, officer, secret, real, administrator):
    from safeconduct.core import clock
    from safeconduct.core.access.resting import end_rest

    enter(client, officer)
    for _n in range(5):
        second(client, wrong(code_of(secret, real)))
    end_rest(by=administrator, account=officer, at=clock.now())
    assert second(client, code_of(secret, real)).status_code == 302


def test_a_recovery_code_opens_once_and_the_rest_is_counted(client, officer, secret, real, noon):
    codes = with_recovery_codes(officer, real, noon)
    enter(client, officer)
    assert second(client, codes[3].lower().replace("-", " ")).status_code == 302
    assert "9 recovery codes are left" in client.get(reverse("own_account")).content.decode()
    client.post(reverse("sign_out"))
    enter(client, officer)
    assert second(client, codes[3]).status_code == 403 and second(client, codes[4]).status_code == 302
    assert [entry[2] for entry in written("recovery code used")] == ["done", "refused", "done"]


def test_new_recovery_codes_end_the_old_ones(client, officer, secret, real, noon):
    old, new = with_recovery_codes(officer, real, noon), with_recovery_codes(officer, real, noon)
    enter(client, officer)
    assert second(client, old[0]).status_code == 403 and second(client, new[0]).status_code == 302


def test_no_code_stands_in_the_database(officer, secret, real, noon):
    shown = with_recovery_codes(officer, real, noon)
    kept = [bytes(row.derived) for row in RecoveryCode.objects.all()]
    assert len(kept) == 10 and not any(code.replace("-", "").encode() in row for code in shown for row in kept)
    assert secret not in bytes(Factor.objects.get().secret)


@pytest.mark.parametrize("code", ["", " ", "1" * 60, "x" * 61, "‎", "'; --", "12345", "0" * 6, "\x00"])
def test_what_is_no_code_is_refused_with_a_sentence(client, officer, secret, real, code):
    enter(client, officer)
    answer = second(client, code)
    assert answer.status_code in (403, 200) and not is_in(client)


def test_a_new_password_between_the_steps_begins_them_anew(client, officer, secret, real, noon):
    from safeconduct.core.access.accounts import change_password

    enter(client, officer)
    change_password(by=officer.actor(), account=officer, password="another horse battery", at=noon)
    assert second(client, code_of(secret, real)).status_code == 403 and not is_in(client)


# Setting up and ending


def typed_secret(answer):
    import base64

    return base64.b32decode(answer.context["typed"].replace(" ", ""))


def test_an_app_is_set_up_by_its_picture_and_its_first_code(client, officer, real):
    enter(client, officer)
    page = client.get(reverse("add_app"))
    secret = typed_secret(page)
    assert "<svg" in page.content.decode() and page.headers["Cache-Control"] == "no-store"
    refused = client.post(reverse("add_app"), {"name": "phone", "code": wrong(code_of(secret, real))})
    assert refused.status_code == 422 and typed_secret(refused) == secret, "the picture stays the same"
    done = client.post(reverse("add_app"), {"name": "phone", "code": code_of(secret, real)})
    assert len(done.context["codes"]) == 10 and written("second factor added")[-1][2] == "done"
    assert done.context["codes"][0] not in client.get(reverse("recovery_codes")).content.decode(), "they are shown once"
    client.post(reverse("sign_out"))
    assert enter(client, officer).url == SECOND


def test_factors_change_after_a_proof_of_the_last_ten_minutes(client, officer, real):
    enter(client, officer)
    real.later(minutes=11)
    assert client.get(reverse("second_factor")).url.startswith(reverse("prove"))
    assert client.post(reverse("prove"), {"password": "wrong", "next": "/account/second-factor/"}).status_code == 403
    assert client.post(reverse("prove"), {"password": PASSWORD, "next": "/account/second-factor/"}).status_code == 302
    assert client.get(reverse("second_factor")).status_code == 200


def test_one_ends_an_own_factor_and_nobody_elses(client, officer, secret, real, account, noon):
    other = account(Role.SUPERVISOR)
    with_app(other, real, noon)
    enter(client, officer), second(client, code_of(secret, real))
    theirs, own = Factor.objects.get(account=other), Factor.objects.get(account=officer)
    assert client.post(reverse("remove_factor", args=[theirs.pk]), {"confirmed": "yes"}).status_code == 404
    assert client.post(reverse("remove_factor", args=[own.pk]), {"confirmed": "yes"}).status_code == 302
    own.refresh_from_db()
    assert own.ended_at and own.secret is None and written("second factor removed")[-1][2] == "done"


def test_where_one_is_required_the_last_factor_stays(client, officer, secret, real, settings):
    settings.SECOND_FACTOR = "required"
    enter(client, officer), second(client, code_of(secret, real))
    answer = client.post(reverse("remove_factor", args=[Factor.objects.get().pk]), {"confirmed": "yes"})
    assert answer.status_code == 409 and Factor.objects.get().ended_at is None


def test_where_one_is_required_nothing_else_opens_without(client, officer, real, settings):
    settings.SECOND_FACTOR = "required"
    enter(client, officer)
    for name in ("own_account", "roles", "recovery_codes"):
        assert client.get(reverse(name)).url.startswith(reverse("second_factor")), name
    assert client.get(FIRST_PAGE).url.startswith(reverse("second_factor"))
    assert client.post(reverse("set_language"), {"language": "fa"}).status_code == 302
    secret = typed_secret(client.get(reverse("add_app")))
    client.post(reverse("add_app"), {"name": "phone", "code": code_of(secret, real)})
    assert is_in(client)


def test_real_sites_require_one_and_demonstrations_offer_it():
    from pathlib import Path

    import safeconduct.site.settings as folder

    text = (Path(folder.__file__).parent / "embedded.py").read_text()
    assert 'SECOND_FACTOR = "offered" if _site.is_demonstration else "required"' in text
    production = (Path(folder.__file__).parent / "production.py").read_text()
    assert "embedded import *" in production and "SECOND_FACTOR" not in production


def test_an_administrator_ends_a_lost_factor_of_another_account(client, officer, secret, real, account, noon):
    from django.test import Client

    chief, lost = account(Role.ADMINISTRATOR), Client()
    with_recovery_codes(officer, real, noon)
    enter(lost, officer), second(lost, code_of(secret, real))
    enter(client, chief)
    assert client.get(reverse("account_opening", args=[officer.pk])).status_code == 200
    client.post(reverse("end_factors", args=[officer.pk]), {"confirmed": "yes"})
    answer = lost.get(reverse("own_account"))
    assert "factors_ended" in answer.url and "ended the second factors" in lost.get(answer.url).content.decode()
    assert not RecoveryCode.objects.filter(ended_at=None).exists()
    assert written("second factors of an account ended")[-1] == (
        f"page:{chief.pk}", "second factors of an account ended", "done", f"access.account:{officer.pk}",
    )  # fmt: skip


def test_nobody_ends_the_own_factors_as_an_administrator(client, real, account, noon):
    chief = account(Role.ADMINISTRATOR)
    secret = with_app(chief, real, noon)
    enter(client, chief), second(client, code_of(secret, real))
    answer = client.post(reverse("end_factors", args=[chief.pk]), {"confirmed": "yes"})
    assert answer.status_code == 409 and Factor.objects.get().ended_at is None
    assert written("second factors of an account ended")[-1][2] == "refused"


# A password that somebody else chose


def test_a_first_password_opens_only_the_page_for_an_own_one(client, account, noon):
    chief = account(Role.ADMINISTRATOR)
    made = open_account(by=chief.actor(), username="new", password=PASSWORD, roles=[Role.REGISTRAR], at=noon)
    enter(client, made)
    assert client.get(reverse("own_account")).url.startswith(reverse("first_password"))
    assert client.get(reverse("second_factor")).url.startswith(reverse("first_password"))
    assert "has now" in client.post(reverse("first_password"), {"new": PASSWORD}).content.decode()
    assert client.post(reverse("first_password"), {"new": "another horse battery"}).status_code == 302
    assert is_in(client) and not Account.objects.get(pk=made.pk).password_is_first


# What stands in the chain


def test_wrong_passwords_and_rests_stand_in_the_chain_and_no_typed_name_does(client, officer):
    for _n in range(6):
        enter(client, officer, "my other password by mistake")
    client.post(reverse("sign_in"), {"username": "my password by mistake", "password": "x"})
    failed = written("sign-in")
    assert [entry[0] for entry in failed] == ["nobody"] * 6 and failed[-1][3] == "", "the sixth try was while it rested"
    assert {entry[3] for entry in failed[:5]} == {f"access.account:{officer.pk}"}
    assert len(written("account rests")) == 1
    from safeconduct.core.audit.models import AuditEntry

    assert not AuditEntry.objects.filter(facts__contains="mistake").exists()


def test_a_sign_in_says_what_was_shown_and_opens_one_session(client, officer, secret, real):
    from safeconduct.core.audit.models import AuditEntry

    enter(client, officer), second(client, code_of(secret, real))
    assert '"password and app"' in AuditEntry.objects.filter(act="signed in").get().facts
    assert OpenSession.objects.filter(account=officer, ended_at=None).count() == 1
