"""Nothing about a person leaves without a consent in force for that purpose and that recipient, at that moment."""

from __future__ import annotations

import hashlib
import io
import itertools
import threading
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import openpyxl
import pytest
from django.apps import apps
from django.db import connection, connections
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.core.access.roles import Role
from safeconduct.core.audit.models import AuditEntry
from safeconduct.departures import actions as departing
from safeconduct.departures.actions import NobodyMayLeave, PlanNotApproved, PlanReplaced, take_out_submissions
from safeconduct.departures.models import Submission
from safeconduct.departures.sheet import GROUPS
from safeconduct.plans.actions import approve_plan, keep_plan
from safeconduct.plans.compute import compute
from safeconduct.register.consents import record_consent, withdraw_consent
from safeconduct.register.models import FamilyUnit, FieldGroup, Membership
from safeconduct.routes.actions import add_status, mark_pair, save_offer
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = pytest.mark.django_db
EVERYTHING = [group.value for group in FieldGroup]


@pytest.fixture
def officer(account):
    return account(Role.RESETTLEMENT_OFFICER).actor()


@pytest.fixture
def albania():
    return offer("albania", quota=20)


@pytest.fixture
def people(albania):
    found = [person(given=f"Given{n}", family=f"Family{n}", needs=["SM-CI"], links=["DEU"]) for n in range(3)]
    for who in found:
        choice(who, albania)
    return found


@pytest.fixture
def plan(people, officer, account):
    made = keep_plan(by=officer, computed=compute(on=TODAY), at=NOON)
    return approve_plan(by=account(Role.SUPERVISOR).actor(), plan=made, at=NOON)


def consent(officer, who, recipient="ALB", starts=TODAY - timedelta(days=1), ends=TODAY + timedelta(days=30), **told):
    return record_consent(
        by=officer, person=who, purpose="submission", recipient=recipient, starts=starts, ends=ends, language="fa",
        **{"scope": EVERYTHING, "evidence": "signed", "at": NOON, **told},
    )  # fmt: skip


def in_file(data):
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    return rows[0], rows[1:]


def test_exactly_those_with_a_consent_in_force_are_in_the_file(plan, people, officer, albania):
    consent(officer, people[0])
    consent(officer, people[1], recipient="DEU")
    file, data = take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
    _head, rows = in_file(data)
    assert [row[0] for row in rows] == [people[0].number]
    assert (file.people, file.held_back) == (1, 2)


@pytest.mark.parametrize(("starts", "ends"), [(-30, -1), (-30, 0), (1, 30)])
def test_a_consent_that_has_ended_or_not_begun_lets_nothing_leave(plan, people, officer, albania, starts, ends):
    consent(officer, people[0], starts=TODAY + timedelta(days=starts), ends=TODAY + timedelta(days=ends))
    with pytest.raises(NobodyMayLeave):
        take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
    assert not Submission.objects.exists()


def test_after_a_withdrawal_nothing_leaves(plan, people, officer, albania):
    withdraw_consent(by=officer, consent=consent(officer, people[0]), at=NOON)
    with pytest.raises(NobodyMayLeave):
        take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON + timedelta(seconds=1))


def test_a_withdrawal_counts_for_an_act_that_waited_for_it_with_an_older_clock(plan, people, officer, albania):
    withdraw_consent(by=officer, consent=consent(officer, people[0]), at=NOON + timedelta(seconds=1))
    with pytest.raises(NobodyMayLeave):
        take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)


def test_at_one_in_the_morning_in_baghdad_it_is_already_the_next_day(plan, people, officer, albania, settings):
    settings.SITE_ZONE = "Asia/Baghdad"
    consent(officer, people[0], starts=TODAY + timedelta(days=1))
    one_in_the_morning = NOON.replace(hour=22)  # UTC
    file, _data = take_out_submissions(by=officer, plan=plan, offer=albania, at=one_in_the_morning)
    assert file.people == 1


def test_only_an_approved_plan_gives_submissions(people, officer, albania):
    made = keep_plan(by=officer, computed=compute(on=TODAY), at=NOON)
    consent(officer, people[0])
    with pytest.raises(PlanNotApproved):
        take_out_submissions(by=officer, plan=made, offer=albania, at=NOON)


def test_the_chain_holds_the_digest_of_what_left(plan, people, officer, albania):
    consent(officer, people[0])
    file, _data = take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
    entry = AuditEntry.objects.get(act="submissions taken out", outcome="done")
    assert file.digest in entry.facts and '"people":1' in entry.facts


def test_a_country_of_origin_learns_neither_that_asylum_was_sought_nor_who_is_ill(officer, account):
    back = offer("iran-return", kind="voluntary_repatriation", destination="IRN", quota=None)
    who = person(needs=["SM-CI"], urgency="urgent", status="asylum_seeker")
    choice(who, back)
    made = keep_plan(by=officer, computed=compute(on=TODAY), at=NOON)
    made = approve_plan(by=account(Role.SUPERVISOR).actor(), plan=made, at=NOON)
    consent(officer, who, recipient="IRN", own_state_known=True)
    head, rows = in_file(take_out_submissions(by=officer, plan=made, offer=back, at=NOON)[1])
    assert not {"status", "specific_needs", "urgency"} & set(head) and len(rows) == 1
    assert not [value for value in rows[0] if value in ("SM-CI", "urgent", "asylum_seeker")]


def test_a_submission_tells_nothing_about_choices_relatives_or_other_offers(plan, people, officer, albania):
    consent(officer, people[0])
    head, rows = in_file(take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)[1])
    assert not {"family_links", "choice", "offer", "rank", "block"} & set(head)
    assert "DEU" not in str(rows)


def test_the_page_tells_who_is_held_back_and_why(client, plan, people, officer, albania, settings):
    from safeconduct.core.access.models import Account

    settings.SITE_TODAY = TODAY.isoformat()
    consent(officer, people[0])
    client.force_login(Account.objects.get(pk=officer.account), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("offer_submissions", args=[plan.number, albania.key])).content.decode()
    assert "was not asked yet" in page
    answer = client.post(reverse("take_out", args=[plan.number, albania.key]))
    assert answer.status_code == 200 and answer.content[:2] == b"PK"


_seconds = itertools.count(1)
EVENTS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["yes", "other_state", "withdraw", "expire", "leave"])), max_size=12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_whatever_the_order_of_events_nobody_leaves_without_a_consent_in_force(events, plan, people, officer, albania):
    standing: set[int] = set()
    for n in range(len(people)):  # each example begins with nobody's yes
        _happen("withdraw", n, later(), {n}, people, officer, plan, albania)
    for n, event in events:
        _happen(event, n, later(), standing, people, officer, plan, albania)


def later():
    """Time never runs back, from one example to the next."""
    return NOON + timedelta(seconds=next(_seconds))


def _happen(event, n, at, standing, people, officer, plan, albania):
    if event == "yes":
        consent(officer, people[n])
        standing.add(n)
    elif event == "other_state":
        consent(officer, people[n], recipient="DEU")
    elif event == "expire":
        consent(officer, people[n], starts=TODAY - timedelta(days=9), ends=TODAY)
    elif event == "withdraw" and n in standing:
        given_consent = people[n].consents.filter(recipient="ALB", withdrawal=None).first()
        if given_consent is not None:  # one withdrawal takes every entry for this purpose and recipient back
            withdraw_consent(by=officer, consent=given_consent, at=at)
        standing.discard(n)
    elif event == "leave":
        try:
            _file, data = take_out_submissions(by=officer, plan=plan, offer=albania, at=at)
        except NobodyMayLeave:
            assert not standing
        else:
            assert {row[0] for row in in_file(data)[1]} == {people[k].number for k in standing}


def cannot_leave(plan, who, officer, offered):
    consent(officer, who)
    with pytest.raises(NobodyMayLeave):
        take_out_submissions(by=officer, plan=plan, offer=offered, at=NOON)


def test_who_changed_the_choice_after_the_plan_does_not_leave_by_it(plan, people, officer, albania):
    choice(people[0], no=[albania])
    cannot_leave(plan, people[0], officer, albania)


def test_who_was_barred_after_the_plan_does_not_leave_by_it(plan, people, officer, albania):
    mark_pair(by=officer, person=people[0], offer=albania, kind="bar", reason="Somebody there is feared.", at=NOON)
    cannot_leave(plan, people[0], officer, albania)


def test_nobody_leaves_for_an_offer_that_was_suspended_after_the_plan(plan, people, officer, albania):
    add_status(by=officer, offer=albania, status="suspended", on=TODAY, source_text="a letter", at=NOON)
    cannot_leave(plan, people[0], officer, albania)


def test_a_suspension_counts_though_it_was_noted_before_as_said_only(plan, people, officer, albania):
    for counts in (False, True):
        add_status(by=officer, offer=albania, status="suspended", on=TODAY, source_text="a letter", counts=counts, at=NOON)
    cannot_leave(plan, people[0], officer, albania)


def test_nobody_leaves_for_an_offer_that_has_fewer_places_than_the_plan_gives(plan, people, officer, albania):
    save_offer(by=officer, key=albania.key, values={"quota": 2}, at=NOON)
    albania.refresh_from_db()
    cannot_leave(plan, people[0], officer, albania)


def test_who_is_no_longer_here_is_not_submitted(plan, people, officer, albania):
    with unguarded():
        people[0].presences.update(ends=TODAY)
    cannot_leave(plan, people[0], officer, albania)


def test_nobody_is_submitted_without_a_child_who_came_to_the_family_after_the_plan(plan, people, officer, albania):
    with unguarded():
        unit = FamilyUnit.objects.create(number="F-9")
        for who in (people[0], person(born=TODAY)):
            Membership.objects.create(person=who, family=unit)
    cannot_leave(plan, people[0], officer, albania)


def test_a_family_is_submitted_together_or_not_at_all(officer, account, albania):
    one, two = person(unit="F-1", relationship="head"), person(unit="F-1", relationship="spouse")
    choice(one, albania)
    choice(two, albania)
    made = keep_plan(by=officer, computed=compute(on=TODAY), at=NOON)
    approved = approve_plan(by=account(Role.SUPERVISOR).actor(), plan=made, at=NOON)
    cannot_leave(approved, one, officer, albania)
    consent(officer, two)
    file, _data = take_out_submissions(by=officer, plan=approved, offer=albania, at=NOON)
    assert (file.people, file.held_back) == (2, 0)


def test_submissions_are_taken_from_the_newest_approved_plan_alone(plan, people, officer, account, albania):
    consent(officer, people[0])
    newer = keep_plan(by=officer, computed=compute(on=TODAY), at=NOON)
    approve_plan(by=account(Role.SUPERVISOR, username="another").actor(), plan=newer, at=NOON)
    with pytest.raises(PlanReplaced):
        take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)


def test_a_column_that_was_not_agreed_to_is_empty_and_the_ledger_names_what_went(plan, people, officer, albania):
    consent(officer, people[0])
    consent(officer, people[1], scope=["identity", "needs"])
    file, data = take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
    head, rows = in_file(data)
    told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert told[people[0].number]["medical_needs"] == "SM-CI" and told[people[0].number]["status"] == "refugee"
    narrow = told[people[1].number]
    assert narrow["given_name"] == "Given1"
    assert not {key for key, value in narrow.items() if value and GROUPS[key] not in ("identity", "needs")}
    assert "SM-CI" not in narrow.values()
    assert file.submissions.get(person=people[1]).groups == ["identity", "needs"]


def test_a_withdrawal_lists_what_has_left_on_the_persons_page(client, plan, people, officer, albania, settings):
    from safeconduct.core.access.models import Account

    settings.SITE_TODAY = TODAY.isoformat()
    given_consent = consent(officer, people[0], scope=["identity"])
    take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
    client.force_login(Account.objects.get(pk=officer.account), backend="django.contrib.auth.backends.ModelBackend")
    where = reverse("person", args=[people[0].pk])
    assert "not withdrawn" in client.get(where).content.decode()
    withdraw_consent(by=officer, consent=given_consent, at=NOON)
    page = client.get(where).content.decode()
    assert "What has left" in page and "withdrawn since" in page and "Albania" in page


@pytest.mark.parametrize("kind", ["humanitarian_transfer", "voluntary_repatriation"])
def test_an_older_submission_names_what_the_sheet_of_then_told(plan, people, officer, albania, kind):
    consent(officer, people[0])
    file, _data = take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
    with unguarded():
        albania.kind = kind
        albania.save()
        import_module("safeconduct.departures.migrations.0003_submission_groups").forth(
            apps, SimpleNamespace(connection=connection)
        )
    assert ("medical" in file.submissions.get().groups) is (kind == "humanitarian_transfer")


@pytest.mark.storage
@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_while_the_sheet_is_written_comes_after_it_and_the_person_is_listed_as_left(
    plan, people, officer, albania, monkeypatch
):
    given_consent = consent(officer, people[0])
    fell: list[BaseException] = []

    def withdraw():
        try:
            withdraw_consent(by=officer, consent=given_consent, at=NOON)
        except BaseException as error:
            fell.append(error)
        finally:
            connections.close_all()

    other, render = threading.Thread(target=withdraw), departing._sheet

    def rendering(*told):
        other.start()  # after the gate, before the ledger
        return render(*told)

    monkeypatch.setattr(departing, "_sheet", rendering)
    file, data = take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
    other.join()
    assert not fell
    entries = dict(AuditEntry.objects.values_list("act", "number"))
    assert entries["submissions taken out"] < entries["consent withdrawn"]
    assert file.digest == hashlib.sha256(data).hexdigest()
    assert [each.person_id for each in file.submissions.all()] == [people[0].pk]
    with pytest.raises(NobodyMayLeave):
        take_out_submissions(by=officer, plan=plan, offer=albania, at=NOON)
