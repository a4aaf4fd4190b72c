"""A row against the register: new, changed, the same, or perhaps somebody who is here already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from safeconduct.engines.linkage.names import search_keys, similar
from safeconduct.register.imports.kinds import Compared
from safeconduct.register.imports.people import PersonRow
from safeconduct.register.models import NameKey, NameKind, Person, PersonName, RowState
from safeconduct.register.queries import in_parts
from safeconduct.register.sheets.snapshot import known_people

LIKELY = 0.85  # similarity of full names from which a row is shown beside somebody who is here
Pair = tuple[str, str]
_FULL = (NameKind.GIVEN, NameKind.FATHER, NameKind.FAMILY)
_FEW_YEARS = 12  # a birth known less exactly than this is compared with every year
_UNORDERED = {"nationalities", "needs", "languages", "earlier_residences", "family_links"}


def compare_people(rows: Sequence[PersonRow], *, look_for_duplicates: bool = True) -> Iterator[Compared]:
    """Each row with its state. Rows whose number is new are compared by name and birth with those who are here."""
    told = {row.number: row for row in rows}
    known = {each.row.number: tuple(_changed(told[each.row.number], each.row)) for each in known_people(told)}
    likely = _likely([row for row in rows if row.number not in known]) if look_for_duplicates else {}
    for row in rows:
        if row.number in known:
            changed = known[row.number]
            yield Compared(row, RowState.CHANGED if changed else RowState.UNCHANGED, changed)
        else:
            found = likely.get(row.number, ())
            yield Compared(row, RowState.POSSIBLE_DUPLICATE if found else RowState.NEW, likely=found)


def _changed(row: PersonRow, known: PersonRow) -> Iterator[str]:
    for each in fields(PersonRow):
        told, had = getattr(row, each.name), getattr(known, each.name)
        if told is None or each.name == "number":
            continue
        if each.name == "names":
            kinds = {kind for kind, _text in told}
            if sorted(told) != sorted(name for name in had if name[0] in kinds):
                yield each.name
        elif each.name == "birth":
            if (told.earliest, told.latest) != (had.earliest, had.latest) or (told.as_told and told.precision != had.precision):
                yield each.name
        elif each.name == "relationship" and not told:
            continue
        elif (sorted(told, key=str) != sorted(had, key=str)) if each.name in _UNORDERED else told != had:
            yield each.name


def _likely(rows: Sequence[PersonRow]) -> dict[str, tuple[tuple[str, str], ...]]:
    """New row → people here (or earlier rows of the sheet) whose names are alike and whose birth dates can be the same."""
    wanted = {row.number: _pairs(row) for row in rows}
    index = _Index()
    for pair, someone in _here_by_pair({pair for pairs in wanted.values() for pair in pairs}):
        index.add(pair, someone)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows:
        birth = row.birth
        me = Someone(row.number, birth.earliest if birth else None, birth.latest if birth else None, (_full(row),))
        near = {other.number: other for pair in wanted[row.number] for other in index.near(pair, me)}
        hits = {number: reason for number, other in near.items() if (reason := _alike(me, other))}
        if hits:
            found[row.number] = tuple(sorted(hits.items())[:5])
        for pair in wanted[row.number]:
            index.add(pair, me)
    return found


class Someone(NamedTuple):
    """Who may be the same: number, birth interval (None and None where it is not known), full names."""

    number: str
    earliest: date | None
    latest: date | None
    names: tuple[str, ...]


class _Index:
    """People by the keys of their names and the years in which they may be born, so that few are compared."""

    def __init__(self) -> None:
        self._by_year: dict[tuple[Pair, int | None], list[Someone]] = defaultdict(list)
        self._all: dict[Pair, list[Someone]] = defaultdict(list)

    def add(self, pair: Pair, someone: Someone) -> None:
        self._all[pair].append(someone)
        for year in _years(someone) or (None,):
            self._by_year[(pair, year)].append(someone)

    def near(self, pair: Pair, someone: Someone) -> Iterable[Someone]:
        """Those of a pair of keys whose birth may be in the same years; all of them where it is hardly known."""
        years = _years(someone)
        if not years:
            return self._all.get(pair, ())
        return chain.from_iterable(self._by_year.get((pair, year), ()) for year in (None, *years))


def _years(someone: Someone) -> Sequence[int]:
    """The years of a birth that is known to some years; none where it is hardly known."""
    if someone.earliest is None or someone.latest is None or someone.latest.year - someone.earliest.year > _FEW_YEARS:
        return ()
    return range(someone.earliest.year, someone.latest.year + 1)


def _pairs(row: PersonRow) -> set[Pair]:
    """(given key, family key) of a row: the two that must be met before names are compared at all."""
    given = {key for kind, text in row.names if kind == NameKind.GIVEN for key in search_keys(text)}
    family = {key for kind, text in row.names if kind == NameKind.FAMILY for key in search_keys(text)}
    return {(one, other) for one in given for other in family}


def _here_by_pair(pairs: Collection[Pair]) -> Iterator[tuple[Pair, Someone]]:
    """(given key, family key) and each person who is here and has both."""
    given = _who_has(NameKind.GIVEN, {pair[0] for pair in pairs})
    family = _who_has(NameKind.FAMILY, {pair[1] for pair in pairs})
    people = {pair: given[pair[0]] & family[pair[1]] for pair in pairs if pair[0] in given and pair[1] in family}
    about = dict(_about({person for group in people.values() for person in group}))
    for pair, group in people.items():
        for person in group:
            yield pair, about[person]


def _who_has(kind: NameKind, keys: Collection[str]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for part in in_parts(sorted(keys)):
        for key, person in NameKey.objects.filter(key__in=part, kind=kind).values_list("key", "person_id").iterator():
            found[key].add(person)
    return dict(found)


def _about(people: Collection[UUID]) -> Iterator[tuple[UUID, Someone]]:
    for part in in_parts(sorted(people)):
        names: dict[UUID, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for pk, kind, script, text in PersonName.objects.filter(person__in=part).values_list("person_id", "kind", "script", "text"):
            names[pk][script][kind] = text
        for pk, *told in Person.objects.filter(pk__in=part).values_list("pk", "number", "born_earliest", "born_latest"):
            full = tuple(" ".join(said[kind] for kind in _FULL if kind in said) for said in names[pk].values())
            yield pk, Someone(*told, full)


def _full(row: PersonRow) -> str:
    """The full name as the sheet's first script tells it."""
    said: dict[str, str] = {}
    for kind, text in row.names:
        said.setdefault(kind, text)
    return " ".join(said[kind] for kind in _FULL if kind in said)


def _alike(one: Someone, two: Someone) -> str:
    """The code of the reason, or nothing: birth intervals must overlap where both are known."""
    if one.earliest and one.latest and two.earliest and two.latest and (one.latest < two.earliest or two.latest < one.earliest):
        return ""
    best = max((similar(mine, other) for mine in one.names for other in two.names), key=lambda each: each.score, default=None)
    return str(best.reason) if best is not None and best.score >= LIKELY else ""
