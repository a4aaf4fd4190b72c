"""The audit chain: appended to, never changed; and any change is found and named."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from safeconduct.core.access import guard
from safeconduct.core.audit import anchor, chain
from safeconduct.core.audit.models import AuditEntry
from tests.append_only import append_only

pytestmark = pytest.mark.storage


def fill(noon, n=5):
    for _ in range(n):
        with transaction.atomic():
            chain.append(at=noon, actor="test", act="something done", facts={"n": 1})


def by_hand(*statements):
    """Change the table as somebody with the database in hands would: triggers first dropped."""
    append_only(False)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db
def test_a_whole_chain_verifies(noon):
    fill(noon)
    assert chain.verify() == (5, [])


@pytest.mark.django_db
def test_numbers_run_without_a_gap(noon):
    fill(noon)
    assert list(AuditEntry.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", [
    "UPDATE audit_auditentry SET act = 'x' WHERE number = 3", "DELETE FROM audit_auditentry WHERE number = 3",
])  # fmt: skip
def test_the_database_itself_refuses_a_change_after_all_migrations(noon, statement):
    fill(noon)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        _unguarded(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(("statements", "expected"), [
    (["UPDATE audit_auditentry SET facts = '{}' WHERE number = 3"], [(3, "edited")]),
    (["DELETE FROM audit_auditentry WHERE number = 3"], [(3, "missing")]),
])  # fmt: skip
def test_an_edit_and_a_deletion_are_named(noon, statements, expected):
    fill(noon)
    with _unguarded():
        by_hand(*statements)
    assert [(b.number, b.code) for b in chain.verify()[1]] == expected


@pytest.mark.django_db
def test_a_reordering_is_named(noon):
    fill(noon)
    with _unguarded():
        by_hand(
            "UPDATE audit_auditentry SET number = 99 WHERE number = 2",
            "UPDATE audit_auditentry SET number = 2 WHERE number = 3",
            "UPDATE audit_auditentry SET number = 3 WHERE number = 99",
        )
    assert {b.number for b in chain.verify()[1]} >= {2, 3}


@pytest.mark.django_db(transaction=True)
def test_a_chain_cut_at_its_end_is_seen_by_the_anchor_outside_the_database(noon, settings, tmp_path):
    settings.AUDIT_ANCHOR = str(tmp_path / "anchor.json")
    fill(noon)
    assert anchor.read()[0] == 5
    with _unguarded():
        by_hand("DELETE FROM audit_auditentry WHERE number = 5")
    found = chain.verify()[1]
    _restore_triggers()
    assert [(b.number, b.code) for b in found] == [(5, "truncated")]


@pytest.mark.django_db(transaction=True)
def test_a_cut_chain_that_grew_again_is_still_seen(noon, settings, tmp_path):
    settings.AUDIT_ANCHOR = str(tmp_path / "anchor.json")
    fill(noon)
    with _unguarded():
        by_hand("DELETE FROM audit_auditentry WHERE number > 3")
    _restore_triggers()
    fill(noon + timedelta(hours=1), 4)
    assert [(b.number, b.code) for b in chain.verify()[1]] == [(5, "edited")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("left", [None, "", "{}", "[]"])
def test_an_anchor_that_is_gone_or_unreadable_is_told_and_stops_nobody(noon, settings, tmp_path, left):
    settings.AUDIT_ANCHOR = str(tmp_path / "anchor.json")
    fill(noon)
    (tmp_path / "anchor.json").unlink() if left is None else (tmp_path / "anchor.json").write_text(left)
    assert [(b.number, b.code) for b in chain.verify()[1]] == [(5, "unanchored")]
    fill(noon, 1)
    assert chain.verify() == (6, [])


@pytest.mark.django_db(transaction=True)
def test_an_entry_written_during_the_proof_is_no_cut(noon, settings, tmp_path, monkeypatch):
    settings.AUDIT_ANCHOR = str(tmp_path / "anchor.json")
    fill(noon)
    read = chain._entries

    def meanwhile(alias):
        yield from list(read(alias))
        fill(noon, 1)

    monkeypatch.setattr(chain, "_entries", meanwhile)
    assert chain.verify() == (5, [])


@pytest.mark.django_db
def test_no_entry_is_replaced_by_another_of_its_number(noon):
    fill(noon)
    statement = {
        "sqlite": "INSERT OR REPLACE INTO audit_auditentry SELECT number, at, actor, 'x', outcome, subject, facts, previous, "
        "'other' FROM audit_auditentry WHERE number = 3",
        "postgresql": "TRUNCATE audit_auditentry",
    }[connection.vendor]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), _unguarded(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_break_no_link(noon):
    def write():
        fill(noon, 10)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert chain.verify() == (80, [])


def _restore_triggers():
    with _unguarded():
        append_only(True)


def _unguarded():
    from contextlib import contextmanager

    @contextmanager
    def lifted():
        yield from guard._set("off")

    return lifted()
