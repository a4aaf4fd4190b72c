"""A site's folder is private, made whole or not at all, and found where people expect it."""

import os
import re
import stat
from contextlib import closing
from datetime import date

import pytest

from safeconduct.core.storage import keys, passphrase
from safeconduct.core.storage.errors import (
    DatabaseMissing,
    FolderInUse,
    NoSite,
    NotASite,
    SiteLocked,
    WeakPassphrase,
    WrongPassphrase,
)
from safeconduct.core.storage.keys import Key
from safeconduct.core.storage.seal import Cost
from safeconduct.core.storage.sealed import open_sealed
from safeconduct.core.storage.site import SiteFolder
from safeconduct.core.storage.sitefile import parse, text_of

from .conftest import PASSPHRASE


def test_the_folder_is_private_whatever_the_umask(make_site):
    before = os.umask(0)
    try:
        site = make_site()
    finally:
        os.umask(before)
    for path in [site.path, *site.path.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert site.open_to_others() == []


def test_a_name_that_others_may_read_is_told(make_site):
    site = make_site()
    site.database.chmod(0o644)
    assert site.open_to_others() == ["site/database.sqlite3"]


def test_site_toml_says_the_same_when_read_again(make_site):
    about = make_site(name='باغ "Orchard" \\ 7', zone="Asia/Baghdad", languages=("fa", "en")).about
    assert parse(text_of(about)) == about
    assert about.name == 'باغ "Orchard" \\ 7'


def test_a_folder_with_something_in_it_is_left_as_it_is(make_site, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter").write_text("mine")
    with pytest.raises(FolderInUse):
        make_site()
    assert [p.name for p in (tmp_path / "site").iterdir()] == ["letter"]


def test_an_empty_folder_may_become_a_site(make_site, tmp_path):
    (tmp_path / "site").mkdir()
    assert make_site().database.exists()


def test_a_site_that_cannot_be_finished_leaves_nothing(make_site, tmp_path, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("safeconduct.core.storage.site.write_private", fails)
    with pytest.raises(OSError):
        make_site()
    assert list(tmp_path.iterdir()) == []


def test_a_site_whose_preparation_fails_leaves_nothing(make_site, tmp_path):
    def fails(partial: SiteFolder) -> None:
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        make_site(prepare=fails)
    assert list(tmp_path.iterdir()) == []


def test_what_preparation_writes_is_there_when_the_site_appears(make_site, tmp_path):
    def write(partial: SiteFolder) -> None:
        assert not (tmp_path / "site").exists()
        connection = open_sealed(partial.database, keys.key_of(partial.path), isolation_level=None)
        connection.execute("CREATE TABLE prepared (a)")
        connection.close()

    site = make_site(prepare=write)
    assert not {path for path in keys.held() if path.is_relative_to(tmp_path)}
    site.unlock(PASSPHRASE)
    with closing(open_sealed(site.database, keys.key_of(site.path))) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("prepared",)]


def test_a_demonstration_may_stand_at_a_day_of_the_past_and_a_real_site_not(make_site):
    assert make_site("demo", kind="demonstration", today=date(2013, 9, 1)).about.today == date(2013, 9, 1)
    with pytest.raises(ValueError, match="only a demonstration"):
        make_site(today=date(2013, 9, 1))


def test_another_passphrase_opens_the_same_records_and_the_old_one_no_more(site):
    secret = keys.key_of(site.path).secret()
    site.change_passphrase(b"lantern bicycle walnut eleven")
    site.lock()
    with pytest.raises(WrongPassphrase):
        SiteFolder(site.path).unlock(PASSPHRASE)
    SiteFolder(site.path).unlock(b"lantern bicycle walnut eleven")
    assert keys.key_of(site.path).secret() == secret


def test_a_passphrase_that_is_right_but_a_database_that_is_missing_leaves_the_site_locked(make_site):
    site = make_site()
    site.database.unlink()
    with pytest.raises(DatabaseMissing):
        site.unlock(PASSPHRASE)
    assert not site.is_unlocked


def test_the_secret_of_the_web_server_is_derived_and_stands_in_no_file(site):
    assert len(site.django_secret()) == 64
    assert all(site.django_secret().encode() not in path.read_bytes() for path in site.path.rglob("*.toml"))
    site.lock()
    with pytest.raises(SiteLocked):
        site.django_secret()


def test_a_real_site_refuses_a_weak_passphrase_and_holds_no_key_file(make_site, tmp_path):
    with pytest.raises(WeakPassphrase):
        make_site(passphrase=b"qwertyuiopasdfgh")
    assert not (tmp_path / "site").exists()
    assert not make_site().key_file.exists()


def test_the_named_site_comes_first_then_the_environment_then_the_demonstration(make_site, tmp_path, monkeypatch):
    first, second, _ = make_site("one"), make_site("two"), make_site("demo-site", kind="demonstration")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAFECONDUCT_SITE", str(second.path))
    assert SiteFolder.find(first.path).path == first.path
    assert SiteFolder.find().path == second.path
    monkeypatch.delenv("SAFECONDUCT_SITE")
    assert SiteFolder.find().is_demonstration


def test_where_no_site_is_the_sentence_says_how_to_name_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFECONDUCT_SITE", raising=False)
    with pytest.raises(NoSite, match="--site or SAFECONDUCT_SITE"):
        SiteFolder.find()


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda text: "", "cannot be understood"),
        (lambda text: text.replace("lanes = 1", "lanes = 1000"), "costs out of range"),
        (lambda text: text.replace("memory_kib = 64", "memory_kib = 99999999"), "costs out of range"),
        (lambda text: text.replace('kind = "real"', 'kind = "other"'), "kind is neither"),
        (lambda text: re.sub(r'zone = ".*"', 'zone = "../../etc/passwd"', text), "cannot be understood"),
        (lambda text: text + "#" * 70_000, "far too long"),
        (lambda text: text.replace('engine = "embedded"', 'engine = "postgresql"\nservice = "a b;c"'), "service"),
    ],
)
def test_a_site_toml_that_makes_no_sense_is_named_with_the_reason(make_site, edit, reason):
    site = make_site()
    (site.path / "site.toml").write_text(edit((site.path / "site.toml").read_text()))
    with pytest.raises(NotASite, match=reason):
        SiteFolder(site.path)


def test_a_folder_without_site_toml_is_no_site(tmp_path):
    with pytest.raises(NotASite, match=r"holds no site\.toml"):
        SiteFolder(tmp_path)


def test_only_the_right_passphrase_opens_the_seal(make_site):
    site = make_site()
    with pytest.raises(WrongPassphrase, match="does not open this site"):
        keys.unlock(site.path, PASSPHRASE + b"x")
    with pytest.raises(SiteLocked):
        keys.key_of(site.path)
    keys.unlock(site.path, PASSPHRASE)
    assert keys.is_unlocked(site.path)


@pytest.mark.parametrize(("old", "new"), [("passes = 1", "passes = 2"), ('kind = "real"', 'kind = "demonstration"')])
def test_costs_and_kind_cannot_be_edited_behind_the_passphrase(make_site, old, new):
    site = make_site()
    (site.path / "site.toml").write_text((site.path / "site.toml").read_text().replace(old, new))
    with pytest.raises(WrongPassphrase):
        keys.unlock(site.path, PASSPHRASE)


def test_sealing_forgets_the_key(site):
    key = keys.key_of(site.path)
    keys.lock(site.path)
    with pytest.raises(SiteLocked):
        keys.key_of(site.path)
    with pytest.raises(SiteLocked):
        key.for_purpose("database")


def test_a_key_shows_itself_to_nobody(site):
    import pickle

    key = keys.key_of(site.path)
    hexes = {key.secret().hex(), key.for_purpose("database").hex()}
    shown = f"{key} {key!r} {site.databases()} {site.about!r} {vars(site)} {dict(os.environ)}"
    assert not any(secret in shown for secret in hexes)
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_each_purpose_has_its_own_key_and_no_two_sites_share_one(make_site):
    one, two = Key.fresh(), Key.fresh()
    derived = [key.for_purpose(purpose) for key in (one, two) for purpose in ("database", "files", "backup manifest")]
    assert len(set(derived)) == len(derived) == 6


def test_the_usual_costs_are_those_that_the_standard_recommends_for_little_memory_or_more():
    # RFC 9106, section 4, second recommended option: 3 passes, 64 MiB, 4 lanes.
    usual = Cost()
    assert usual.passes >= 3 and usual.memory_kib >= 64 * 1024 and usual.lanes == 4


def test_a_demonstration_and_its_key_are_made_together(make_site):
    site = make_site(kind="demonstration")
    keys.unlock(site.path, passphrase.obtain(site))
    assert keys.is_unlocked(site.path)


def test_a_postgresql_site_names_a_service_and_no_password(make_site):
    site = make_site(service="camp")
    assert site.databases()["default"]["OPTIONS"] == {"service": "camp"}
    assert not site.database.exists()
