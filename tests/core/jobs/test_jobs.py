"""Long work is done once, by whoever may, to its end or not at all; and everybody sees their own."""

from __future__ import annotations

import fcntl
import os

import pytest
from django.urls import reverse

from safeconduct.core.access.accounts import close_account
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.api import Account, NotPermitted, Role, action
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.jobs import holding, kinds
from safeconduct.core.jobs.actions import ask, ask_again, cancel
from safeconduct.core.jobs.api import Job, Kind, work_once
from safeconduct.core.jobs.refusals import WorkIsOver
from safeconduct.core.jobs.working import MOST_ATTEMPTS, do
from safeconduct.register.models import RememberedColumn
from tests.factory import NOON

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


@action(permission="register.see_imports", audit="tried")
def write(*, by, name, at):
    RememberedColumn.objects.create(kind="people", header=name, column="id")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.JOBS_FOLDER = str(tmp_path / "jobs")
    return tmp_path / "jobs"


@pytest.fixture
def kind(monkeypatch):
    """A kind of work that writes a row; what it does before, a test says."""
    before = []

    def work(arguments, by, progress, finish):
        for each in before:
            each(progress)
        finish(lambda: write(by=by, name=arguments["name"], at=NOON) or "/people/")

    monkeypatch.setitem(kinds._kinds, "try", Kind("try", "A trial", "register.see_imports", work))
    return before


@pytest.fixture
def officer(account):
    return account(Role.REGISTRAR, username="officer").actor()


def asked(officer, name="x"):
    return ask(by=officer, kind="try", arguments={"name": name}, language="en", at=NOON)


def rows():
    return RememberedColumn.objects.count()


def test_work_is_done_once_and_what_it_changed_stands_with_that_it_is_done(kind, officer, folder):
    job = asked(officer)
    done = work_once()
    assert (done.pk, done.state, done.address, done.attempts, rows()) == (job.pk, "done", "/people/", 1, 1)
    assert work_once() is None and do(job) is None and rows() == 1
    assert list(folder.iterdir()) == []
    acts = list(AuditEntry.objects.order_by("number").values_list("act", "actor"))[-3:]
    assert acts == [("work asked for", f"page:{officer.account}"), ("tried", f"job:{officer.account}"),
                    ("work done", f"job:{officer.account}")]  # fmt: skip


def test_the_oldest_goes_first_and_what_somebody_alive_does_is_left_alone(kind, officer, folder):
    first, second = asked(officer, "a"), asked(officer, "b")
    with holding.held(first.pk) as mine:
        assert mine is not None and holding.is_held(first.pk)
        assert work_once().pk == second.pk
        assert do(first) is None and rows() == 1
    assert not holding.is_held(first.pk)
    assert work_once().pk == first.pk


def test_a_job_of_somebody_who_is_no_more_is_done_by_the_next(kind, officer, folder):
    job = asked(officer)
    folder.mkdir(exist_ok=True)
    parent, child = os.pipe()
    pid = os.fork()
    if pid == 0:  # another worker, which takes it and is killed
        held = os.open(folder / str(job.pk), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        os.write(child, b"x")
        os.kill(os.getpid(), 9)
    os.read(parent, 1)
    os.waitpid(pid, 0)
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1)
    done = work_once()
    assert (done.pk, done.state, done.attempts, rows()) == (job.pk, "done", 2, 1)


def test_work_that_is_broken_off_again_and_again_fails_in_the_open(kind, officer):
    job = asked(officer)
    Job.objects.filter(pk=job.pk).update(state="running", attempts=MOST_ATTEMPTS)
    failed = work_once()
    assert (failed.state, failed.code, rows()) == ("failed", "jobs.too_often", 0) and "three times" in failed.says


def test_an_error_fails_the_work_changes_nothing_and_quotes_nobody(kind, officer, caplog):
    def breaks(progress):
        raise ValueError("Mina Karimi")

    kind.append(breaks)
    asked(officer)
    failed = work_once()
    assert (failed.state, failed.code, rows()) == ("failed", "jobs.ended_by_an_error", 0)
    assert "Mina" not in failed.says and "Mina" not in "".join(record.getMessage() for record in caplog.records)
    again = ask_again(by=officer, job=failed, at=NOON)
    kind.clear()
    assert work_once().pk == again.pk and rows() == 1


def test_whoever_lost_the_right_or_the_account_has_nothing_done(kind, officer, account):
    asked(officer)
    Account.objects.get(pk=officer.account)
    close_account(by=Actor.setting_up([Role.ADMINISTRATOR]), account=Account.objects.get(pk=officer.account), at=NOON)
    failed = work_once()
    assert (failed.state, failed.code, rows()) == ("failed", "jobs.not_allowed_any_more", 0)
    with pytest.raises(NotPermitted):
        asked(account(Role.AUDITOR).actor())


def test_work_is_cancelled_before_it_begins_and_while_it_goes_on(kind, officer, account):
    waiting = asked(officer)
    with pytest.raises(NotPermitted):
        cancel(by=account(Role.SUPERVISOR).actor(), job=waiting, at=NOON)
    assert cancel(by=officer, job=waiting, at=NOON).state == "cancelled" and work_once() is None
    with pytest.raises(WorkIsOver):
        cancel(by=officer, job=waiting, at=NOON)
    job = asked(officer)
    kind.append(lambda progress: (cancel(by=officer, job=job, at=NOON), progress(1, 2)))
    stopped = work_once()
    assert (stopped.state, stopped.code, rows()) == ("cancelled", "jobs.cancelled", 0)


def test_how_far_it_is_is_told_while_it_goes_on(kind, officer):
    job = asked(officer)
    told = []
    kind.append(lambda progress: (progress(30, 120), progress(120, 120), told.append(holding.progress(job.pk))))
    work_once()
    assert told == [(120, 120)] and holding.progress(job.pk) is None


def test_everybody_sees_their_own_and_an_administrator_that_there_is_some(kind, officer, account, client):
    job = asked(officer)
    page = reverse("job", args=[job.pk])
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(account(Role.ADMINISTRATOR, username="root"), backend=backend)
    assert client.get(page).status_code == 404 and "A trial" in client.get(reverse("jobs")).content.decode()
    client.force_login(account(Role.SUPERVISOR, username="chief"), backend=backend)
    assert client.get(page).status_code == 404 and "A trial" not in client.get(reverse("jobs")).content.decode()
    client.force_login(Account.objects.get(pk=officer.account), backend=backend)
    waits = client.get(page)
    assert waits.headers["Refresh"] == "2" and "It begins in a moment" in waits.content.decode()
    work_once()
    assert client.get(page).headers["Location"] == "/people/"
    assert "Refresh" not in client.get(page + "?stay").headers
    assert client.post(reverse("cancel_job", args=[job.pk])).status_code == 302
    again = asked(officer, "y")
    client.post(reverse("cancel_job", args=[again.pk]))
    failed = client.get(reverse("job", args=[again.pk])).content.decode()
    assert "Nothing was changed by it" in failed
    led = client.post(reverse("job_again", args=[again.pk]))
    assert led.status_code == 302 and Job.objects.filter(state="waiting").count() == 1
