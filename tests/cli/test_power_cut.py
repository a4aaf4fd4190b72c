"""The power goes while a sheet is taken in, or while a plan is computed: all of it stands, or nothing."""

from __future__ import annotations

import subprocess
import time

import pytest

from tests.shell import COMMAND, PEOPLE, environment, inside, safeconduct

ROWS = 2500
STANDING = """
from safeconduct.register.models import Person, PersonName
from safeconduct.plans.models import Assignment, Plan
answer = {
    "people": Person.objects.count(), "nameless": Person.objects.filter(names=None).count(),
    "plans": Plan.objects.count(), "assigned": sorted(plan.assignments.count() for plan in Plan.objects.all()),
}
"""


def killed(arguments, site, when) -> int:
    """Run a command and kill it (SIGKILL) as soon as `when()` says so; its status, or the signal's number below zero."""
    command = [str(COMMAND), *map(str, arguments), "--site", str(site)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    while running.poll() is None and not when():
        time.sleep(0.005)
    running.kill()
    return running.wait()


@pytest.mark.parametrize("bytes_written", [1, 1_500_000])
def test_an_import_that_is_cut_leaves_the_register_as_it_was_or_whole(site, csv, bytes_written):
    sheet = csv("many.csv", "id,given_name,family_name", *(f"N-{n},Mina,Karimi" for n in range(ROWS)))
    log = site / "database.sqlite3-wal"
    before = inside(site, STANDING)
    killed(["import", "people", sheet], site, lambda: log.exists() and log.stat().st_size >= bytes_written)
    after = inside(site, STANDING)
    assert after["people"] in (PEOPLE, PEOPLE + ROWS) and after["nameless"] == 0
    assert (after["plans"], after["assigned"]) == (before["plans"], before["assigned"])
    assert safeconduct("audit", "verify", site=site).status == 0
    again = safeconduct("import", "people", sheet, "--json", site=site)
    assert again.status == 0 and again.told["new"] in (0, ROWS), again.err
    assert inside(site, STANDING)["people"] == PEOPLE + ROWS


def test_a_plan_that_is_cut_is_no_plan_or_a_whole_one(site):
    started = time.monotonic()
    assert safeconduct("plan", site=site).status == 0
    took = time.monotonic() - started
    whole = inside(site, STANDING)["assigned"][0]
    for share in (0.6, 0.8, 0.9, 1.0):
        begun = time.monotonic()
        killed(["plan"], site, lambda begun=begun, share=share: time.monotonic() - begun >= share * took)
    after = inside(site, STANDING)
    assert 2 <= after["plans"] <= 6 and set(after["assigned"]) == {whole}
    assert safeconduct("audit", "verify", site=site).status == 0
