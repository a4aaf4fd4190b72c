"""Codes of authenticator apps and recovery codes: the published vectors, and the laws that hold for every code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.signin import codes, recovery, sealing
from safeconduct.core.signin.typed import is_of_an_app, typed
from safeconduct.core.signin.typed import recovery as meant

SECRETS, STEPS = st.binary(min_size=20, max_size=20), st.integers(3, 2**31)
PUBLISHED = [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
             (2000000000, "69279037"), (20000000000, "65353130")]  # fmt: skip


@pytest.mark.parametrize(("moment", "code"), PUBLISHED)
def test_codes_are_those_of_the_standard(moment, code):
    """RFC 6238, appendix B."""
    assert codes.code_at(b"12345678901234567890", moment // 30, digits=8) == code


@given(SECRETS, STEPS, st.sampled_from([-1, 0, 1]))
def test_a_code_is_taken_half_a_minute_early_or_late_and_never_twice(secret, step, off):
    code, now = codes.code_at(secret, step + off), step * codes.STEP
    found = codes.step_of(secret, code, now=now, after=0)
    assert found is not None and codes.step_of(secret, code, now=now, after=step + 1) is None


@given(SECRETS, STEPS, st.text(max_size=12))
def test_what_is_no_code_of_now_is_not_taken(secret, step, text):
    nearby = {codes.code_at(secret, step + off) for off in (-1, 0, 1)}
    assert (codes.step_of(secret, text, now=step * codes.STEP, after=0) is not None) == (text in nearby)


@pytest.mark.parametrize("text", ["۱۲۳۴۵۶", "١٢٣ ٤٥٦", "123-456", " 123456 "])
def test_a_code_may_be_typed_in_the_digits_of_any_script(text):
    assert typed(text) == "123456" and is_of_an_app(text)


@given(st.text(max_size=80))
def test_whatever_is_typed_becomes_plain_letters_and_digits(text):
    assert meant(text).isascii() and (meant(text).isalnum() or not meant(text))


def test_recovery_codes_survive_handwriting():
    code = "0123V-1ABCD"
    assert {meant(each) for each in (code, "o12 3u-iabcd", "O123V LABCD")} == {meant(code)}
    made = recovery.new_codes()
    assert len(set(made)) == recovery.HOW_MANY and not any(is_of_an_app(each) for each in made)


def test_a_sealed_secret_opens_for_its_account_and_under_its_key_only(settings):
    sealed = sealing.seal(b"secret" * 3, account=7)
    assert sealing.unseal(sealed, account=7) == b"secret" * 3 and b"secret" not in sealed
    damaged = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for other, account in [(sealed, 8), (damaged, 7), (b"", 7), (b"\x02" + sealed[1:], 7), (sealed[:9], 7)]:
        with pytest.raises(sealing.NotOurs):
            sealing.unseal(other, account=account)
    settings.FACTOR_KEY = bytes(32)
    with pytest.raises(sealing.NotOurs):
        sealing.unseal(sealed, account=7)


def test_the_picture_holds_the_secret_and_names_no_site():
    address = codes.address(b"12345678901234567890", "ada of the north")
    assert address == ("otpauth://totp/Sign-in:ada%20of%20the%20north?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sign-in")
    side, path = codes.picture(address)
    assert side > 30 and path.startswith("M4 4h1v1h-1z")
