"""A search as the reader sees it: how the words were read, which spellings met, and why each person is in the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.reads.api import seen
from safeconduct.engines.linkage.names import Reason, is_title, search_keys
from safeconduct.register.models import NameKind, Person

_REASONS: dict[str, Any] = {
    Reason.SAME_FORM: _("typed alike"),
    Reason.SAME_WORDS: _("same words in another order"),
    Reason.SAME_KEY: _("another spelling or script"),
    Reason.CLOSE_KEY: _("a letter or two differ"),
    Reason.PART_MISSING: _("met as a part of the name"),
    Reason.PART_DIFFERS: _("a part of the name differs"),
    Reason.UNLIKE: _("the number begins so"),
}
# Enough to see how wide the net was.
_SHOWN = 8


def why(person: Person, reason: str, keys: Collection[str]) -> Any:
    """Why a person is in the list, in words. Somebody met by the father's name alone is said to be."""
    kinds = {name.kind for name in person.names.all() if set(search_keys(name.text)).intersection(keys)}
    if kinds and kinds <= {NameKind.FATHER, NameKind.GRANDFATHER}:
        return _("by a forefather's name")
    return _REASONS[Reason(reason)]


@dataclass(frozen=True)
class Piece:
    """A piece of a name, and whether it is what the search met."""

    text: str
    met: bool


def pieces(text: str, keys: Collection[str]) -> list[Piece]:
    """A name in pieces, its words and what stands between them, those that the search met marked."""
    words = text.split(" ")
    met = [bool(set(search_keys(word)).intersection(keys)) for word in words]
    for place, (one, two) in enumerate(pairwise(words)):
        joined = set(search_keys(f"{one} {two}")) - set(search_keys(one)) - set(search_keys(two))
        if joined.intersection(keys):
            met[place] = met[place + 1] = True
    return [Piece(word, hit) for word, hit in zip(words, met, strict=True)]


def spellings(people: Iterable[Person], keys: Collection[str]) -> list[str]:
    """The distinct spellings that the search met among the people it found, at most eight, in the order of the list."""
    found: dict[str, None] = {}
    for person in people:
        for name in person.names.all():
            if name.kind == NameKind.FATHER or name.kind == NameKind.GRANDFATHER:
                continue
            for piece in pieces(name.text, keys):
                if piece.met and piece.text not in found:
                    found.setdefault(piece.text)
                    seen(person)
        if len(found) >= _SHOWN:
            break
    return list(found)[:_SHOWN]


def titles_left_out(text: str) -> list[str]:
    """The words of the question that are titles, and therefore asked of nobody; none where all are."""
    words = text.split()
    titles = [word for word in words if is_title(word)]
    return titles if len(titles) < len(words) else []
