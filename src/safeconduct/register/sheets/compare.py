"""A row against the register: new, changed, the same, or perhaps somebody who is here already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from safeconduct.engines.linkage.names import search_keys, similar
from safeconduct.register.imports.kinds import Compared
from safeconduct.register.imports.people import PersonRow
from safeconduct.register.models import NameKey, NameKind, Person, PersonName, RowState
from safeconduct.register.sheets.snapshot import known_people

LIKELY = 0.85  # similarity of full names from which a row is shown beside somebody who is here
_UNORDERED = {"nationalities", "needs", "languages", "earlier_residences", "family_links"}


def compare_people(rows: Sequence[PersonRow], *, look_for_duplicates: bool = True) -> Iterator[Compared]:
    """Each row with its state. Rows whose number is new are compared by name and birth with those who are here."""
    known = {each.row.number: each.row for each in known_people(row.number for row in rows)}
    new = [row for row in rows if row.number not in known]
    likely = _likely(new) if look_for_duplicates else {}
    for row in rows:
        if row.number in known:
            changed = tuple(_changed(row, known[row.number]))
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


def _likely(rows: Sequence[PersonRow]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """New row → people here (or earlier rows of the sheet) whose names are alike and whose birth dates can be the same."""
    by_pair: dict[tuple[str, str], list[tuple[str, PersonRow | None]]] = defaultdict(list)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    wanted = {row.number: _pairs(row) for row in rows}
    keys = {key for pairs in wanted.values() for pair in pairs for key in pair}
    here = _here_by_pair(keys, {pair for pairs in wanted.values() for pair in pairs})
    for row in rows:
        hits: dict[str, str] = {}
        for pair in wanted[row.number]:
            for number, earliest, latest, names in here.get(pair, ()):
                reason = _alike(row, earliest, latest, names)
                if reason:
                    hits[number] = reason
            for number, other in by_pair[pair]:
                if other is not None and other.birth is not None:
                    reason = _alike(row, other.birth.earliest, other.birth.latest, [_full(other)])
                    if reason:
                        hits[number] = reason
        for pair in wanted[row.number]:
            by_pair[pair].append((row.number, row))
        if hits:
            found[row.number] = tuple(sorted(hits.items())[:5])
    return found


def _pairs(row: PersonRow) -> set[tuple[str, str]]:
    """(given key, family key) of a row: the two that must be met before names are compared at all."""
    names = row.names or ()
    given = {key for kind, text in names if kind == NameKind.GIVEN for key in search_keys(text)}
    family = {key for kind, text in names if kind == NameKind.FAMILY for key in search_keys(text)}
    return {(one, other) for one in given for other in family}


def _here_by_pair(keys, pairs):  # type: ignore[no-untyped-def]
    """(given key, family key) → people who are here: number, birth interval, full names."""
    given: dict[str, set] = defaultdict(set)
    family: dict[str, set] = defaultdict(set)
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        for key, kind, person in NameKey.objects.filter(
            key__in=wanted[start : start + 500], kind__in=(NameKind.GIVEN, NameKind.FAMILY)
        ).values_list("key", "kind", "person_id"):
            (given if kind == NameKind.GIVEN else family)[key].add(person)
    people = {pair: given[pair[0]] & family[pair[1]] for pair in pairs}
    ids = list({person for group in people.values() for person in group})
    about, names = {}, defaultdict(lambda: defaultdict(dict))
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        for pk, number, earliest, latest in Person.objects.filter(pk__in=part).values_list(
            "pk", "number", "born_earliest", "born_latest"
        ):
            about[pk] = (number, earliest, latest)
        for pk, kind, script, text in PersonName.objects.filter(person__in=part).values_list("person_id", "kind", "script", "text"):
            names[pk][script][kind] = text
    return {
        pair: [(*about[pk], [_joined(by_kind) for by_kind in names[pk].values()]) for pk in group]
        for pair, group in people.items()
        if group
    }


def _joined(by_kind: Mapping[str, str]) -> str:
    return " ".join(by_kind[kind] for kind in (NameKind.GIVEN, NameKind.FATHER, NameKind.FAMILY) if kind in by_kind)


def _full(row: PersonRow) -> str:
    order = (NameKind.GIVEN, NameKind.FATHER, NameKind.FAMILY)
    return " ".join(text for wanted in order for kind, text in (row.names or ())[:3] if kind == wanted)


def _alike(row: PersonRow, earliest, latest, names: Sequence[str]) -> str:  # type: ignore[no-untyped-def]
    """The code of the reason, or nothing: birth intervals must overlap where both are known."""
    birth = row.birth
    if (
        birth is not None
        and birth.earliest
        and birth.latest
        and earliest
        and latest
        and (birth.latest < earliest or latest < birth.earliest)
    ):
        return ""
    best = max((similar(_full(row), name) for name in names), key=lambda each: each.score, default=None)
    return str(best.reason) if best is not None and best.score >= LIKELY else ""
