"""The audit pages: for auditors and the data-protection officer, without any name of a resident."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from safeconduct.core.access.roles import Role
from safeconduct.core.audit import facts
from safeconduct.core.audit.facts import facts_shown
from safeconduct.core.audit.models import AuditEntry
from tests.append_only import append_only
from tests.factory import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client, account):
    client.force_login(account(Role.AUDITOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("language", ["en", "fa", "ar"])
def test_entries_stand_newest_first(auditor, account, django_assert_max_num_queries, language):
    account(Role.REGISTRAR)
    with django_assert_max_num_queries(12):
        answer = auditor.get(reverse("audit"), headers={"accept-language": language})
    numbers = [entry.number for entry in answer.context["entries"]]
    assert numbers == sorted(numbers, reverse=True) and "account opened" in {entry.act for entry in answer.context["entries"]}


def calls_of(name):
    """Every call of a function of this name in our code."""
    for path in Path(facts.__file__).parents[2].rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == name:
                yield call


@pytest.mark.parametrize(("text", "shown"), [
    ('{"role":"registrar","account":7}', [("role", "registrar"), ("account", "7")]),
    ('{"scenario":false,"columns":["id","sex"],"nobody knows this":null}',
     [("scenario", "no"), ("columns", "id, sex"), ("nobody knows this", "null")]),
    ("{}", []), ("not what we write", [("", "not what we write")]), ("[1]", [("", "[1]")]),
    ('{"recipient":"","deep":{"a":1}}', [("recipient", '""'), ("deep", '{"a": 1}')]),
])  # fmt: skip
def test_facts_are_words_and_values_complete_and_exact(text, shown):
    assert facts_shown(text) == shown


def test_every_fact_that_an_action_remarks_has_words():
    remarked = {argument.arg for call in calls_of("remark") for argument in call.keywords} - {None, "subject"}
    assert len(remarked) > 10 and remarked <= set(facts.LABELS)


def test_everything_that_is_done_here_can_be_said_in_the_readers_language(auditor, account):
    phrases = [argument.value for call in calls_of("action") for argument in call.keywords if argument.arg == "audit"]
    assert len(phrases) > 40 and {ast.unparse(phrase.func) for phrase in phrases} == {"gettext_noop"}, "so that they are collected"
    done = [phrase.args[0].value for phrase in phrases]
    for language in ("fa", "ar"):
        with override(language):
            assert [act for act in done if gettext(act) == act] == []
    account(Role.REGISTRAR)
    assert "account opened" not in auditor.get(reverse("audit"), headers={"accept-language": "fa"}).content.decode()


def test_older_entries_follow_without_gap(auditor, account):
    for n in range(30):
        account(Role.REGISTRAR, username=f"one.{n}")
    first = auditor.get(reverse("audit"))
    second = auditor.get(reverse("audit"), {"before": first.context["older"]})
    numbers = [entry.number for answer in (first, second) for entry in answer.context["entries"]]
    assert numbers == list(range(AuditEntry.objects.count(), 0, -1))


def test_a_chain_that_holds_is_said_to_hold(auditor):
    assert "the chain holds" in auditor.get(reverse("audit_verification")).content.decode()


@pytest.mark.parametrize(("harm", "says"), [
    (lambda: AuditEntry.objects.filter(number=1).update(act="nothing"), "the entry was changed"),
    (lambda: AuditEntry.objects.filter(number=1).delete(), "the entry is missing"),
])  # fmt: skip
def test_a_broken_chain_says_where_and_how(auditor, account, harm, says):
    account(Role.REGISTRAR)
    append_only(False)
    with unguarded():
        harm()
    page = auditor.get(reverse("audit_verification")).content.decode()
    assert "does not hold" in page and says in page
    append_only(True)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REGISTRAR, Role.SUPERVISOR])
def test_nobody_else_reads_the_chain(client, account, role):
    client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("audit")).status_code == client.get(reverse("audit_verification")).status_code == 403
