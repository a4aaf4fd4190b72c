"""The sheets that the case writes: their columns, in order, and how a cell is written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

Row = dict[str, str]
Table = list[Row]


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


COLUMNS: dict[str, tuple[str, ...]] = {
    "people": _columns(
        """id given_name family_name father_name grandfather_name alias given_name_other family_name_other
        father_name_other grandfather_name_other sex birth_date nationality family_id relationship specific_needs
        urgency status status_since block arrived_on left_on languages earlier_residence family_links"""
    ),
    "families": _columns("family_id person_id relationship related_to kind starts ends disputed_by"),
    "offers": _columns(
        """id title title_fa title_ar provider destination kind quota medical_quota reserved_for_links minimum_fill
        opens_on closes_on status status_on status_source conditions conditions_fa conditions_ar
        exclusions exclusions_fa exclusions_ar unknowns unknowns_fa unknowns_ar
        guarantor supervising_body legal_basis assumed criteria used"""
    ),
    "choices": _columns(
        """person_id offer_id answer rank alone sheet_version language read_aloud present interpreter_chosen
        taken_by taken_on"""
    ),
    "departures": _columns("person_id offer_id departed_on"),
}
COLUMNS["choices_later"] = COLUMNS["choices"]


def blank(sheet: str, **cells: str) -> Row:
    """A row of a sheet with every column, the given cells filled in."""
    row = dict.fromkeys(COLUMNS[sheet], "")
    unknown = cells.keys() - row.keys()
    if unknown:
        raise KeyError(f"{sheet} has no column {sorted(unknown)}")
    return row | cells


def as_csv(sheet: str, rows: Table) -> str:
    """The sheet as UTF-8 comma-separated text with LF line ends, the same on every machine."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS[sheet], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(path: Path) -> Table:
    """The rows of a facts file, every cell a string."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(lines)]
