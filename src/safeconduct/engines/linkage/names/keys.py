"""Folded keys: one short string for every spelling of a name, in whichever script.

A key is the skeleton of consonants. Short vowels are unwritten in Persian and Arabic, so only a first one leaves a
mark; و and ی are now a vowel, now a consonant, so they count only at the start; a last h may be silent, so none
counts; doubling is unwritten in Arabic letters, so equal neighbours count once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from safeconduct.engines.linkage.names.forms import normal_form
from safeconduct.engines.linkage.names.joints import ARABIC_JOINTS, ARTICLES, LATIN_JOINTS, SUN_ARTICLE, Rules
from safeconduct.engines.linkage.names.letters import ARABIC_CLASS, LATIN_CLASS

_ARABIC: Final = re.compile("[\u0620-\u064a\u066e-\u06d5]")
_ARABIC_CLASS: Final = str.maketrans(ARABIC_CLASS)
_LATIN_UNIT: Final = re.compile("|".join(sorted(LATIN_CLASS, key=len, reverse=True)))
_ARABIC_START: Final = ((re.compile("^[اعە]"), "A"), (re.compile("^ی"), "Y"), (re.compile("^و"), "V"))
_LATIN_START: Final = (
    (re.compile("^(i(?=[aou])|y)"), "Y"),
    (re.compile("^(ou(?=[aei])|v|w)"), "V"),
    (re.compile("^[aeiou]"), "A"),
)
_SILENT: Final = re.compile("[ayv_]")
_SOUNDLESS: Final = re.compile("[a_]")
_TWICE: Final = re.compile(r"(.)\1+")

# What keys are made of; vowels only begin one.
_LETTERS: Final = "".join(sorted({*LATIN_CLASS.values(), *ARABIC_CLASS.values()} - set("ayv")))
_ONLY_FIRST: Final = "AVY"
_SHORTEST_NEAR: Final = 3

# Titles for most people and names for some: they weigh little, and are never dropped from what is stored.
TITLES: Final = frozenset(
    normal_form(
        "سید سیده میر میرزا حاج حاجی حاجیه شیخ شیخه ملا آقا خانم خان بیگ بیگم بی‌بی دکتر مهندس استاد شاه "
        "السید الشیخ الحاج الدکتور الاستاذ دکتور استاذ ام ابن بن بنت ولد آل "
        "seyyed seyed sayyed sayed sayyid syed sayyida seyyedeh mir mirza haj hajj haji hajji hajieh hadj hadji "
        "sheikh shaikh shaykh cheikh mulla mullah molla mollah agha aqa khanom khanum khan beg beyg begum bibi doctor "
        "dr eng engineer ostad ustad shah mr mrs ms miss bin ben ibn bint bent ould um umm oum"
    ).split()
)


def is_title(token: str) -> bool:
    """Whether one word of a name is a title, an honorific or a word of descent (bin, bint): weigh it low, keep it."""
    return normal_form(token) in TITLES


@lru_cache(maxsize=1 << 15)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in normal form, without articles that stand apart ("al-", "el-", "ال")."""
    every = normal_form(text).split()
    return (*(word for word, then in pairwise(every) if not _is_article(word, then)), *every[-1:])


def _is_article(word: str, then: str) -> bool:
    return word in ARTICLES or (len(word) < 4 and bool(SUN_ARTICLE.match(f"{word} {then}")))


def fold(token: str) -> str:
    """One key for all spellings of a name in Persian, Arabic, Kurdish and Latin letters.

    Several words fold as if joined: "Gholam-Hossein", "Golamhoseyn", "غلامحسین" and "غلام حسین" give "KLMHSN".
    Letters of other scripts stay as they are. Equal normal forms have equal keys.
    Empty for a text without letters or digits.
    """
    return _fold("".join(words(token)))


@lru_cache(maxsize=1 << 15)
def _fold(word: str) -> str:
    key = _TWICE.sub(r"\1", _SILENT.sub("", _classes(word)))
    return key[:-1] if len(key) > 1 and key.endswith("H") else key


@lru_cache(maxsize=1 << 15)
def with_vowels(word: str) -> str:
    """A fuller key of a word in normal form that keeps ی and و, i and u: it parts Hamid from Hamed. For ranking."""
    key = _TWICE.sub(r"\1", _SOUNDLESS.sub("", _classes(word)))
    return key[:-1] if len(key) > 1 and key.endswith("H") else key


def _classes(word: str) -> str:
    if _ARABIC.search(word):
        return _replace(word, ARABIC_JOINTS + _ARABIC_START).translate(_ARABIC_CLASS)
    return _LATIN_UNIT.sub(lambda unit: LATIN_CLASS[unit[0]], _replace(word, LATIN_JOINTS + _LATIN_START))


def _replace(word: str, rules: Rules) -> str:
    for pattern, instead in rules:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=1 << 15)
def search_keys(text: str) -> tuple[str, ...]:
    """The distinct keys under which a name is found: one for each word, one for each two neighbours joined. Sorted.

    So "Mohammad Reza" meets "Mohammadreza" and محمدرضا; "Abd al-Rahman" meets "Abdurrahman". A name of n words has
    at most 3n - 2 keys: neighbours are joined both as written and without the silent h between them
    (زنده رودی, Zenderoudi).
    """
    parts = words(text)
    keys = {_fold(part) for part in parts}
    for one, two in pairwise(parts):
        keys |= _joined(one, two)
    return tuple(sorted(keys - {""}))


def key_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """What to ask of an index of search_keys: who may be meant has a key in common with *each* group.

    One group for each word that is no title (for each word, if all are); a word is found by its own key or joined to a
    neighbour. Where nobody is found, ask for all groups but one. Rank what is found by similar().
    Example: "Mohammad Reza" → (("MHMD", "MHMDRZ"), ("MHMDRZ", "RZ")).
    """
    parts = words(text)
    own = [{_fold(part)} for part in parts]
    for place, (one, two) in enumerate(pairwise(parts)):
        both = _joined(one, two)
        own[place] |= both
        own[place + 1] |= both
    kept = [keys for part, keys in zip(parts, own, strict=True) if part not in TITLES] or own
    groups = (tuple(sorted(keys - {""})) for keys in kept)
    return tuple(dict.fromkeys(group for group in groups if group))


def near_keys(key: str) -> tuple[str, ...]:
    """Every key that is a slip away: a letter dropped, added or another, two neighbours swapped. Sorted, without `key`.

    For a word that nobody has as it was asked. Two keys of two letters or fewer are never near, as for similar().
    """
    found = set()
    for place in range(len(key) + 1):
        head, tail = key[:place], key[place:]
        found.add(head + tail[1:])
        found.add(head + tail[1:2] + tail[:1] + tail[2:])
        for letter in _LETTERS if place else _LETTERS + _ONLY_FIRST:
            found.add(head + letter + tail)
            found.add(head + letter + tail[1:])
    long_enough = (near for near in found - {key} if max(len(near), len(key)) >= _SHORTEST_NEAR)
    return tuple(sorted(near for near in long_enough if _is_key(near)))


def _is_key(text: str) -> bool:
    """Whether a folded key can read so: no letter twice in a row, no H at its end."""
    return bool(text) and not _TWICE.search(text) and not (len(text) > 1 and text.endswith("H"))


def _joined(one: str, two: str) -> set[str]:
    first, second = _fold(one), _fold(two)
    parted = first + (second[1:] if second.startswith("A") else second)
    return {_fold(one + two), _TWICE.sub(r"\1", parted)}
