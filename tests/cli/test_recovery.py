"""A lost passphrase loses nothing: two of three officers open the site again, and one alone learns nothing."""

from __future__ import annotations

import itertools

import pytest

from safeconduct.core.storage import recovery
from safeconduct.core.storage.keys import Key
from safeconduct.core.storage.recovery import NoShares, OtherShares, SameShareTwice, ShareMistyped
from safeconduct.core.storage.site import SiteFolder
from safeconduct.core.storage.sitefile import NAME
from tests.core.storage.conftest import NOON, PASSPHRASE
from tests.shell import PASSWORD, inside, safeconduct

NEW = "nine heavy lanterns drift ashore"


@pytest.fixture
def folder(tmp_path):
    made = SiteFolder.create(tmp_path / "site", name="Camp North", kind="real", created=NOON, passphrase=PASSPHRASE)
    made.unlock(PASSPHRASE)
    yield made
    made.lock()


def secret(folder):
    from safeconduct.core.storage.keys import key_of

    return key_of(folder.path).secret()


def test_any_two_of_three_shares_give_the_key_and_say_whose_they_are(folder):
    shares = recovery.split(folder)
    assert len(shares) == 3 and all(len(share.split()) == 33 for share in shares)
    again = SiteFolder(folder.path).about
    for one, two in itertools.permutations(range(3), 2):
        key, held = recovery.key_from(again, [f"  {shares[one].upper()}\n", shares[two]])
        assert key.secret() == secret(folder) and held == tuple(sorted((one + 1, two + 1)))
    told = (folder.path / NAME).read_text()
    assert not any(word in told.split() for word in shares[0].split()[4:]) and secret(folder).hex() not in told


def test_shares_that_do_not_open_are_told_apart_without_a_word_of_them(folder, tmp_path):
    with pytest.raises(NoShares):
        recovery.key_from(folder.about, ["a", "b"])
    old = recovery.split(folder)
    shares = recovery.split(folder)
    about = folder.about
    other = SiteFolder.create(tmp_path / "other", name="Camp South", kind="real", created=NOON, passphrase=PASSPHRASE)
    other.unlock(PASSPHRASE)
    foreign = recovery.split(other)
    other.lock()
    words = shares[0].split()
    swapped = " ".join([*words[:6], words[7], words[6], *words[8:]])
    for given, fault in (
        ([shares[0], shares[0]], SameShareTwice), ([shares[0], old[1]], OtherShares), (old[:2], OtherShares),
        (foreign[:2], OtherShares), ([swapped, shares[1]], ShareMistyped), ([shares[0], ""], ShareMistyped),
        ([shares[0], " ".join(words[:20])], ShareMistyped), ([shares[0].replace(words[9], "nonsense"), shares[1]], ShareMistyped),
    ):  # fmt: skip
        with pytest.raises(fault) as refused:
            recovery.key_from(about, given)
        assert refused.value.way_out() and not any(f" {word} " in f" {refused.value} " for word in (*words[4:], "nonsense"))


def test_the_key_of_another_site_opens_nothing_here(folder):
    folder.lock()
    from safeconduct.core.storage.errors import StorageFault

    with pytest.raises(StorageFault):
        folder.unlock_with(Key.fresh())
    assert not folder.is_unlocked


def test_two_officers_give_a_site_a_new_passphrase_and_everything_is_there(real, tmp_path):
    real.sign_in("root")
    split = real.run("recovery", "split", "--json")
    assert split.status == 0, split.err
    shares = split.told["shares"]
    drilled = safeconduct("recovery", "drill", site=real.path, stdin="\n".join(shares[1:]) + "\n")
    assert drilled.status == 0 and "Shares 2 and 3 open this site" in drilled.out, drilled.err
    assert real.run("backup", tmp_path / "copy").status == 0
    lost = real.key.read_text()
    new = tmp_path / "new"
    new.write_text(NEW)
    new.chmod(0o600)
    weak = tmp_path / "weak"
    weak.write_text("short")
    weak.chmod(0o600)
    refused = safeconduct("recovery", "open", "--new-key-file", weak, site=real.path, stdin="\n".join(shares[:2]) + "\n")
    assert refused.status == 2 and "short" in refused.err and real.run("account", "list").status == 0
    opened = safeconduct("recovery", "open", "--new-key-file", new, site=real.path, stdin="\n".join(shares[:2]) + "\n")
    assert opened.status == 0, opened.err
    assert real.run("account", "list").status == 2, "the lost passphrase no longer opens it"
    facts = (
        "from safeconduct.core.audit.models import AuditEntry\n"
        "answer = list(AuditEntry.objects.filter(act__contains='officers').values_list('act', 'facts'))"
    )
    acts = inside(real.path, facts, key_file=new)
    assert [act for act, _facts in acts] == ["recovery split among officers", "passphrase replaced with officers' shares"]
    assert "[1, 2]" in acts[1][1].replace("1,2", "1, 2")
    void = safeconduct("recovery", "drill", site=real.path, stdin="\n".join(shares[:2]) + "\n")
    assert void.status == 2 and "No shares were made" in void.err

    restored = safeconduct(
        "restore", tmp_path / "copy", tmp_path / "again", "--with-shares", "--key-file", new, stdin="\n".join(shares[::2]) + "\n"
    )
    assert restored.status == 0, restored.err
    assert lost != NEW and inside(tmp_path / "again", "answer = 1", key_file=new) == 1


def test_the_passphrase_is_changed_and_only_the_new_one_opens(real, tmp_path):
    real.sign_in("root")
    new = tmp_path / "new"
    new.write_text(NEW)
    new.chmod(0o600)
    assert real.run("passphrase", "--new-key-file", new).status == 0
    assert real.run("account", "list").status == 2
    assert safeconduct("login", "root", "--key-file", new, site=real.path, stdin=PASSWORD + "\n").status == 0


def test_whoever_is_no_administrator_splits_nothing(real):
    real.sign_in("cleo")
    for command in (("recovery", "split"), ("passphrase", "--new-key-file", real.key)):
        refused = real.run(*command)
        assert refused.status == 2 and "roles" in refused.err


PAPER = """
from safeconduct.core import clock
from safeconduct.core.access.api import Account
from safeconduct.register.access import open_to
from safeconduct.register.documents.actions import bring, page_of
from safeconduct.register.models import Document
if not Document.objects.exists():
    by = Account.objects.get(username="protection_officer").actor()
    bring(by=by, person=open_to(by).first(), kind="other", told="", content="a letter".encode(), at=clock.now())
answer = page_of(Document.objects.get().pages.get()).decode()
"""


def test_documents_go_with_a_backup_and_open_where_it_is_restored(site, tmp_path):
    assert inside(site, PAPER) == "a letter"
    assert safeconduct("backup", tmp_path / "copy", site=site).status == 0
    restored = safeconduct("restore", tmp_path / "copy", tmp_path / "again", "--key-file", site / "key")
    assert restored.status == 0, restored.err
    assert inside(tmp_path / "again", PAPER) == "a letter"
    (lying,) = [path for path in (tmp_path / "again" / "files" / "documents").rglob("*") if path.is_file()][:1]
    lying.unlink()
    verified = safeconduct("audit", "verify", site=tmp_path / "again")
    assert verified.status == 1 and f"document {lying.name}: the file is missing" in verified.out
