"""Which of our columns each of their headers means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from safeconduct.core.languages import plain
from safeconduct.core.spreadsheets.faults import SheetFault, declare

_BRACKETS = re.compile(r"[(\[{（][^()\[\]{}（）]*[)\]}）]")

FAULT = _("Fault")
MEND = _("How to mend it")


@dataclass(frozen=True)
class Column:
    """A column of ours: its name in our sheets, what it holds, and what others call it.

    `loose`: words that mean it only where no other header says it better, such as "No".
    """

    name: str
    says: Any = ""
    required: bool = False
    synonyms: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


@dataclass
class Recognised:
    """Their header → our column; headers nobody knows; columns that two headers claim; required ones that none does."""

    mapping: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    conflicts: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def fold(header: str) -> str:
    """A header without case, accents, signs, brackets, its Kobo group; Arabic and Persian letters are one."""
    last = header.replace("\\", "/").rsplit("/", 1)
    tail = last[-1] if len(last) == 2 and _is_path(header) else header
    bare = plain(_BRACKETS.sub(" ", tail)) or plain(tail)
    return bare.replace(" ", "")


def _is_path(header: str) -> bool:
    """group/sub/given_name is a path; "Relationship to PA/HoH", "نام / name" and "S/N" are not."""
    return " " not in header.strip() and all(len(part) > 1 for part in header.strip().split("/"))


def recognise(headers: Sequence[str], columns: Iterable[Column], remembered: Mapping[str, str] | None = None) -> Recognised:
    """Map headers to columns: by what was remembered or said, then by name, then by synonym.

    A column that two headers claim is a conflict unless only one of them was remembered or is its exact name; the
    columns of our own report of faults are left out. Last come loose words, and what Kobo adds by itself ("_id"): that
    stands only for a column that is needed. `remembered` maps a header to a column's name, or to "" to leave it out.
    """
    columns = list(columns)
    known = {fold(word): column.name for column in columns for word in (*column.synonyms, column.name)}
    named = {fold(column.name): column.name for column in columns}
    loose = {fold(word): column.name for column in columns for word in column.loose}
    needed = {column.name for column in columns if column.required}
    told = {fold(header): name for header, name in (remembered or {}).items()}
    claims: dict[str, list[tuple[int, str]]] = {}
    result = Recognised()
    for header in headers:
        key = fold(header)
        if key in told or not key or key in report_headers():
            rank, name = 0, told.get(key, "")
            if not name:
                continue
        elif header.startswith("_"):
            rank, name = 4, known.get(key, "") if known.get(key) in needed else ""
        elif key in loose:
            rank, name = 3, loose[key]
        else:
            rank, name = (1, named[key]) if key in named else (2, known.get(key, "") or _half(header, known | loose))
        if name:
            claims.setdefault(name, []).append((rank, header))
        else:
            result.unmapped.append(header)
    for name, claimed in claims.items():
        best = min(rank for rank, _ in claimed)
        first = [header for rank, header in claimed if rank == best]
        result.mapping[first[0]] = name
        if len(first) > 1:
            result.conflicts[name] = first
        result.unmapped += [header for rank, header in claimed if rank > best]
    result.missing = [column.name for column in columns if column.required and column.name not in claims]
    return result


def _half(header: str, known: Mapping[str, str]) -> str:
    """A header in two languages, "نام / Given name" or "Nom (نام)": its halves must agree."""
    parts = [part for part in re.split(r"[/|()\[\]\n–—]| - ", header) if plain(part)]
    found = {known[key] for key in map(fold, parts) if key in known and len(key) > 1}
    return found.pop() if len(parts) > 1 and len(found) == 1 else ""


def count_known(columns: Iterable[Column], remembered: Mapping[str, str] | None = None):  # type: ignore[no-untyped-def]
    """For read_table(): how many different columns the headers of a row mean."""
    columns = list(columns)
    return lambda headers: len(set(recognise(headers, columns, remembered).mapping.values()))


@lru_cache(maxsize=1)
def report_headers() -> frozenset[str]:
    """The two columns of our report of faults, in every language of the site: they are not read back."""
    found = {fold(str(FAULT._args[0])), fold(str(MEND._args[0]))}  # the English source
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {fold(gettext("Fault")), fold(gettext("How to mend it"))}
    return frozenset(found)


def parse_map(said: str, columns: Iterable[Column]) -> tuple[str, str]:
    """ "Their header=given_name" → header and column; "Their header=" leaves the column out. SheetFault otherwise."""
    header, sign, name = said.rpartition("=")
    known = [column.name for column in columns]
    if not sign or not header.strip():
        raise SheetFault("sheets.not_a_mapping")
    if name.strip() and name.strip() not in known:
        raise SheetFault("sheets.no_such_column", column=name.strip(), known=", ".join(known))
    return header.strip(), name.strip()


declare(
    {
        "sheets.not_a_mapping": (
            _("A column is mapped as “their header=our_column”."),
            _('Write for example: --map "Nom=family_name".'),
        ),
        "sheets.no_such_column": (
            _("There is no column %(column)s here."),
            _("The columns are: %(known)s."),
        ),
    }
)
