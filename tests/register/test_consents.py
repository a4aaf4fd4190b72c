"""The consent ledger: only what was agreed, by whom it may be agreed, for as long as was said, and never rewritten."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from safeconduct.core.access.roles import Role
from safeconduct.register import consents
from safeconduct.register.consents import may_leave, record_consent, withdraw_consent
from safeconduct.register.models import Consent, ConsentWithdrawal, Purpose
from tests.append_only import append_only
from tests.factory import NOON, TODAY, person, unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(account):
    return account(Role.PROTECTION_OFFICER).actor()


@pytest.fixture
def agrees(officer):
    """Record a consent of somebody, with whatever differs."""

    def record(who, **told):
        return record_consent(by=officer, person=who, **{
            "purpose": "submission", "recipient": "DEU", "scope": ["identity", "birth"], "starts": TODAY,
            "ends": TODAY + timedelta(days=30), "evidence": "signed", "language": "fa", "at": NOON, **told,
        })  # fmt: skip

    return record


def asked(who, recipient="DEU", fields=("identity", "birth", "medical"), at=NOON):
    return may_leave([who.pk], purpose=Purpose.SUBMISSION, recipient=recipient, fields=fields, at=at)[who.pk]


def test_only_what_was_agreed_may_go(agrees):
    who = person()
    made = agrees(who)
    answer = asked(who)
    assert answer.verdict.allowed and answer.consent == made and answer.groups == {"identity", "birth"}


def test_without_the_names_nothing_goes(agrees):
    who = person()
    agrees(who, scope=["birth"])
    answer = asked(who)
    assert (answer.verdict.code, answer.consent, answer.groups) == ("scope_too_narrow", None, frozenset())


def test_a_narrower_renewal_narrows_though_the_wider_one_still_runs(agrees):
    who = person()
    agrees(who, scope=["identity", "birth", "medical"])
    agrees(who, scope=["identity"], at=NOON + timedelta(seconds=1))
    assert asked(who, at=NOON + timedelta(seconds=2)).groups == {"identity"}


def test_a_withdrawal_takes_back_the_older_and_wider_one_too(agrees, officer):
    who = person()
    agrees(who, scope=["identity", "medical"])
    newer = agrees(who, scope=["identity"], at=NOON + timedelta(seconds=1))
    other = agrees(who, recipient="ALB")
    withdraw_consent(by=officer, consent=newer, at=NOON + timedelta(seconds=2), told="at the office, to the interpreter")
    assert asked(who).verdict.code == "withdrawn"
    assert asked(who, recipient="ALB").consent == other


@pytest.mark.parametrize(("told", "refusal"), [
    ({"ends": TODAY}, consents.ConsentPeriod), ({"ends": TODAY - timedelta(days=1)}, consents.ConsentPeriod),
    ({"ends": TODAY + timedelta(days=732)}, consents.ConsentTooLong), ({"scope": []}, consents.NothingAgreed),
    ({"evidence": "earlier"}, consents.WithoutEvidence), ({"recipient": "IRN"}, consents.OwnState),
    ({"recipient": "IRQ"}, consents.OwnState),
])  # fmt: skip
def test_what_cannot_be_a_consent_is_refused_with_a_sentence(agrees, told, refusal):
    with pytest.raises(refusal) as found:
        agrees(person(), **told)
    assert str(found.value) and not Consent.objects.exists()


@pytest.mark.parametrize("told", [{"scope": ["everything"]}, {"evidence": "rumour"}, {"given_by": "neighbour"}])
def test_an_unknown_word_is_no_consent(agrees, told):
    with pytest.raises(ValueError, match="is not a valid"):
        agrees(person(), **told)


@pytest.mark.parametrize(("told", "refusal"), [
    ({}, consents.ChildAlone), ({"given_by": "guardian"}, consents.ChildNotHeard),
    ({"given_by": "guardian", "views_heard": False}, consents.ChildNotHeard),
])  # fmt: skip
def test_a_child_neither_agrees_alone_nor_unheard(agrees, told, refusal):
    child = person(born=date(2002, 1, 1))
    with pytest.raises(refusal):
        agrees(child, **told)
    assert agrees(child, given_by="representative", views_heard=True).given_by == "representative"


def test_the_own_state_learns_nothing_unless_the_person_knows_that_it_is_it(agrees):
    who = person(countries=("DEU",))
    agrees(who, own_state_known=True)
    assert asked(who).verdict.allowed


def test_a_nationality_that_became_known_later_holds_back_what_was_agreed_before(agrees):
    who = person()
    agrees(who)
    with unguarded():
        who.nationalities.create(country="DEU")
    assert asked(who).verdict.code == "own_state_not_confirmed"


@pytest.mark.storage
@pytest.mark.parametrize("table", ["register_consent", "register_consentwithdrawal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET recorded_by_id = NULL", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(agrees, officer, table, statement):
    withdraw_consent(by=officer, consent=agrees(person()), at=NOON)
    with unguarded(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert (Consent.objects.count(), ConsentWithdrawal.objects.count()) == (1, 1)


@pytest.mark.storage
def test_sqlite_replaces_no_entry_and_postgresql_empties_no_table(agrees):
    agrees(person())
    connection.check_constraints()  # PostgreSQL empties no table while a check waits
    statement = (
        "INSERT OR REPLACE INTO register_consent SELECT * FROM register_consent"
        if connection.vendor == "sqlite"
        else "TRUNCATE register_consent CASCADE"
    )
    with unguarded(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.storage
def test_an_older_consent_keeps_all_that_the_sheet_of_then_held_and_no_more(agrees):
    made = agrees(person())
    append_only(False)
    with unguarded():
        import_module("safeconduct.register.migrations.0004_consent_scope").forth(apps, SimpleNamespace(connection=connection))
    made.refresh_from_db()
    assert made.evidence == "earlier"
    assert made.scope == ["birth", "family", "identity", "medical", "nationality", "needs", "status"]
    append_only(True)
