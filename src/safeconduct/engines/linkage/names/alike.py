"""How alike two names are: to rank what the keys found, and to point at possible duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from safeconduct.engines.linkage.names.forms import normal_form
from safeconduct.engines.linkage.names.keys import TITLES, fold, search_keys, with_vowels, words

TITLE_WEIGHT: Final = 0.2
# Of a score, the part that the shorter name decides alone; the rest asks that nothing is missing from it.
_SHORTER_DECIDES: Final = 0.7


class Reason(StrEnum):
    """Why two names count as alike, from the strongest to none."""

    SAME_FORM = "same_form"  # typed alike, up to keyboards, signs and case
    SAME_WORDS = "same_words"  # the same words in another order
    SAME_KEY = "same_key"  # another spelling, script or way of joining
    CLOSE_KEY = "close_key"  # a letter or two differ
    PART_MISSING = "part_missing"  # what both have agrees; one has more
    PART_DIFFERS = "part_differs"  # some of it agrees, some does not
    UNLIKE = "unlike"


class Likeness(NamedTuple):
    """A score from 0 (nothing in common) to 1 (typed alike), and its reason. No probability."""

    score: float
    reason: Reason


_RANK: Final = {Reason.SAME_FORM: 0, Reason.SAME_WORDS: 1, Reason.SAME_KEY: 2, Reason.CLOSE_KEY: 3}


def similar(a: str, b: str) -> Likeness:
    """How alike two names of one or more words are, in any script and order of words. Symmetric.

    1 only for equal normal forms; a word with an equal key counts 0.80 to 0.95 (the more, the better its long vowels
    agree), one whose key is a letter or two off at most 0.8. Titles weigh a fifth. A part that one name lacks costs
    little: people leave out grandfathers and tribes. Empty names are unlike everything, each other too.
    """
    first, second = words(a), words(b)
    if not first or not second:
        return Likeness(0.0, Reason.UNLIKE)
    if normal_form(a) == normal_form(b):
        return Likeness(1.0, Reason.SAME_FORM)
    one, two = _joined_like(first, second), _joined_like(second, first)
    pairs = _aligned(one, two)
    agreed = sum(score * min(_weight(one[i]), _weight(two[j])) for score, _, i, j in pairs)
    weights = sorted((sum(map(_weight, one)), sum(map(_weight, two))))
    score = agreed * (_SHORTER_DECIDES / weights[0] + (1 - _SHORTER_DECIDES) / weights[1])
    return Likeness(round(min(score, 0.99), 4), _reason(pairs, one, two))


def _weight(word: str) -> float:
    return TITLE_WEIGHT if word in TITLES else 1.0


def _joined_like(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """These words, with two neighbours joined where the other name has them as one word."""
    wanted = {fold(word) for word in those}
    joined: list[str] = []
    for word in these:
        pair = set(search_keys(f"{joined[-1]} {word}")) - {fold(joined[-1]), fold(word)} if joined else set()
        if pair & wanted:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _aligned(one: list[str], two: list[str]) -> list[tuple[float, Reason, int, int]]:
    """The best pairs first, each word used once."""
    every = [(*_words_alike(*sorted((x, y))), i, j) for i, x in enumerate(one) for j, y in enumerate(two)]
    every.sort(key=lambda pair: (-pair[0], pair[2] + pair[3], abs(pair[2] - pair[3])))
    pairs: list[tuple[float, Reason, int, int]] = []
    left, right = set(range(len(one))), set(range(len(two)))
    for score, reason, i, j in every:
        if score and i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((score, reason, i, j))
    return pairs


def _reason(pairs: list[tuple[float, Reason, int, int]], one: list[str], two: list[str]) -> Reason:
    if not pairs:
        return Reason.UNLIKE
    plain = min(sum(word not in TITLES for word in one), sum(word not in TITLES for word in two))
    worst = max((reason for _, reason, _, _ in pairs), key=_RANK.__getitem__)
    if sum(one[i] not in TITLES and two[j] not in TITLES for _, _, i, j in pairs) < plain:
        return Reason.PART_DIFFERS
    if len(one) != len(two) and worst is not Reason.CLOSE_KEY:
        return Reason.PART_MISSING
    return Reason.SAME_WORDS if worst is Reason.SAME_FORM else worst


@lru_cache(maxsize=1 << 16)
def _words_alike(one: str, two: str) -> tuple[float, Reason]:
    if one == two:
        return 1.0, Reason.SAME_FORM
    first, second = fold(one), fold(two)
    if not first or not second:
        return 0.0, Reason.UNLIKE
    if first == second:
        return 0.80 + 0.15 * _share_kept(with_vowels(one), with_vowels(two)), Reason.SAME_KEY
    longest = max(len(first), len(second))
    allowed = 0 if longest < 3 else 1 if longest < 6 else 2
    apart = _edits(first, second) if abs(len(first) - len(second)) <= allowed else longest
    return (0.95 * (1 - apart / longest), Reason.CLOSE_KEY) if apart <= allowed else (0.0, Reason.UNLIKE)


def _share_kept(one: str, two: str) -> float:
    return 1 - _edits(one, two) / max(len(one), len(two))


def _edits(one: str, two: str) -> int:
    """Drops, slips, insertions and swaps of neighbours (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, x in enumerate(one, 1):
        last, row, before = row, [i], row if i == 1 else before
        for j, y in enumerate(two, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y)))
            if i > 1 and j > 1 and x == two[j - 2] and one[i - 2] == y:
                row[j] = min(row[j], before[j - 2] + 1)
        before = last
    return row[-1]
