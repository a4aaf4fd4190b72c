"""A passphrase comes from a person, a private file or an inherited descriptor, and from nowhere else."""

import os
from pathlib import Path

import pytest

from safeconduct.core.storage import passphrase
from safeconduct.core.storage.errors import (
    KeyDescriptorRefused,
    KeyFileRefused,
    NoPassphrase,
    PassphrasesDiffer,
    WeakPassphrase,
)

from .conftest import PASSPHRASE


def key_file(path: Path, mode: int = 0o600, content: bytes = PASSPHRASE + b"\n") -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_private_key_file_gives_the_passphrase(make_site, tmp_path, mode):
    assert passphrase.obtain(make_site(), key_file=key_file(tmp_path / "k", mode)) == PASSPHRASE


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700, 0o644])
def test_a_key_file_that_others_may_read_is_refused(make_site, tmp_path, mode):
    with pytest.raises(KeyFileRefused, match=f"mode is {mode:o}"):
        passphrase.obtain(make_site(), key_file=key_file(tmp_path / "k", mode))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_key_file_of_another_account_is_refused(make_site, tmp_path):
    os.chown(key_file(tmp_path / "k"), 12345, -1)
    with pytest.raises(KeyFileRefused, match="another account"):
        passphrase.obtain(make_site(), key_file=tmp_path / "k")


def test_a_key_file_inside_a_real_site_is_refused_also_through_a_link(make_site, tmp_path):
    site = make_site()
    key_file(site.path / "mykey")
    (tmp_path / "link").symlink_to(site.path / "mykey")
    for path in (site.path / "mykey", tmp_path / "link"):
        with pytest.raises(KeyFileRefused, match="folder of the site"):
            passphrase.obtain(site, key_file=path)


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 5000])
def test_a_key_file_without_a_passphrase_is_refused(make_site, tmp_path, content):
    with pytest.raises(KeyFileRefused, match="empty or too long"):
        passphrase.obtain(make_site(), key_file=key_file(tmp_path / "k", content=content))


def test_a_pipe_or_a_missing_file_is_no_key_file(make_site, tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(KeyFileRefused, match="no regular file"):
        passphrase.obtain(make_site(), key_file=tmp_path / "pipe")
    with pytest.raises(KeyFileRefused, match="No such file"):
        passphrase.obtain(make_site(where="other"), key_file=tmp_path / "absent")


def test_a_demonstration_opens_with_its_own_key(make_site):
    site = make_site(kind="demonstration")
    assert site.key_file.stat().st_mode & 0o777 == 0o600
    assert len(passphrase.obtain(site)) >= 32


def test_a_demonstrations_key_that_others_may_read_is_refused(make_site):
    site = make_site(kind="demonstration")
    site.key_file.chmod(0o644)
    with pytest.raises(KeyFileRefused):
        passphrase.obtain(site)


def test_a_descriptor_is_read_to_its_end_once_and_closed(make_site):
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE[:5])
    os.write(writing, PASSPHRASE[5:] + b"\n")
    os.close(writing)
    assert passphrase.obtain(make_site(), key_fd=reading) == PASSPHRASE
    with pytest.raises(OSError):
        os.fstat(reading)


def test_a_descriptor_that_is_closed_or_empty_is_refused(make_site):
    reading, writing = os.pipe()
    os.close(writing)
    with pytest.raises(KeyDescriptorRefused, match="empty"):
        passphrase.obtain(make_site(), key_fd=reading)
    with pytest.raises(KeyDescriptorRefused, match="Bad file descriptor"):
        passphrase.obtain(make_site(where="other"), key_fd=reading)


def test_the_environment_is_never_asked(make_site, monkeypatch):
    for name in ("SAFECONDUCT_PASSPHRASE", "SAFECONDUCT_KEY", "PASSPHRASE"):
        monkeypatch.setenv(name, PASSPHRASE.decode())
    with pytest.raises(NoPassphrase):
        passphrase.obtain(make_site(), prompt=None)


def test_the_same_words_from_another_keyboard_are_the_same_passphrase(make_site):
    composed, apart = "caf\u00e9 orchard violin", "cafe\u0301 orchard violin"
    assert passphrase.obtain(make_site(), prompt=lambda: composed) == passphrase.obtain(
        make_site(where="other"), prompt=lambda: apart
    )


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "fourteen chars",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "violin-violin-violin-",
        "qwertyuiopasdfghjkl",
        "password1234567890",
        "Orchard2013Orchard2013",
        "0987654321 abcdefgh",
        "Orchard 2013!!!!",
    ],
)
def test_a_passphrase_that_a_patient_guesser_finds_is_refused_with_a_mend(weak):
    with pytest.raises(WeakPassphrase, match="five or six unrelated words"):
        passphrase.refuse_weak(weak.encode(), site_name="Orchard")


@pytest.mark.parametrize("strong", ["orchard violin gravel seventeen", "باغ ویولن سنگریزه هفده ستاره", "kP9#vw2Lq8!xZr5"])
def test_unrelated_words_are_accepted_in_any_script(strong):
    passphrase.refuse_weak(strong.encode(), site_name="Ashraf")


def test_a_new_passphrase_is_typed_twice_the_same(tmp_path):
    typed = iter(["orchard violin gravel seventeen", "orchard violin gravel eighteen"])
    with pytest.raises(PassphrasesDiffer):
        passphrase.obtain_new(tmp_path / "s", site_name="Ashraf", prompt=lambda: next(typed))


def test_where_nobody_can_be_asked_the_ways_to_give_one_are_named(make_site):
    with pytest.raises(NoPassphrase, match="--key-file or a descriptor with --key-fd"):
        passphrase.obtain(make_site())  # under a test no terminal is attached


def test_no_refusal_repeats_the_passphrase():
    with pytest.raises(WeakPassphrase) as refusal:
        passphrase.refuse_weak(b"password1234567890")
    assert "1234" not in f"{refusal.value} {refusal.value!r} {refusal.value.numbers}"
