"""Plans and submissions from the shell of a demonstration, where each command acts as the account whose role it needs."""

from __future__ import annotations

import hashlib

import openpyxl

from tests.shell import inside, safeconduct


def test_a_plan_is_computed_read_approved_and_taken_out(site, tmp_path):
    computed = safeconduct("plan", "--json", site=site)
    assert computed.status == 0, computed.err
    plan = computed.told
    assert plan["plan"] == 2 and plan["state"] == "computed" and plan["checked"] and plan["status"] == "optimal"
    assert plan["people_placed"] == sum(each["placed"] for each in plan["offers"]) > 0
    assert all(each["placed"] <= each["places"] for each in plan["offers"] if each["places"] is not None)

    shown = safeconduct("plan", "show", "2", site=site)
    assert shown.status == 0 and "Plan 2 of 2013-12-31" in shown.out and "waits for a second person" in shown.out

    offer = max(plan["offers"], key=lambda each: each["placed"])["offer"]
    early = safeconduct("submissions", "2", offer, "--out", tmp_path / "early.xlsx", site=site)
    assert early.status == 2 and "second person" in early.err and not (tmp_path / "early.xlsx").exists()

    approved = safeconduct("plan", "approve", "2", "--json", site=site)
    assert (approved.status, approved.told["state"]) == (0, "approved")
    again = safeconduct("plan", "send-back", "2", "--reason", "Too late", site=site)
    assert again.status == 2 and "decided before" in again.err

    out = tmp_path / "submissions.xlsx"
    out.write_text("an older file that everybody reads")
    out.chmod(0o644)
    taken = safeconduct("submissions", "2", offer, "--out", out, "--json", site=site)
    assert taken.status == 0, taken.err
    assert taken.told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert out.stat().st_mode & 0o077 == 0
    rows = list(openpyxl.load_workbook(out).active.iter_rows(values_only=True))
    assert len(rows) == 1 + taken.told["people"] and "registration_number" in rows[0]
    last = inside(
        site,
        """
from safeconduct.core.audit.models import AuditEntry
import json
last = AuditEntry.objects.order_by("-number").first()
answer = [last.act, last.outcome, json.loads(last.facts)["sha256"]]
""",
    )
    assert last == ["submissions taken out", "done", taken.told["sha256"]]


def test_a_plan_goes_back_with_its_reason_and_a_scenario_is_never_approved(site):
    nothing = safeconduct("plan", "send-back", "1", "--reason", "  ", site=site)
    assert nothing.status == 2 and "reason" in nothing.err
    back = safeconduct("plan", "send-back", "1", "--reason", "Speak with block 3 again.", "--json", site=site)
    assert (back.status, back.told["state"]) == (0, "sent_back")
    scenario = safeconduct("plan", "--scenario", "romania-group", "--json", site=site)
    assert scenario.status == 0 and scenario.told["scenario"] is True
    refused = safeconduct("plan", "approve", scenario.told["plan"], site=site)
    assert refused.status == 2 and "scenario" in refused.err


def test_a_plan_can_change_as_little_as_possible_of_an_earlier_one(site):
    near = safeconduct("plan", "--near", "1", "--loss", "5", "--json", site=site)
    assert near.status == 0, near.err
    assert (near.told["near"], near.told["loss"]) == (1, 5)
    assert near.told["told_something_else"][0] == {"loss": 0, "people": 0}  # nothing changed, so nobody is told something else
    assert safeconduct("plan", "--near", "9", site=site).status == 2
    wrong = safeconduct("plan", "--near", "1", "--loss", "7", site=site)
    assert wrong.status == 2 and "0, 1, 5, 10" in wrong.err


def test_options_before_the_second_word_are_refused_as_they_would_be_lost(demonstration):
    done = safeconduct("plan", "--site", demonstration, "show", "1")
    assert done.status == 2 and "after the command" in done.err
