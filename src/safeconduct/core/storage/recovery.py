"""A lost passphrase: three officers hold a share each, and any two of them open the site again.

A random secret wraps the site's key in site.toml, beside the seal of the passphrase; the secret itself is split by SLIP-39
(Shamir's secret sharing over words with a check of their own; SatoshiLabs, 2019) and then forgotten. One share alone tells
nothing. A new split makes the older shares useless for this site; a backup opens with the shares of its own day.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation.trans_null import gettext_noop
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from . import keys
from .errors import Because, StorageFault
from .keys import Key
from .seal import KEY_BYTES
from .site import SiteFolder
from .sitefile import NAME, Recovery, SiteFile, text_of, write_private

NEEDED, OFFICERS = 2, 3
WORDS = 33
_NONCE_BYTES = 12
_LABEL = "safeconduct recovery 1"


class NoShares(StorageFault):
    code = "storage.no_shares"
    says = gettext_noop("No shares were made for this site.")
    mend = gettext_noop("Without the passphrase nobody opens it. Look for a backup whose passphrase is known.")


class ShareMistyped(StorageFault):
    code = "storage.share_mistyped"
    says = gettext_noop("Share %(number)d is not written as it was given: %(reason)s")
    mend = gettext_noop("Compare it word by word with the paper. Nothing was changed.")


class SameShareTwice(StorageFault):
    code = "storage.same_share_twice"
    says = gettext_noop("This is the same share twice.")
    mend = gettext_noop("Ask another officer for theirs: two of the three are needed.")


class OtherShares(StorageFault):
    code = "storage.other_shares"
    says = gettext_noop("These shares belong to another site, or were replaced by newer ones.")
    mend = gettext_noop("Look for the papers of the last split of this site. A backup opens with the shares of its own day.")


def split(site: SiteFolder) -> list[str]:
    """Three shares, each of 33 words. Older shares open the site no more. Raises SiteLocked.

    site.toml is replaced at once or not at all; where the shares are not handed out, make new ones.
    """
    key = keys.key_of(site.path)
    secret = secrets.token_bytes(KEY_BYTES)
    (shares,) = generate_mnemonics(1, [(NEEDED, OFFICERS)], secret)
    number = Share.from_mnemonic(shares[0]).identifier
    nonce = secrets.token_bytes(_NONCE_BYTES)
    wrapped = nonce + AESGCM(secret).encrypt(nonce, key.secret(), _bound(site.about, number))
    site.about = replace(site.about, recovery=Recovery(number, wrapped))
    write_private(site.path / NAME, text_of(site.about).encode())
    return list(shares)


def key_from(about: SiteFile, shares: Sequence[str]) -> tuple[Key, tuple[int, ...]]:
    """The key of a site from two shares, and which of the three they were (1 to 3).

    Raises NoShares, ShareMistyped, SameShareTwice, OtherShares.
    """
    if about.recovery is None:
        raise NoShares()
    read = [_share(number, text) for number, text in enumerate(shares, 1)]
    if len({share.index for share in read}) < len(read):
        raise SameShareTwice()
    if any(share.identifier != about.recovery.number for share in read):
        raise OtherShares()
    try:
        secret = combine_mnemonics([_plain(text) for text in shares])
        nonce, sealed = about.recovery.wrapped[:_NONCE_BYTES], about.recovery.wrapped[_NONCE_BYTES:]
        found = AESGCM(secret).decrypt(nonce, sealed, _bound(about, about.recovery.number))
    except (MnemonicError, InvalidTag, ValueError):
        raise OtherShares() from None
    return Key(found, proven=True), tuple(sorted(share.index + 1 for share in read))


def _share(number: int, text: str) -> Share:
    try:
        return Share.from_mnemonic(_plain(text))
    except MnemonicError:
        raise ShareMistyped(number=number, reason=_reason(_plain(text).split())) from None


def _reason(words: Sequence[str]) -> Because:
    """Why a share is wrong, without a word of it."""
    if len(words) != WORDS:
        return Because(gettext_noop("it has %(words)d words and not %(wanted)d."), words=len(words), wanted=WORDS)
    unknown = next((place for place, word in enumerate(words, 1) if word not in WORDLIST), None)
    if unknown is not None:
        return Because(gettext_noop("its word number %(place)d is none of the list."), place=unknown)
    return Because(gettext_noop("a word is wrong or two stand in each other's place."))


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _bound(about: SiteFile, number: int) -> bytes:
    return f"{_LABEL}/{about.kind}/{about.created.isoformat()}/{number}".encode()
