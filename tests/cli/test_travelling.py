"""A copy as its users have it: a folder taken along, worked on elsewhere, brought back and gone; and every copy that is refused."""

from __future__ import annotations

import shutil

import pytest

from safeconduct.core.storage.sitefile import NAME, read_site_file
from tests.shell import PASSWORD, copied, inside, made_once, safeconduct, served
from tests.sites import fresh

WHO = """
from safeconduct.core import clock
from safeconduct.core.access.api import Account
from safeconduct.register.models import *
who = Account.objects.get(username="registrar").actor("shell")
first, second = Person.objects.order_by("number")[:2]
at = clock.now()
"""
MOVE = (
    WHO
    + """
from safeconduct.register.actions import move_person
from safeconduct.core.reads.api import recording
with recording(who, "person"):
    move_person(by=who, person=Person.objects.get(pk=first.pk), block="{block}", on=clock.day_of(at), at=at)
answer = str(first.pk)
"""
)
STANDS = WHO + 'answer = list(first.presences.filter(ends=None).values_list("block", flat=True))'


def taken(site, copy):
    done = safeconduct("travel", "take", copy, "--json", site=site)
    assert done.status == 0, done.err
    return done.told


@pytest.fixture(scope="session")
def pair(tmp_path_factory):
    """A register and a copy that left it, made once."""

    def make(folder):
        making = folder.with_name("along-making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        copied(fresh(tmp_path_factory), making / "site")
        taken(making / "site", making / "copy")
        making.rename(folder)

    return made_once(tmp_path_factory, "along", make)


@pytest.fixture
def both(pair, tmp_path):
    folder = copied(pair, tmp_path / "both")
    return folder / "site", folder / "copy"


def test_a_copy_is_worked_on_in_the_browser_brought_back_and_gone(both):
    site, copy = both
    pk = inside(copy, MOVE.format(block="77"))
    with served(copy) as address:
        import urllib.request

        assert "Travelling copy" in urllib.request.urlopen(f"{address}/sign-in/", timeout=30).read().decode()
        told = safeconduct("travel", "bring-back", copy, site=site)
        assert told.status == 2 and "working on this copy" in told.err
    told = safeconduct("travel", "bring-back", copy, "--json", site=site)
    assert told.status == 0, told.err
    assert (told.told["changed"], told.told["waiting"], told.told["clock"]) == (1, 0, [])
    assert not copy.exists() and inside(site, STANDS) == ["77"]
    looked = inside(
        site,
        f"""
from uuid import UUID
from safeconduct.core.reads.queries import looks_at
answer = [look.actor for look in looks_at(UUID("{pk}"))]
""",
    )
    assert looked[0].startswith("copy:") and any("shell:" in each for each in looked)
    assert safeconduct("audit", "verify", site=site).status == 0
    assert safeconduct("travel", "list", "--json", site=site).told[0]["state"] == "back"


def test_a_copy_holds_no_account_file_plan_or_person_beside_its_own(both):
    _site, copy = both
    told = inside(copy, """
from django.apps import apps
answer = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
""")  # fmt: skip
    assert told["register.Person"] and told["register.Assignment"] and told["routes.Offer"] and told["access.RoleGrant"] == 1
    empty = (
        "register.Document", "register.Export", "register.ImportBatch", "register.Merge", "register.Erasure", "plans.Plan",
        "departures.Submission", "access.Team", "access.OpenSession", "access.ShellSession", "jobs.Job",
        "register.TravellingRecord", "register.EmergencyOpening",
    )  # fmt: skip
    assert {label: told[label] for label in empty} == dict.fromkeys(empty, 0)
    assert (
        inside(copy, "from safeconduct.core.access.models import Account\nanswer = sum(a.is_active for a in Account.objects.all())")
        == 1
    )
    assert read_site_file(copy).travel


@pytest.mark.parametrize(
    "command",
    [["export", "people", "x.csv"], ["backup", "y"], ["travel", "take", "z"]],
    ids=lambda told: told[0],
)
def test_on_a_copy_nothing_is_taken_out_or_run(both, command, tmp_path):
    _site, copy = both
    (tmp_path / "x.csv").write_text("id,given_name\nN-1,Mina\n")
    done = safeconduct(*command, site=copy, cwd=tmp_path)
    assert done.status == 2 and not (tmp_path / "y").exists() and not (tmp_path / "z").exists()


def test_the_same_copy_comes_back_once(both, tmp_path):
    site, copy = both
    inside(copy, MOVE.format(block="77"))
    again, worked_on = copied(copy, tmp_path / "again"), copied(copy, tmp_path / "worked-on")
    assert safeconduct("travel", "bring-back", copy, site=site).status == 0
    inside(site, MOVE.format(block="78"))
    done = safeconduct("travel", "bring-back", again, site=site)
    assert done.status == 0 and "before" in done.out and not again.exists() and inside(site, STANDS) == ["78"]
    inside(worked_on, MOVE.format(block="79"))
    done = safeconduct("travel", "bring-back", worked_on, site=site)
    assert done.status == 2 and "came back before" in done.err and worked_on.exists() and inside(site, STANDS) == ["78"]


def test_a_copy_with_a_wrong_clock_comes_back_and_the_times_are_told(both):
    site, copy = both
    wrong = MOVE.replace("at = clock.now()", "from datetime import timedelta\nat = clock.now() - timedelta(days=700)")
    inside(copy, wrong.format(block="77").replace("on=clock.day_of(at)", "on=clock.today()"))
    done = safeconduct("travel", "bring-back", copy, site=site)
    assert done.status == 0 and "clock of the copy was wrong" in done.out and inside(site, STANDS) == ["77"]


def refused(site, copy, *words):
    done = safeconduct("travel", "bring-back", copy, site=site)
    assert done.status == 2 and all(word in done.err for word in words), done.err
    assert copy.exists() and safeconduct("travel", "list", "--json", site=site).told[0]["state"] != "back"


def test_copies_that_are_not_ours_are_lost_or_were_changed_are_refused_with_a_sentence(both, tmp_path, tmp_path_factory):
    site, copy = both
    refused(site, copied(fresh(tmp_path_factory), tmp_path / "site2"), "not a copy that left this register")
    refused(site, tmp_path, "not the folder of a site") if not (tmp_path / NAME).exists() else None
    stranger = copied(copy, tmp_path / "stranger")
    inside(stranger, "from safeconduct.register.models import Travel\nTravel.objects.update(secret=b'x' * 32)")
    refused(site, stranger, "not a copy that left this register")
    older = copied(copy, tmp_path / "older")
    inside(older, 'from django.db import connection\nconnection.cursor().execute("DELETE FROM django_migrations WHERE id = 1")')
    refused(site, older, "two versions of the software")
    changed = copied(copy, tmp_path / "changed")
    inside(changed, MOVE.format(block="77"))
    inside(changed, """
from django.db import connection
with connection.cursor() as cursor:
    for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'").fetchall():
        cursor.execute(f"DROP TRIGGER {name}")
    cursor.execute("UPDATE audit_auditentry SET actor = 'page:1' WHERE number = 2")
""")  # fmt: skip
    refused(site, changed, "do not hold together", "audit entry 2")
    wrong = copied(copy, tmp_path / "wrong")
    (wrong / "key").write_text("another passphrase that is long enough\n")
    refused(site, wrong, "passphrase does not open")
    damaged = copied(copy, tmp_path / "damaged")
    content = bytearray((damaged / "database.sqlite3").read_bytes())
    content[50_000:50_400] = bytes(400)
    (damaged / "database.sqlite3").write_bytes(content)
    refused(site, damaged, "")
    travel = safeconduct("travel", "list", "--json", site=site).told[0]["travel"]
    assert safeconduct("travel", "lost", travel, site=site).status == 0
    refused(site, copy, "declared lost")
    assert safeconduct("travel", "lost", travel, site=site).status == 2


def test_nothing_is_left_where_a_copy_cannot_be_made(both, tmp_path):
    site, _copy = both
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").write_text("here")
    done = safeconduct("travel", "take", tmp_path / "full", site=site)
    assert done.status == 2 and "not an empty folder" in done.err
    done = safeconduct("travel", "take", tmp_path / "second", site=site)
    assert done.status == 2 and "along already" in done.err and not (tmp_path / "second").exists()


def test_a_real_site_asks_for_a_passphrase_of_the_copy_and_holds_only_named_cases(real, tmp_path):
    csv = tmp_path / "people.csv"
    csv.write_text("id,given_name,block\nN-1,Mina,3\nN-2,Sara,4\n")
    real.sign_in("ada")
    done = real.run("import", "people", csv)
    assert done.status == 0, done.err
    own = tmp_path / "own-passphrase"
    own.write_text("quick foxes sleep under bridges\n")
    own.chmod(0o600)
    copy = tmp_path / "copy"
    done = real.run("travel", "take", copy, "--case", "1", "--copy-key-file", own, "--json")
    assert done.status == 0, done.err
    assert (done.told["cases"], done.told["people"]) == (1, 1)
    count = "from safeconduct.register.models import Person\nanswer = [Person.objects.count(), Person.objects.get().number]"
    assert inside(copy, count, key_file=own)[0] == 1
    signed = safeconduct("login", "ada", "--key-file", own, site=copy, stdin=PASSWORD + "\n")
    assert "password" in signed.err and signed.status == 2
    signed = safeconduct("login", "ada", "--key-file", own, site=copy, stdin=own.read_text())
    assert signed.status == 0, signed.err
    wrong = real.run("travel", "bring-back", copy, "--copy-key-file", real.key)
    assert wrong.status == 2 and "passphrase does not open" in wrong.err and copy.exists()
    assert real.run("travel", "bring-back", copy, "--copy-key-file", own).status == 0 and not copy.exists()
