"""A document lies sealed under a key of its own, bound to its record; forgetting the key erases it."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from safeconduct.core.documents import sealing, store


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS_FOLDER = str(tmp_path / "documents")
    return tmp_path / "documents"


@given(content=some.binary(max_size=20_000), bound=some.text(max_size=20))
def test_what_was_sealed_comes_back_and_for_its_record_alone(content, bound):
    key = sealing.fresh_key()
    sealed = sealing.close(content, key, bound_to=bound)
    assert sealing.open_again(sealed, key, bound_to=bound) == content
    wrapped = sealing.wrap(key, bound_to=bound)
    assert sealing.unwrap(wrapped, bound_to=bound) == key
    for wrong in (
        lambda: sealing.open_again(sealed, key, bound_to=bound + "x"),
        lambda: sealing.unwrap(wrapped, bound_to=bound + "x"),
    ):
        with pytest.raises(sealing.DoesNotOpen):
            wrong()


@given(length=some.integers(0, 1 << 28))
def test_a_length_says_little_and_costs_at_most_an_eighth(length):
    padded = sealing.padded_length(length)
    assert length <= padded <= max(4096, length * 1.12 + 1)
    assert sealing.padded_length(padded) == padded


def test_files_of_two_records_do_not_serve_each_other(folder):
    one, two = store.keep(b"the first paper", bound_to="1"), store.keep(b"the second paper", bound_to="2")
    assert store.read(one, bound_to="1") == b"the first paper"
    for kept, bound in ((one, "2"), (store.Kept(one.name, two.key), "1"), (store.Kept(two.name, one.key), "1")):
        with pytest.raises(sealing.DoesNotOpen):
            store.read(kept, bound_to=bound)
    path = store.place(one.name)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert b"paper" not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(sealing.DoesNotOpen):
        store.read(one, bound_to="1")


def test_a_shredded_file_is_gone_and_what_no_record_names_is_swept_after_a_while(folder):
    one, orphan = store.keep(b"one", bound_to="1"), store.keep(b"left by a power cut", bound_to="2")
    assert store.check([one.name, "0" * 32]) == ["0" * 32]
    assert store.sweep([one.name], older_than=time.time() - 60) == 0, "somebody may be writing its record now"
    os.utime(store.place(orphan.name), (1, 1))
    assert store.sweep([one.name], older_than=time.time() - 60) == 1 and store.check([one.name]) == []
    store.shred([one.name])
    assert store.check([one.name]) == [one.name]
    store.shred([one.name])  # twice does no harm


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 32, "0" * 31, "0" * 31 + "/"])
def test_no_name_leads_out_of_the_folder(name):
    with pytest.raises(ValueError, match="not the name"):
        store.place(name)
