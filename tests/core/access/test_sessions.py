"""Sessions: listed and ended, locked when nobody is there, over after a working day, and bound to where they began."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from safeconduct.core.access.models import OpenSession
from safeconduct.core.access.roles import Role
from safeconduct.core.access.seat import IDLE, LONGEST, Seat, opens
from tests.core.access.signing import PASSWORD, enter, written

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
NEWER = FIREFOX.replace("128.0", "131.0")
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
OWN, ROLES = reverse("own_account"), reverse("roles")


@pytest.fixture
def officer(account):
    return account(Role.REGISTRAR)


def browser(officer, agent=FIREFOX, **more):
    opened = Client(headers={"user-agent": agent}, **more)
    enter(opened, officer)
    return opened


def test_ones_sessions_are_listed_in_words_and_one_is_ended(officer, real):
    here, there = browser(officer), browser(officer, CHROME)
    real.later(minutes=3)
    page = here.get(OWN).content.decode()
    assert "Firefox on Linux" in page and "Chrome on Windows" in page
    other = OpenSession.objects.get(machine="Chrome/Windows")
    assert here.post(reverse("end_session", args=[other.pk])).status_code == 302
    ended = there.get(OWN)
    assert "elsewhere" in ended.url and "from another session" in there.get(ended.url).content.decode()
    assert here.get(OWN).status_code == 200 and written("own sessions ended")[-1][2] == "done"


def test_nobody_ends_a_session_of_somebody_else(officer, account, real):
    here, theirs = browser(officer), browser(account(Role.SUPERVISOR))
    here.post(reverse("end_session", args=[OpenSession.objects.get(account__username="supervisor").pk]))
    assert theirs.get(OWN).status_code == 200


def test_who_ends_the_session_one_is_in_is_signed_out(officer, real):
    here = browser(officer)
    assert here.post(reverse("end_session", args=[OpenSession.objects.get().pk])).url == reverse("sign_in")
    assert here.get(OWN).status_code == 302 and OpenSession.objects.get().why == "signed_out"


def test_all_others_are_ended_at_once(officer, real):
    here, others = browser(officer), [browser(officer) for _n in range(3)]
    here.post(reverse("end_other_sessions"))
    assert here.get(OWN).status_code == 200 and all(each.get(OWN).status_code == 302 for each in others)
    assert Session.objects.count() == 1, "what was searched in them is gone"


def test_an_administrator_ends_all_sessions_of_an_account(client, officer, account, real):
    there, chief = browser(officer), account(Role.ADMINISTRATOR)
    enter(client, chief)
    client.post(reverse("end_sessions", args=[officer.pk]), {"confirmed": "yes"})
    assert "administrator" in there.get(OWN).url
    assert written("sessions of an account ended")[-1][0] == f"page:{chief.pk}"


def test_a_copied_session_ends_both_and_is_written_as_refused(officer, real):
    here = browser(officer)
    thief = Client(headers={"user-agent": CHROME})
    thief.cookies["sessionid"] = here.cookies["sessionid"].value
    answer = thief.get(ROLES)
    assert answer.status_code == 403 and "second machine" in answer.content.decode()
    answer = here.get(ROLES)
    assert answer.url.startswith(reverse("sign_in")) and "two_machines" in answer.url
    about = f"access.account:{officer.pk}"
    assert written("session used from two machines") == [("nobody", "session used from two machines", "refused", about)]


def test_another_address_is_another_machine_and_a_newer_browser_is_none(officer, real):
    here = browser(officer)
    assert here.get(ROLES, headers={"user-agent": NEWER}).status_code == 200
    assert here.get(ROLES, REMOTE_ADDR="127.0.0.5").status_code == 200, "this very machine has several addresses"
    assert here.get(ROLES, REMOTE_ADDR="10.0.0.7").status_code == 403
    assert here.get(ROLES).status_code == 302


def test_after_a_quarter_of_an_hour_the_server_refuses_until_the_password(officer, real):
    here = browser(officer)
    real.later(seconds=IDLE)
    locked = here.get(ROLES)
    assert locked.url == f"{reverse('locked')}?next=%2Froles%2F"
    page = here.get(locked.url).content.decode()
    assert "The screen is covered" in page and "/people/" not in page
    assert here.post(ROLES, {}).url.startswith(reverse("locked")), "nothing is written either"
    assert here.post(locked.url, {"password": "wrong", "next": ROLES}).status_code == 403
    before = here.cookies["sessionid"].value
    assert here.post(locked.url, {"password": PASSWORD, "next": ROLES}).url == ROLES
    assert here.get(ROLES).status_code == 200 and here.cookies["sessionid"].value != before


def test_who_works_is_not_locked_out(officer, real):
    here = browser(officer)
    for _n in range(4):
        real.later(minutes=14)
        assert here.get(ROLES).status_code == 200


def test_a_part_of_a_page_that_renews_itself_keeps_nobody_awake(officer, real):
    here = browser(officer)
    real.later(minutes=10)
    here.get(ROLES, headers={"hx-request": "true"})
    real.later(minutes=6)
    asked = here.get(ROLES, headers={"hx-request": "true"})
    assert asked.headers["HX-Redirect"].startswith(reverse("locked"))


def test_a_screen_covered_by_hand_opens_to_the_password_only(officer, real):
    here = browser(officer)
    assert here.post(reverse("cover"), {"next": ROLES}).url.startswith(reverse("locked"))
    assert here.get(ROLES).url.startswith(reverse("locked"))
    assert here.post(reverse("sign_out")).status_code == 302, "one may always leave"


def test_a_lock_is_not_lost_to_an_answer_that_was_asked_for_before(officer, real):
    here = browser(officer)
    slower = here.session
    slower["searched"] = "something"
    here.post(reverse("cover"), {"next": ROLES})
    slower.save()
    assert here.get(ROLES).url.startswith(reverse("locked")) and here.session["searched"] == "something"


def test_from_a_covered_screen_the_site_can_still_be_locked(officer, real):
    here = browser(officer)
    here.post(reverse("cover"), {"next": ROLES})
    assert here.get(reverse("lock")).status_code == 200


def test_the_lock_leads_to_no_other_site(officer, real):
    here = browser(officer)
    real.later(seconds=IDLE)
    assert here.post(reverse("locked"), {"password": PASSWORD, "next": "//elsewhere.example/"}).url == "/"


def test_after_eight_hours_a_session_is_over_however_busy(officer, real):
    here = browser(officer)
    for _n in range(48):
        real.later(minutes=10)
        last = here.get(ROLES)
    assert "longest" in last.url and "eight hours at most" in here.get(last.url).content.decode()
    assert OpenSession.objects.get().why == "longest" and not OpenSession.objects.get().session_key


def test_a_clock_that_is_set_back_locks_and_ends_cleanly(officer, real):
    here = browser(officer)
    real.later(hours=-2)
    assert here.get(ROLES).url.startswith(reverse("locked"))
    here.post(reverse("sign_out"))
    row = OpenSession.objects.get()
    assert row.ended_at == row.began_at and row.why == "signed_out"


def test_signing_in_gives_a_new_session_key(client, officer, real):
    client.get(reverse("sign_in"))
    client.post(reverse("set_language"), {"language": "fa"})
    enter(client, officer)
    first = client.cookies["sessionid"].value
    client.post(reverse("sign_out"))
    enter(client, officer)
    assert client.cookies["sessionid"].value != first


def test_an_emergency_lock_ends_the_rows_too(officer, real, noon):
    from safeconduct.core.emergency.actions import AT_THE_MACHINE, end_all_sessions

    browser(officer)
    end_all_sessions(by=AT_THE_MACHINE, at=noon)
    assert OpenSession.objects.get().why == "emergency"


def test_of_a_forwarded_address_only_the_last_counts(rf, settings):
    from safeconduct.core.signin.machines import address_of

    asked = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.2.3", REMOTE_ADDR="127.0.0.1")
    assert address_of(asked) == "127.0.0.1"
    settings.ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    assert address_of(asked) == "10.1.2.3"
    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR="nonsense")) == ""
    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR="::ffff:10.1.2.3")) == "10.1.2.3"


def test_the_stages_of_a_session_open_more_and_more():
    seat = Seat(1, 0, 0, 0, "", "", owes=["password", "factor"])
    assert [seat.stage(0), seat.stage(IDLE)] == ["password", "locked"] and seat.is_over(LONGEST)
    assert opens("locked", "password") and not opens("ready", "factor") and opens("ready", "ready")
