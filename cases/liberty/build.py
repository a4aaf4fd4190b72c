"""Build the synthetic sheets of the bundled case.

    python cases/liberty/build.py --seed 2013 --people 3100 --out DIR

Every person in them is invented. The same seed gives the same bytes. Needs Python 3.11 and nothing else.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from liberty_case.choices import choice_rows, draw_bulk_talks, draw_talks
from liberty_case.offers import SheetVersions, case_offers, invented_offers
from liberty_case.people import departure_rows, draw_units, family_rows, people_rows
from liberty_case.shapes import Table, as_csv

NOTICE = """SYNTHETIC
Every person in these sheets is invented (seed {seed}, {people} people). Any likeness to a real person is chance.
The offers are {offers}. Read cases/liberty/README.md.
"""


def make(seed: int = 2013, people: int = 3100, offers: int | None = None) -> dict[str, Table]:
    """The sheets of the case as lists of rows, every cell a string.

    `people`: how many residents, 1 or more, of whom about a tenth have left. `offers`: None for the offers of the case;
    a number for so many invented offers (benchmarks). Keys: people, families, offers, choices, choices_later (answers
    that people changed; to be imported after choices), departures. Raises ValueError on numbers below 1.
    """
    if people < 1 or (offers is not None and offers < 1):
        raise ValueError("At least one person and one offer.")
    units = draw_units(seed, people)
    if offers is None:
        sheet, versions = case_offers(), SheetVersions.of_case()
        first, later = draw_talks(seed, units, people, versions)
    else:
        sheet, versions = invented_offers(seed, offers, people), SheetVersions({})
        first, later = draw_bulk_talks(seed, units, sheet), []
    departures = departure_rows(units)
    if offers is not None:
        departures = [row | {"offer_id": ""} for row in departures]
    return {
        "people": people_rows(seed, units),
        "families": family_rows(units),
        "offers": sheet,
        "choices": choice_rows(first, versions),
        "choices_later": choice_rows(later, versions),
        "departures": departures,
    }


def write(sheets: dict[str, Table], out: Path, notice: str) -> None:
    """Write each sheet as CSV and the notice that all is synthetic."""
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        (out / f"{name}.csv").write_text(as_csv(name, rows), encoding="utf-8", newline="")
    (out / "SYNTHETIC.txt").write_text(notice, encoding="utf-8", newline="")


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, build, write, and say how many rows."""
    parser = argparse.ArgumentParser(description="Build the synthetic sheets of the bundled case.")
    parser.add_argument("--seed", type=int, default=2013)
    parser.add_argument("--people", type=int, default=3100)
    parser.add_argument("--offers", type=int, default=None, help="invent so many offers instead of those of the case")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args(arguments)
    sheets = make(asked.seed, asked.people, asked.offers)
    kind = "those of the case" if asked.offers is None else "invented"
    write(sheets, asked.out, NOTICE.format(seed=asked.seed, people=asked.people, offers=kind))
    print(", ".join(f"{name} {len(rows)}" for name, rows in sheets.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
