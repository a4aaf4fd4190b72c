"""Invented people in any number, and a fresh sealed site for them; shared by the benchmarks that need a register."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

CASE = Path(__file__).resolve().parents[1] / "cases" / "liberty"
sys.path.insert(0, str(CASE))

from liberty_case.names import FAMILIES, MEN, WOMEN, Name, is_public_figure  # noqa: E402
from liberty_case.people import draw_units, people_rows  # noqa: E402
from liberty_case.shapes import COLUMNS  # noqa: E402

TODAY = date(2013, 12, 31)
NOON = datetime(2013, 12, 31, 9, 0, tzinfo=UTC)


def people(number: int, seed: int = 2013) -> list[dict[str, str]]:
    """Rows of the people sheet as the case draws them, but with names as names are: few that many bear, many rare."""
    chance = Random(f"{seed}/skew")
    units = draw_units(seed, number)
    for unit in units:
        drawn: dict[Any, Name] = {}

        def other(pool: Sequence[Name], name: Name, drawn: dict[Any, Name] = drawn) -> Name:
            """The same name for the same name of one family, so that children keep their father's."""
            if (id(pool), name) not in drawn:
                drawn[(id(pool), name)] = chance.choices(pool, _weights(len(pool)))[0]
            return drawn[(id(pool), name)]

        for person in unit:
            person.family, person.father = other(FAMILIES, person.family), other(MEN, person.father)
            person.given = other(WOMEN if person.sex == "female" else MEN, person.given)
            while is_public_figure(person.given, person.family):
                person.given = chance.choice(MEN if person.sex == "male" else WOMEN)
    return people_rows(seed, units)


def _weights(number: int) -> list[float]:
    """The commonest is borne by about one in seventeen, half of the names by one in five together (Zipf's law)."""
    return [1 / (rank + 5) for rank in range(number)]


def write_people(path: Path, number: int) -> None:
    """The people sheet as a workbook."""
    from safeconduct.core.spreadsheets.api import Sheet, write_xlsx

    headers = list(COLUMNS["people"])
    write_xlsx(path, [Sheet("People", headers, ([row[name] for name in headers] for row in people(number)))])


@contextmanager
def fresh_site() -> Iterator[Path]:
    """A sealed site without anybody, in a temporary folder; `open_site` opens it in this process or another."""
    from safeconduct.core.storage.api import SiteFolder

    with tempfile.TemporaryDirectory(prefix="safeconduct-bench-") as name:
        path = Path(name) / "site"
        SiteFolder.create(path, name="Bench", kind="demonstration", created=NOON, zone="Asia/Baghdad", today=TODAY)
        yield path


def open_site(path: Path) -> None:
    """Unlock the site, load the rooms and make the tables."""
    from safeconduct.cli.opening import load
    from safeconduct.core.storage.api import SiteFolder

    site = SiteFolder(path)
    site.unlock(site.key_file.read_bytes().strip())
    load(site)
    from safeconduct.flows.opening import bring_up_to_date

    bring_up_to_date()


@contextmanager
def demonstration() -> Iterator[Path]:
    """A demonstration site with the whole case and a plan, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="safeconduct-bench-") as name:
        path = Path(name) / "site"
        command = [Path(sys.executable).with_name("safeconduct"), "demo", "--site", path]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        yield path
