"""When people came and when they left, in groups: published totals, invented days between them.

Arrivals: 397 on 18 February 2012 (UNHCR-UPD2), about 2,000 by June 2012, 680 on 16 September 2012, 42 on 12 September
2013 (UNAMI); the days between and the sizes of the middle convoys are ours. Departures: 7 by February 2013, 14, 30 and
27 people to Albania, 78 in all by 21 June, 240 by 23 October, 311 by 31 December 2013, of them 199 to Albania (shared
series and sources.csv); the days and the split among the other states are ours.
"""

from __future__ import annotations

from collections.abc import Sequence

RESIDENTS = 3_100
PROTECTION_NEEDS = 2_023  # UNHCR-FS-2014Q1

# The state behind each offer, for those with a tie to it.
STATES = {
    "albania-2013": "ALB",
    "germany-2013": "DEU",
    "united-kingdom-2012": "GBR",
    "norway-2012": "NOR",
    "italy-2013": "ITA",
    "finland-2013": "FIN",
    "united-states-2012": "USA",
}

ARRIVALS: tuple[tuple[str, int], ...] = (
    ("2012-02-18", 397),
    ("2012-03-08", 396),
    ("2012-03-20", 400),
    ("2012-04-16", 400),
    ("2012-05-05", 400),
    ("2012-08-29", 385),
    ("2012-09-16", 680),
    ("2013-09-12", 42),
)

# Day, people, offer; an empty offer: a state that no source names for that time.
DEPARTURES: tuple[tuple[str, int, str], ...] = (
    ("2012-09-20", 5, ""),  # readmitted with valid papers, outside the 52 cases
    ("2013-02-20", 2, "norway-2012"),
    ("2013-05-15", 14, "albania-2013"),
    ("2013-05-31", 30, "albania-2013"),
    ("2013-06-21", 27, "albania-2013"),
    ("2013-07-10", 7, "germany-2013"),
    ("2013-07-18", 20, "albania-2013"),
    ("2013-08-01", 20, "albania-2013"),
    ("2013-08-15", 18, "albania-2013"),
    ("2013-08-29", 15, "albania-2013"),
    ("2013-09-05", 15, "albania-2013"),
    ("2013-09-12", 20, "albania-2013"),
    ("2013-09-20", 20, "germany-2013"),
    ("2013-10-10", 8, "italy-2013"),
    ("2013-10-17", 10, "finland-2013"),
    ("2013-10-22", 4, "norway-2012"),
    ("2013-10-22", 5, ""),
    ("2013-11-07", 22, "germany-2013"),
    ("2013-11-21", 20, "albania-2013"),
    ("2013-12-05", 22, "germany-2013"),
    ("2013-12-12", 7, ""),
)


def scaled(counts: Sequence[int], total: int) -> list[int]:
    """The counts in proportion to a new total, whole numbers that add up to it (largest remainder)."""
    whole = sum(counts)
    shares = [count * total for count in counts]
    parts = [share // whole for share in shares]
    by_remainder = sorted(range(len(counts)), key=lambda i: (-(shares[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def share(count: int, residents: int) -> int:
    """A number of the real site in proportion to a register of another size."""
    return round(count * residents / RESIDENTS)
