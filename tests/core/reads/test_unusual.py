"""Hours in which an account read many more people than is usual for it; and what is older than it is kept."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from safeconduct.core import clock
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.roles import Role
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.reads import anchoring, book, keeping, verification
from safeconduct.core.reads.queries import unusual
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SINCE = NOON - 90 * DAY


def read(actor, n, at, *levels):
    book.append(at=at, actor=actor, roles=[], page="people", seen={UUID(int=k): {"identity", *levels} for k in range(n)})


def found():
    return [(each.actor, each.kind, each.n, each.usual) for each in unusual(since=SINCE, shown_since=NOON - 14 * DAY)]


def test_many_more_people_than_usual_and_more_than_five_times_as_many(log, settings):
    settings.READS_MANY = {"people": 20, "outside": 5, "refused": 5}
    for day in range(1, 10):
        read("page:1", 4, NOON - day * DAY)
        read("page:2", 10, NOON - day * DAY)
    read("page:1", 21, NOON)
    read("page:2", 21, NOON)
    assert found() == [("page:1", "people", 21, 4.0)], "for the second it is no more than twice the usual"


def test_few_are_never_unusual_and_a_first_hour_with_many_is(log, settings):
    settings.READS_MANY = {"people": 20, "outside": 5, "refused": 5}
    read("page:1", 20, NOON)
    read("page:2", 21, NOON)
    assert found() == [("page:2", "people", 21, 0.0)]


def test_from_outside_and_in_vain_are_counted_apart(log, settings):
    settings.READS_MANY = {"people": 20, "outside": 2, "refused": 2}
    read("page:1", 3, NOON, "outside")
    book.append(at=NOON, actor="page:2", roles=[], page="person_correct", seen={UUID(int=k): {"refused"} for k in range(3)})
    assert sorted(found()) == [("page:1", "outside", 3, 0.0), ("page:2", "refused", 3, 0.0)]


def test_an_hour_is_the_hour_of_the_clock_and_what_is_long_ago_is_not_shown(log, settings):
    settings.READS_MANY = {"people": 20, "outside": 5, "refused": 5}
    read("page:1", 15, NOON - timedelta(minutes=1))
    read("page:1", 15, NOON)
    read("page:1", 99, NOON - 20 * DAY)
    assert found() == []


def test_the_page_tells_accounts_and_counts_to_supervisor_and_data_protection_officer_alone(
    log, client, account, monkeypatch, settings
):
    settings.READS_MANY = {"people": 20, "outside": 5, "refused": 5}
    monkeypatch.setattr(clock, "now", lambda: NOON)
    reader = account(Role.REGISTRAR, username="busy.reader")
    read(reader.actor().mark, 30, NOON)
    for role in (Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR):
        client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(reverse("unusual_reads"))
        assert answer.status_code == (200 if role in (Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER) else 403)
        assert ("busy.reader" in answer.content.decode()) == (answer.status_code == 200)


def test_what_is_older_than_it_is_kept_is_cut_off_and_the_rest_verifies(log, settings):
    settings.READS_KEPT_DAYS = 365
    officer = Actor.setting_up([Role.DATA_PROTECTION_OFFICER])
    for days in (800, 700, 400, 300, 0):
        read("page:1", 3, NOON - days * DAY)
    anchoring.anchor(NOON)
    assert keeping.cut_old(by=officer, at=NOON) == 4
    book.cut_before(4)  # the test's transaction is never committed: what happens then
    assert verification.verify() == (2, []) and book.ask("SELECT count(*) FROM seen") == [(6,)]
    read("page:1", 1, NOON)
    assert verification.verify() == (3, [])
    with pytest.raises(book.dbapi2.Error, match="append-only"):
        book._connection().execute("DELETE FROM entries")
    with pytest.raises(keeping.NothingToCut):
        keeping.cut_old(by=officer, at=NOON)
    assert AuditEntry.objects.filter(act="old reads cut off", subject="reads").count() == 1


def test_a_cut_that_was_announced_and_not_done_breaks_nothing(log, settings):
    settings.READS_KEPT_DAYS = 365
    read("page:1", 3, NOON - 800 * DAY)
    read("page:1", 3, NOON)
    keeping.cut_old(by=Actor.setting_up([Role.DATA_PROTECTION_OFFICER]), at=NOON)
    assert verification.verify() == (2, [])


def test_the_newest_entry_stays_however_old(log, settings):
    settings.READS_KEPT_DAYS = 1
    read("page:1", 3, NOON - 800 * DAY)
    read("page:1", 3, NOON - 700 * DAY)
    assert keeping.cut_old(by=Actor.setting_up([Role.DATA_PROTECTION_OFFICER]), at=NOON) == 2


def test_auditors_see_whether_the_log_holds_and_no_entry_of_it(log, client, account):
    read("page:77", 3, NOON)
    client.force_login(account(Role.AUDITOR), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("reads_verification")
    assert "the log holds" in client.get(address).content.decode()
    anchoring.anchor(NOON)
    book.cut_before(2)
    cut = client.get(address).content.decode()
    assert "does not hold in 1 place" in cut and "the end of the log was cut off" in cut and "page:77" not in cut
    log.unlink()
    assert "is missing" in client.get(address).content.decode()
