"""The chain, backups, restores and the demonstration itself, from the shell."""

from __future__ import annotations

import re
import socket

from tests.shell import inside, safeconduct, served

TAMPERING = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_auditentry'")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    cursor.execute(STATEMENT)
    for _name, sql in triggers:
        cursor.execute(sql)
    answer = len(triggers)
"""


def tamper(site, statement):
    """What somebody with the key could do to the tables themselves."""
    return inside(site, TAMPERING.replace("STATEMENT", repr(statement)))


def test_the_chain_holds_until_somebody_changes_it(site):
    sound = safeconduct("audit", "verify", "--json", site=site)
    assert sound.status == 0 and sound.told["breaks"] == [] and sound.told["entries"] > 50
    assert tamper(site, "UPDATE audit_auditentry SET actor = 'shell:99' WHERE number = 7") >= 2
    edited = safeconduct("audit", "verify", "--json", site=site)
    assert edited.status == 1 and edited.told["breaks"] == [{"number": 7, "code": "edited"}]
    tamper(site, f"DELETE FROM audit_auditentry WHERE number = {sound.told['entries']}")
    cut = safeconduct("audit", "verify", site=site)
    assert cut.status == 1 and f"entry {sound.told['entries']}: truncated" in cut.out


def test_a_backup_is_made_while_the_site_is_served_and_opens_in_a_new_folder_only(site, tmp_path):
    archive = tmp_path / "site.backup"
    with served(site):
        made = safeconduct("backup", archive, "--json", site=site)
    assert made.status == 0 and made.told["rows"] > 500, made.err
    assert archive.stat().st_mode & 0o077 == 0
    again = safeconduct("backup", archive, site=site)
    assert again.status == 2 and "already" in again.err

    taken = safeconduct("restore", archive, site, "--key-file", site / "key")
    assert taken.status == 2 and "not an empty folder" in taken.err
    restored = safeconduct("restore", archive, tmp_path / "restored", "--key-file", site / "key", "--json")
    assert restored.status == 0 and restored.told["rows"] == made.told["rows"], restored.err
    here, there = (safeconduct("plan", "show", "1", "--json", site=each).told for each in (site, tmp_path / "restored"))
    assert here == there
    assert safeconduct("audit", "verify", site=tmp_path / "restored").status == 0


def test_what_is_no_backup_or_has_another_passphrase_restores_nothing(demonstration, tmp_path):
    letter = tmp_path / "letter"
    letter.write_text("Dear all")
    for archive in (letter, tmp_path / "nothing", tmp_path):
        done = safeconduct("restore", archive, tmp_path / "new", "--key-file", demonstration / "key")
        assert done.status == 2 and done.err.strip(), archive
        assert not (tmp_path / "new").exists()


def test_a_port_in_use_is_said(demonstration):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = safeconduct("serve", "--port", port, site=demonstration)
    assert done.status == 2 and str(port) in done.err


def test_a_demonstration_made_twice_is_the_same(site):
    counted = """
from safeconduct.register.models import Person, Consent
from safeconduct.plans.models import Plan
from safeconduct.core.access.models import Account
answer = [model.objects.count() for model in (Person, Consent, Plan, Account)]
"""
    before = inside(site, counted)
    again = safeconduct("demo", "--people", 120, site=site)
    assert again.status == 0, again.err
    assert inside(site, counted) == before
    assert re.search(r"^  registrar$", again.out, re.M) and "safe conduct for all" in again.out
    assert (site / "key").stat().st_mode & 0o777 == 0o600
    assert safeconduct("audit", "verify", site=site).status == 0


def test_a_demonstration_is_refused_where_it_cannot_be(tmp_path):
    (tmp_path / "file").write_text("x")
    for arguments, says in (
        (["--site", tmp_path / "file"], "not the folder of a site"),
        (["--site", tmp_path / "new", "--case", tmp_path], "no case"),
        (["--site", tmp_path / "new", "--people", "0"], "0"),
    ):
        done = safeconduct("demo", *arguments)
        assert done.status == 2 and says in done.err, arguments
    assert not (tmp_path / "new").exists()
