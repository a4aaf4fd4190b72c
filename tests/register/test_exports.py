"""Sheets about people: two people's hands, each person's consent, once; and the ledger has it before the bytes go."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from safeconduct.core.access.api import Actor, NotPermitted, Refusal, Role, SamePerson
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.reads.watching import collecting
from safeconduct.register.api import ask_for_export, decide_export, record_consent, take_out_export, withdraw_consent
from safeconduct.register.exports.actions import (
    ExportDecided,
    ExportLapsed,
    ExportTaken,
    ExportUndecided,
    NobodyAgreed,
    NoSuchExport,
)
from safeconduct.register.exports.columns import FAMILIES, PEOPLE
from safeconduct.register.imports.kinds import kinds
from safeconduct.register.models import Consent, Export, ExportedPerson, FieldGroup
from tests.factory import NOON, TODAY, person

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
SETUP = Actor.setting_up([Role.PROTECTION_OFFICER])
ALL = set(FieldGroup)


@pytest.fixture
def two(account):
    """Who asks, and who decides."""
    return account(Role.REGISTRAR).actor(), account(Role.SUPERVISOR).actor()


def agree(who, *, scope=ALL, recipient="OWN", days=30):
    return record_consent(
        by=SETUP, person=who, purpose="work_copy", recipient=recipient, scope=scope, starts=TODAY,
        ends=TODAY + timedelta(days=days), evidence="signed", language="fa", at=NOON,
    )  # fmt: skip


def allowed(two, kind="people", **of):
    asked = ask_for_export(by=two[0], kind=kind, purpose="work_copy", recipient="OWN", reason="correction", at=NOON, **of)
    return decide_export(by=two[1], export=asked, allowed=True, at=NOON)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_sheet_tells_only_of_whom_agreed_and_only_what_was_agreed_to(two):
    whole, part, _silent = person("T-1", needs=["SP-PT"]), person("T-2", needs=["SP-PT"]), person("T-3")
    agree(whole), agree(part, scope={FieldGroup.IDENTITY, FieldGroup.STAY})
    taken, data = take_out_export(by=two[0], export=allowed(two), ending=".csv", at=NOON)
    rows = {row["id"]: row for row in rows_of(data)}
    assert set(rows) == {"T-1", "T-2"} and (taken.people, taken.held_back, taken.rows) == (2, 1, 2)
    assert rows["T-1"]["birth_date"] and rows["T-1"]["specific_needs"] == "SP-PT"
    told = {name for name, cell in rows["T-2"].items() if cell}
    assert told and {PEOPLE[name] for name in told} <= {FieldGroup.IDENTITY, FieldGroup.STAY}


def test_the_ledger_and_the_chain_tell_of_a_sheet_exactly_what_it_holds(two):
    agree(person("T-1", needs=["SP-PT"]))
    taken, data = take_out_export(by=two[0], export=allowed(two), ending=".csv", at=NOON)
    [line] = ExportedPerson.objects.filter(export=taken)
    told = {PEOPLE[name].value for name, cell in rows_of(data)[0].items() if cell}
    assert set(line.groups) == told and line.consent == Consent.objects.get()
    entry = AuditEntry.objects.order_by("number").last()
    assert entry.act == "export taken out" and hashlib.sha256(data).hexdigest() in entry.facts == entry.facts


def test_one_person_alone_takes_nothing_out(account, two):
    agree(person("T-1"))
    asked = ask_for_export(by=two[0], kind="people", purpose="work_copy", recipient="OWN", reason="correction", at=NOON)
    with pytest.raises(ExportUndecided):
        take_out_export(by=two[0], export=asked, ending=".csv", at=NOON)
    both = account(Role.REGISTRAR, Role.SUPERVISOR, username="both").actor()
    own = ask_for_export(by=both, kind="people", purpose="work_copy", recipient="OWN", reason="correction", at=NOON)
    with pytest.raises(SamePerson):
        decide_export(by=both, export=own, allowed=True, at=NOON)
    with pytest.raises(NotPermitted):
        decide_export(by=two[0], export=own, allowed=True, at=NOON)
    with pytest.raises(NoSuchExport):  # what was allowed to one is not another's
        take_out_export(by=both, export=allowed(two), ending=".csv", at=NOON)
    assert not ExportedPerson.objects.exists()


def test_it_leaves_once_and_within_a_day(two):
    agree(person("T-1"))
    late = allowed(two)
    with pytest.raises(ExportLapsed):
        take_out_export(by=two[0], export=late, ending=".csv", at=NOON + timedelta(days=1, seconds=1))
    once = allowed(two)
    take_out_export(by=two[0], export=once, ending=".csv", at=NOON)
    with pytest.raises(ExportTaken):
        take_out_export(by=two[0], export=once, ending=".csv", at=NOON)
    with pytest.raises(ExportDecided):
        decide_export(by=two[1], export=once, allowed=False, at=NOON)
    asked = ask_for_export(by=two[0], kind="people", purpose="work_copy", recipient="OWN", reason="correction", at=NOON)
    with pytest.raises(ExportLapsed):
        decide_export(by=two[1], export=asked, allowed=True, at=NOON + timedelta(days=2))


def test_a_withdrawal_between_the_yes_and_the_taking_out_holds_the_person_back(two):
    given, _other = agree(person("T-1")), agree(person("T-2"))
    export = allowed(two)
    withdraw_consent(by=SETUP, consent=given, at=NOON)
    _taken, data = take_out_export(by=two[0], export=export, ending=".csv", at=NOON)
    assert [row["id"] for row in rows_of(data)] == ["T-2"]


def test_when_nobody_agreed_nothing_is_taken_out_and_the_yes_is_not_used_up(two):
    person("T-1")
    export = allowed(two)
    with pytest.raises(NobodyAgreed):
        take_out_export(by=two[0], export=export, ending=".csv", at=NOON)
    assert Export.objects.get(pk=export.pk).taken_at is None


def test_nobody_of_another_case_stands_in_a_sheet_or_is_counted(two):
    agree(person("T-1")), agree(person("T-2", team="Others"))
    taken, data = take_out_export(by=two[0], export=allowed(two), ending=".csv", at=NOON)
    assert [row["id"] for row in rows_of(data)] == ["T-1"] and taken.held_back == 0


def test_what_the_taker_may_not_see_on_the_page_does_not_stand_in_the_sheet(two):
    agree(person("T-1", needs=["SM-CI", "SP-PT"], links=["DEU"]))
    _taken, data = take_out_export(by=two[0], export=allowed(two), ending=".csv", at=NOON)
    [row] = rows_of(data)
    assert row["family_links"] == "" and row["specific_needs"] == "", "a list without the hidden need would end it when read in"


def test_every_column_of_a_sheet_about_people_belongs_to_one_group():
    for kind in kinds().values():
        if kind.groups:
            assert {column.name for column in kind.columns} == set(kind.groups), kind.name
    assert set(PEOPLE.values()) | set(FAMILIES.values()) <= set(FieldGroup)
    assert [kind.name for kind in kinds().values() if not kind.groups] == ["offers"]


def test_through_the_pages_a_colleague_allows_what_another_takes_out(client, account):
    agree(person("T-1"))
    registrar, officer = account(Role.REGISTRAR), account(Role.DATA_PROTECTION_OFFICER)

    def enter(who):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")

    enter(registrar)
    asked = {"kind": "people", "purpose": "work_copy", "recipient": "OWN", "reason": "correction"}
    address = client.post(reverse("exports"), asked).url
    assert "until then nothing leaves" in client.get(address).content.decode()
    enter(officer)
    assert client.get(address).status_code == 403
    page = client.get(reverse("decide_exports")).content.decode()
    assert "1 sheet about people waits for your decision" in page and "T-1" not in page
    export = Export.objects.get()
    client.post(reverse("decide_export", args=[export.pk]), {"answer": "allow"})
    enter(registrar)
    answer = client.post(reverse("take_out_export", args=[export.pk]), {"as": "csv"})
    assert b"T-1" in answer.content and "attachment" in answer.headers["Content-Disposition"]
    assert client.post(reverse("take_out_export", args=[export.pk]), {"as": "csv"}).status_code == 409


class ConsentAndExports(RuleBasedStateMachine):
    """Whatever the order of events, what leaves rests on a consent in force at that moment, and the ledger tells it all."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block._from_testcase = True  # each order of events in a transaction of its own, undone at its end
        self.block.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def begin(self):
        from safeconduct.core.access.accounts import open_account
        from safeconduct.core.access.models import TeamMembership
        from tests.factory import the_team, unguarded

        administrator, made = Actor.setting_up([Role.ADMINISTRATOR]), []
        for role in (Role.REGISTRAR, Role.SUPERVISOR):
            account = open_account(by=administrator, username=f"{role}", password="correct horse battery", roles=[role], at=NOON)
            with unguarded():
                TeamMembership.objects.create(team=the_team(), account=account, since=NOON)
            made.append(account.actor())
        self.first, self.second = made
        self.people = [person(f"S-{n}") for n in range(3)]
        self.now, self.open, self.standing, self.left = NOON, [], {}, []

    @rule(n=st.integers(0, 2), days=st.integers(1, 3), wide=st.booleans())
    def consent(self, n, days, wide):
        day = self.now.date()
        scope = ALL if wide else {FieldGroup.IDENTITY}
        given = record_consent(
            by=SETUP, person=self.people[n], purpose="work_copy", recipient="OWN", scope=scope, starts=day,
            ends=day + timedelta(days=days), evidence="signed", language="fa", at=self.now,
        )  # fmt: skip
        self.standing.setdefault(n, []).append((day, day + timedelta(days=days), wide, given))

    @rule(n=st.integers(0, 2))
    def withdraw(self, n):
        if self.standing.get(n):
            withdraw_consent(by=SETUP, consent=self.standing[n][-1][3], at=self.now)
            self.standing[n] = []

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def ask(self):
        self.open.append(ask_for_export(
            by=self.first, kind="people", purpose="work_copy", recipient="OWN", reason="correction", at=self.now
        ))  # fmt: skip

    @rule(yes=st.booleans())
    def decide(self, yes):
        if self.open:
            with self.perhaps():
                decide_export(by=self.second, export=self.open[-1], allowed=yes, at=self.now)

    @rule()
    def take_out(self):
        if self.open:
            with self.perhaps():
                taken, data = take_out_export(by=self.first, export=self.open[-1], ending=".csv", at=self.now)
                self.left.append((taken, data, self.who_agrees()))

    def who_agrees(self):
        from safeconduct.core import clock

        day, found = clock.day_of(self.now), {}
        for n, given in self.standing.items():
            lasting = [wide for starts, ends, wide, _given in given if starts <= day < ends]
            if lasting:
                found[f"S-{n}"] = lasting[-1]
        return found

    def perhaps(self):
        import contextlib

        return contextlib.suppress(Refusal)

    @invariant()
    def what_left_was_agreed_to_and_is_in_the_ledger(self):
        for taken, data, agreed in getattr(self, "left", []):
            rows = rows_of(data)
            assert {row["id"] for row in rows} == set(agreed)
            for row in rows:
                told = {PEOPLE[name] for name, cell in row.items() if cell}
                assert agreed[row["id"]] or told == {FieldGroup.IDENTITY}
            assert taken.digest == hashlib.sha256(data).hexdigest()
            assert taken.decided_by_id not in (None, taken.asked_by_id)
            assert set(taken.left.values_list("person__number", flat=True)) == set(agreed)


ORDERS = settings(max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))


def test_nothing_leaves_without_a_consent_in_force_whatever_the_order_of_events(db):
    run_state_machine_as_test(ConsentAndExports, settings=ORDERS)


def test_whoever_leaves_in_a_sheet_is_read_by_whoever_takes_it_out_and_what_of_them(two):
    whole, part, silent = person("T-1", needs=["SP-PT"], links=["DEU"]), person("T-2", needs=["SP-PT"]), person("T-3")
    agree(whole), agree(part, scope={FieldGroup.IDENTITY})
    with collecting() as found:
        take_out_export(by=two[0], export=allowed(two), ending=".csv", at=NOON)
    assert set(found) == {whole.pk, part.pk} and silent.pk not in found
    assert found[whole.pk] >= {"identity", "left", "needs", "case"} and found[part.pk] == {"identity", "left"}
