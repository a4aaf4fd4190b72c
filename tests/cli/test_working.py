"""A worker that is killed in the middle of a sheet: the next takes it in, whole and once, as if nothing had been."""

from __future__ import annotations

import os
import signal
import subprocess
import time

from tests.crash.operations import SHEET
from tests.shell import COMMAND, environment, inside, safeconduct

ASK = """
from safeconduct.core import clock
from safeconduct.core.access.api import Account
from safeconduct.core.jobs.api import ask
from safeconduct.register.arrive import staging
from safeconduct.core.access.actions import action
import hashlib
by = Account.objects.get(username="registrar").actor()
content = open({sheet!r}, "rb").read()
digest = hashlib.sha256(content).hexdigest()
batch = staging.receive(by=by, kind="people", content=content, digest=digest, file_name="s.csv", at=clock.now())
job = ask(by=by, kind="read_sheet", arguments={{"batch": str(batch.pk)}}, language="en", at=clock.now())
answer = [str(batch.pk), str(job.pk)]
"""
ACCEPT = """
from safeconduct.core import clock
from safeconduct.core.access.api import Account
from safeconduct.core.jobs.api import ask
by = Account.objects.get(username="registrar").actor()
answer = str(ask(by=by, kind="accept_sheet", arguments={{"batch": {batch!r}, "leave_out": []}}, language="en", at=clock.now()).pk)
"""
STATE = """
from safeconduct.core.jobs.api import Job
from safeconduct.register.models import ImportBatch, Person
new = Person.objects.filter(number__startswith="N-").count()
answer = [Job.objects.get(pk={job!r}).state, ImportBatch.objects.get(pk={batch!r}).state, new]
"""


def worker(site):
    return subprocess.Popen(
        [str(COMMAND), "work", "--site", str(site)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()
    )


def test_a_sheet_is_read_and_taken_in_though_the_first_worker_is_killed(site, tmp_path):
    (tmp_path / "sheet.csv").write_text(SHEET)
    batch, read = inside(site, ASK.format(sheet=str(tmp_path / "sheet.csv")))
    assert inside(site, STATE.format(job=read, batch=batch)) == ["waiting", "reading", 0]
    first = worker(site)
    deadline = time.monotonic() + 60
    while not (site / "jobs" / read).exists() and time.monotonic() < deadline:
        assert first.poll() is None, first.stderr.read()
        time.sleep(0.005)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    done = safeconduct("work", "--once", site=site)
    assert done.status == 0, done.err
    assert inside(site, STATE.format(job=read, batch=batch)) == ["done", "waiting", 0]
    accept = inside(site, ACCEPT.format(batch=batch))
    both = [worker(site), worker(site)]
    while inside(site, STATE.format(job=accept, batch=batch))[0] != "done" and time.monotonic() < deadline + 60:
        assert all(each.poll() is None for each in both)
    for each in both:
        each.terminate()
        assert each.wait(30) == 0, each.stderr.read()
    assert inside(site, STATE.format(job=accept, batch=batch)) == ["done", "accepted", 400]
    assert safeconduct("audit", "verify", site=site).status == 0
