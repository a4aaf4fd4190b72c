"""The offers of the case as sheets, the versions of their information sheets, and invented offers for benchmarks."""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path
from random import Random

from liberty_case.persons import COUNTRIES
from liberty_case.shapes import COLUMNS, Table, blank, read

CASE = Path(__file__).resolve().parent.parent
FACTS = CASE / "facts"
SHEETS = CASE / "sheets"


def case_offers() -> Table:
    """The offers as they stood on 31 December 2013; `quota` is what was published or assumed, `used` what is taken."""
    return [{column: row[column] for column in COLUMNS["offers"]} for row in read(FACTS / "offers.csv")]


class SheetVersions:
    """Which version of an offer's information sheet was in force on a day."""

    def __init__(self, starts: dict[str, list[str]]) -> None:
        self._starts = starts

    @classmethod
    def of_case(cls) -> SheetVersions:
        """The versions in `sheets/`."""
        starts = {}
        for path in sorted(SHEETS.glob("*.json")):
            sheet = json.loads(path.read_text(encoding="utf-8"))
            starts[sheet["offer"]] = [version["date"] for version in sheet["versions"]]
        return cls(starts)

    def on(self, offer: str, day: str) -> int:
        """Number of the version in force; 0 before the first."""
        return bisect_right(self._starts.get(offer, ["2013-01-01"]), day)


def invented_offers(seed: int, count: int, residents: int) -> Table:
    """Offers for a benchmark of any size: about six places for every ten people; all values are invented."""
    rng = Random(f"{seed}/offers")
    weights = [rng.lognormvariate(0, 0.9) for _ in range(count)]
    scale = 0.6 * residents / sum(weights)
    offers = []
    for number, weight in enumerate(weights, 1):
        country = COUNTRIES[(number - 1) % len(COUNTRIES)]
        quota = max(2, round(weight * scale))
        offers.append(
            blank(
                "offers",
                id=f"S-{number:04d}",
                title=f"Synthetic offer {number}",
                provider="Invented state",
                destination=country,
                kind=rng.choice(("resettlement", "humanitarian_transfer", "complementary_pathway")),
                quota=str(quota),
                medical_quota=str(max(1, quota // 8)) if rng.random() < 0.5 else "",
                reserved_for_links=str(quota // 10) if rng.random() < 0.3 else "",
                status=rng.choices(("open", "confirmed", "announced", "reported"), (60, 25, 10, 5))[0],
                status_on="2013-12-01",
                assumed="quota;medical_quota;reserved_for_links;status;criteria",
                criteria=_criteria(rng, country),
                used="0",
            )
        )
    return offers


def _criteria(rng: Random, country: str) -> str:
    return rng.choices(
        (
            "status in refugee|other_of_concern",
            "status in refugee|other_of_concern AND age < 65",
            f"status in refugee|other_of_concern AND (earlier_residence in {country} OR family_link in {country})",
            "status in refugee AND need in SM-CC|SM-CI|DS-PS|TR-PI",
        ),
        (55, 20, 15, 10),
    )[0]
