"""Read a sheet and hold it against what is known. Long work, outside any action; nothing is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Actor, Refusal
from safeconduct.core.spreadsheets.api import Parsed, Recognised, Row, read_table, recognise
from safeconduct.core.spreadsheets.columns import count_known, fold
from safeconduct.register.arrive.own_cases import only_own_cases
from safeconduct.register.imports.kinds import Compared, Kind
from safeconduct.register.models import RememberedColumn, RowState

Progress = Callable[[int], None]


class NothingImportable(Refusal):
    code = "imports.nothing_importable"
    says = _("%(file)s: no row of this sheet can be taken in. %(why)s")
    mend = _("Compare it with a sheet that the site itself exports, or say which column is which.")
    status = 422


class EveryRowFaulty(NothingImportable):
    code = "imports.every_row_faulty"
    mend = _("Mend the faulty rows, each says how, and read them in again.")


class ColumnsUnclear(NothingImportable):
    """Somebody must say which column is which; `headers` and `mapping` tell what is known."""

    code = "imports.columns_unclear"
    headers: list[str]
    mapping: dict[str, str]
    says = _("%(file)s: these columns are needed and were not found: %(missing)s. The sheet has: %(headers)s.")
    mend = _("Say which column is which: in the preview, or with --map “their header=our column”.")


class ColumnsClash(ColumnsUnclear):
    code = "imports.columns_clash"
    says = _("%(file)s: two columns of the sheet mean the same: %(clash)s.")
    mend = _("Say which of them counts: in the preview, or with --map “their header=our column”.")


class NotInSheet(NothingImportable):
    code = "imports.not_in_sheet"
    says = _("%(file)s: the sheet has no column “%(header)s”. It has: %(headers)s.")
    mend = _("Write the header as it stands in the sheet, before the last “=”.")


@dataclass
class Reading:
    """A sheet as it was read: its columns, every row that was understood and compared, every faulty row."""

    kind: Kind
    file: str
    digest: str
    sheet: str
    other_sheets: tuple[str, ...]
    headers: list[str]
    recognised: Recognised
    parsed: Parsed[Any]
    compared: list[Compared]
    sources: list[Row]

    def count(self, state: str) -> int:
        """Rows of one state."""
        return sum(each.state == state for each in self.compared)

    def summary(self) -> dict[str, int]:
        """The numbers that the page and the shell show."""
        return {
            "rows": len(self.compared) + len(self.parsed.faulty),
            "new": self.count(RowState.NEW), "changed": self.count(RowState.CHANGED),
            "unchanged": self.count(RowState.UNCHANGED), "possible_duplicates": self.count(RowState.POSSIBLE_DUPLICATE),
            "faulty": len(self.parsed.faulty), "warnings": len(self.parsed.warnings),
        }  # fmt: skip

    def why_nothing(self) -> EveryRowFaulty:
        """What to say where every row is faulty: the commonest fault, how often, and where first."""
        told = [(fault.header or fault.column, fault.says) for fault in self.parsed.faults]
        (commonest, times), *_others = Counter(told).most_common(1)
        row = self.parsed.faults[told.index(commonest)].row
        why = str(_("%(column)s: %(says)s (%(times)s×, first in row %(row)s)"))
        return EveryRowFaulty(file=self.file, why=why % {"column": commonest[0], "says": commonest[1], "times": times, "row": row})

    def rows_to_take(self) -> list[Any]:
        """The rows that change something, in the order of the sheet."""
        return [each.row for each in self.compared if each.state != RowState.UNCHANGED]


def read_sheet(
    path: Path, kind: Kind, *, by: Actor, today: date, maps: Mapping[str, str] | None = None, sheet: str | None = None,
    name: str = "", progress: Progress = lambda rows: None,
) -> Reading:  # fmt: skip
    """Read and compare a file; every row may be faulty. A row about somebody whose case is not the reader's is.

    Raises SheetFault for a file that is no sheet, NothingImportable for one without rows, ColumnsUnclear, NotInSheet.
    """
    told = remembered(kind) | dict(maps or {})
    table = read_table(path, recognised=count_known(kind.columns, told), sheet=sheet)
    found = recognise(table.headers, kind.columns, told)
    file = name or path.name
    _refuse_absent(maps or {}, table.headers, file)
    _refuse_unclear(found, table.headers, file)
    counted = replace(table, rows=_counted(table.rows, progress))
    parsed = kind.read(counted, found.mapping, today=today)
    if not parsed.rows and not parsed.faulty:
        raise NothingImportable(file=file, why=str(_("The sheet has no rows.")))
    parsed = only_own_cases(parsed, kind.name, by)
    compared = list(kind.compare(parsed.rows))
    by_row = {id(row): source for row, source in zip(parsed.rows, parsed.sources, strict=False)}
    sources = [by_row.get(id(each.row), Row(0, {})) for each in compared]
    return Reading(
        kind, file, digest_of(path), table.sheet, table.other_sheets, list(table.headers), found, parsed, compared, sources
    )


def _refuse_absent(maps: Mapping[str, str], headers: list[str], file: str) -> None:
    known = {fold(header) for header in headers}
    for header in maps:
        if fold(header) not in known:
            raise NotInSheet(file=file, header=header, headers=", ".join(h for h in headers if h), why="")


def _refuse_unclear(found: Recognised, headers: list[str], file: str) -> None:
    refusal: ColumnsUnclear | None = None
    if found.missing:
        refusal = ColumnsUnclear(file=file, missing=", ".join(found.missing), headers=", ".join(h for h in headers if h), why="")
    elif found.conflicts:
        clash = "; ".join(f"{column}: {', '.join(said)}" for column, said in found.conflicts.items())
        refusal = ColumnsClash(file=file, clash=clash, why="")
    if refusal is not None:
        refusal.headers, refusal.mapping = [h for h in headers if h], dict(found.mapping)
        raise refusal


def remembered(kind: Kind) -> dict[str, str]:
    """What colleagues' sheets call our columns, as it was said before."""
    return dict(RememberedColumn.objects.filter(kind=kind.name).values_list("header", "column"))


def _counted(rows: Iterator[Row], progress: Progress) -> Iterator[Row]:
    for n, row in enumerate(rows, 1):
        if n % 500 == 0:
            progress(n)
        yield row


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
