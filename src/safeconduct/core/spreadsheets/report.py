"""The faulty rows come back as a sheet: as they were, with the fault and the mend beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _now

from safeconduct.core.spreadsheets.columns import FAULT, MEND, fold, report_headers
from safeconduct.core.spreadsheets.faults import RowFault
from safeconduct.core.spreadsheets.rows import Row
from safeconduct.core.spreadsheets.write import Receipt, Sheet, write_csv, write_xlsx
from safeconduct.core.spreadsheets.write_ods import write_ods


def write_report(target: Path, headers: Sequence[str], rows: Iterable[Row], faults: Iterable[RowFault]) -> Receipt:
    """Write the faulty rows under their own headers, and two columns: what is wrong, and how to mend it.

    Only rows that have a fault are written. xlsx, or csv or ods by the ending of `target`. The mended file can be
    imported as it is: the two columns are not read, and a report of a report has them once.
    """
    by_row: dict[tuple[str, int], list[RowFault]] = {}
    for fault in faults:
        by_row.setdefault((fault.sheet, fault.row), []).append(fault)
    kept = [header for header in headers if fold(header) not in report_headers()]

    def lines() -> Iterable[list]:  # type: ignore[type-arg]
        for row in rows:
            found = by_row.get((row.sheet, row.number))
            if found:
                told = "\n".join(dict.fromkeys(_place(fault) + fault.says for fault in found))
                mends = "\n".join(dict.fromkeys(fault.mend for fault in found))
                yield [*(row.cells.get(header) for header in kept), told[:32_000], mends[:32_000]]

    sheet = Sheet(_now("Faulty rows"), [*kept, str(FAULT), str(MEND)], lines())
    if target.suffix.lower() == ".csv":
        return write_csv(target, sheet)
    write = write_ods if target.suffix.lower() == ".ods" else write_xlsx
    return write(target, [sheet], right_to_left=get_language_bidi())


def _place(fault: RowFault) -> str:
    name = fault.header or fault.column
    return f"{name}: " if name else ""
