"""The invariants at the ways out of one person's record: I2, nothing leaves without a consent in force for that purpose at that
moment; I3, the ledger, the audit chain and the log of reads have each leaving before a byte goes.

Sheets about people are held the same way in tests/register/test_exports.py; I1 in tests/security/test_who_may_what.py.
"""

from __future__ import annotations

import contextlib
import json
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from safeconduct.core import clock
from safeconduct.core.access.accounts import close_account
from safeconduct.core.access.api import Account, Actor, Refusal, Role
from safeconduct.core.audit.models import AuditEntry
from safeconduct.register.actions import assign, end_assignment
from safeconduct.register.consents import record_consent, withdraw_consent
from safeconduct.register.documents import actions as documents
from safeconduct.register.merging.actions import merge_people, split_person, undo_merge
from safeconduct.register.models import Assignment, FieldGroup, MergeReason, TakenDocument
from tests.core.documents.papers import picture
from tests.factory import NOON, person, the_team, unguarded

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
SETUP = Actor.setting_up([Role.PROTECTION_OFFICER, Role.SUPERVISOR])
DAY = timedelta(days=1)


class OriginalsAndConsents(RuleBasedStateMachine):
    """Consents come, narrow, end and are taken back; records are merged and split; cases and accounts change hands."""

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

        setup = Actor.setting_up([Role.ADMINISTRATOR])
        self.account = open_account(
            by=setup, username="officer", password="correct horse battery", roles=[Role.PROTECTION_OFFICER], at=NOON
        )
        with unguarded():
            TeamMembership.objects.create(team=the_team(), account=self.account, since=NOON)
        self.who, self.twin = person("T-1", given="Mina"), person("T-2", given="Mina")
        with unguarded():
            self.second_name = self.who.names.create(kind="given", script="Latn", text="Zohreh")
        self.now, self.consents, self.has_case, self.open, self.merges = NOON, [], True, True, []
        content = picture()
        self.paper = documents.bring(by=SETUP, person=self.who, kind="identity", told="", content=content, at=NOON)
        self.clinic = documents.bring(by=SETUP, person=self.who, kind="medical", told="", content=content, at=NOON)
        self.left = 0

    @rule(days=st.integers(1, 3), wide=st.sampled_from([(), ("documents",), ("documents", "medical")]))
    def consent(self, days, wide):
        self.now += timedelta(seconds=1)
        day = clock.day_of(self.now)
        given = record_consent(
            by=SETUP, person=self.who, purpose="work_copy", recipient="OWN", scope=["identity", *wide], starts=day,
            ends=day + days * DAY, evidence="signed", language="fa", at=self.now,
        )  # fmt: skip
        self.consents.append((given, self.now, day, day + days * DAY, set(wide)))

    @rule()
    def take_it_back(self):
        if self.consents:
            withdraw_consent(by=SETUP, consent=self.consents[-1][0], at=self.now)
            self.consents = []

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def case_changes_hands(self):
        self.has_case = not self.has_case
        if self.has_case:
            assign(by=SETUP, cases=[self.who.case], team=the_team(), at=self.now)
        else:
            for each in Assignment.objects.filter(case=self.who.case, ended_at=None):
                end_assignment(by=SETUP, assignment=each, at=self.now)

    @rule()
    def account_is_closed(self):
        if self.open:
            close_account(by=Actor.setting_up([Role.ADMINISTRATOR]), account=self.account, at=self.now)
            self.open = False

    @rule()
    def split(self):
        self.now += timedelta(seconds=1)
        if not self.merges:
            done = split_person(
                by=SETUP, person=self.who, number="N-1", rows=[self.second_name], give={}, here=False, reason=MergeReason.MIXED,
                at=self.now,
            )  # fmt: skip
            self.merges.append((done, self.consents))
            self.consents = []

    @rule()
    def merge(self):
        if not self.merges:
            done = merge_people(by=SETUP, person=self.who, other=self.twin, take={}, reason=MergeReason.SAID, at=self.now)
            self.merges.append((done, None))

    @rule()
    def undo(self):
        if self.merges:
            done, before = self.merges.pop()
            undo_merge(by=SETUP, merge=done, at=self.now)
            if before is not None:
                standing = [each for each in before if not hasattr(type(each[0]).objects.get(pk=each[0].pk), "withdrawal")]
                self.consents = [*standing, *self.consents]

    def agreed(self, group):
        """What the newest consent in force says, as somebody reads it from the papers."""
        day = clock.day_of(self.now)
        standing = [wide for _given, _at, starts, ends, wide in self.consents if starts <= day < ends]
        return bool(standing) and group in standing[-1]

    @rule(medical=st.booleans())
    def take_out(self, medical):
        document = self.clinic if medical else self.paper
        may = self.agreed("medical" if medical else "documents") and self.has_case and self.open
        by, opened = Account.objects.get(pk=self.account.pk).actor(), documents._opened

        def looked(kept, bound_to):
            assert TakenDocument.objects.filter(document=document, taken_at=self.now).exists(), "I3: the ledger first"
            entry = AuditEntry.objects.filter(act="document taken out", outcome="done").order_by("-number").first()
            assert json.loads(entry.facts)["document"] == str(document.pk), "I3: the chain first"
            return opened(kept, bound_to)

        documents._opened = looked
        try:
            with contextlib.suppress(Refusal):
                documents.take_out_original(by=by, document=document, why="a visit", at=self.now)
                assert may, "I2: nothing leaves without a consent in force"
                self.left += 1
                return
            assert not may, "what was agreed to leaves"
        finally:
            documents._opened = opened

    @invariant()
    def every_leaving_stands_in_the_ledger(self):
        taken = TakenDocument.objects.select_related("consent")
        assert len(taken) == getattr(self, "left", 0)
        for each in taken:
            group = FieldGroup.MEDICAL if each.document_id == self.clinic.pk else FieldGroup.DOCUMENTS
            assert group in each.consent.scope and each.consent.starts <= clock.day_of(each.taken_at) < each.consent.ends


ORDERS = settings(max_examples=15, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))


def test_no_original_leaves_without_a_consent_in_force_whatever_the_order_of_events(db, settings, tmp_path, monkeypatch):
    settings.DOCUMENTS_FOLDER = str(tmp_path / "documents")
    drawn = documents.draw(picture())
    monkeypatch.setattr(documents, "draw", lambda content: drawn)  # the same picture each time
    run_state_machine_as_test(OriginalsAndConsents, settings=ORDERS)
