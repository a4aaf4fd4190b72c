"""What it costs to write down who reads whom: the log alone, and two pages with it and without it.

Run: python benchmarks/reads.py [ENTRIES]. Takes about a minute. Goal: less than 2 ms a page. Pages pass through everything
but the network. "Without" is the same page with the append taken out, so that the ratio is the log's alone.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from invented import NOON, demonstration, open_site

GOAL = 0.002
TIMES = 300


def timed(work: Callable[[], object], times: int) -> list[float]:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return spent


def told(name: str, spent: list[float]) -> None:
    print(f"{name:<46}{1e3 * statistics.median(spent):>9.2f}{1e3 * statistics.quantiles(spent, n=20)[-1]:>9.2f}", flush=True)


def alone(site: Path, entries: int) -> None:
    """The log by itself, on 100,000 people, after so many entries."""
    open_site(site)
    from safeconduct.core.reads import book, verification

    chance = random.Random(2013)
    people = [UUID(int=chance.getrandbits(128), version=4) for _ in range(100_000)]

    def append(of: int) -> None:
        seen = dict.fromkeys(chance.sample(people, of), ("identity",))
        book.append(at=NOON, actor="page:1", roles=["registrar"], page="people", seen=seen)

    timed(lambda: append(25), entries)
    print(f"the log after {entries:,} entries of 25, milliseconds{'median':>14}{'95th':>9}")
    told("an entry of one person", timed(lambda: append(1), TIMES))
    told("an entry of 25 people", timed(lambda: append(25), TIMES))
    (whole,) = timed(lambda: append(len(people)), 1)
    print(f"an entry of 100,000 people, seconds{whole:>20.2f}")
    one = people[0].bytes
    asked = "SELECT number, at, roles, page, levels FROM seen JOIN entries ON number = entry WHERE person = ?"
    told("who looked at one person", timed(lambda: book.ask(asked, [one]), 50))
    (proven,) = timed(verification.verify, 1)
    rows = book.ask("SELECT count(*) FROM seen")[0][0]
    size = os.path.getsize(site / "reads.sqlite3") / 1e6
    print(f"verified {rows:,} rows in {proven:.1f} s; the file has {size:.0f} MB, {1e6 * size / rows:.0f} bytes a row")


def pages(site: Path) -> None:
    """Two pages with the log and without it, in turns."""
    open_site(site)
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from safeconduct.core.reads import book
    from safeconduct.register.models import Person

    client = Client(HTTP_HOST="localhost")
    signed = {"username": "protection_officer", "password": settings.DEMONSTRATION_PASSWORD}
    assert client.post(reverse("sign_in"), signed).status_code == 302
    one = reverse("person", args=[Person.objects.filter(case__assignments__ended_at=None).order_by("number")[0].pk])
    print(f"\n{'pages, milliseconds':<30}{'without':>9}{'with':>9}{'more':>9}{'ratio':>9}")
    for name, address in (("a person", one), ("the list of people, 25 of them", reverse("people"))):
        assert client.get(address).status_code == 200
        spent: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(TIMES):
            spent[True] += timed(partial(client.get, address), 1)
            with mock.patch.object(book, "append", lambda **_: 0):
                spent[False] += timed(partial(client.get, address), 1)
        without, logged = (statistics.median(spent[kind]) for kind in (False, True))
        missed = " *" if logged - without > GOAL else ""
        figures = f"{1e3 * without:>9.2f}{1e3 * logged:>9.2f}{1e3 * (logged - without):>9.2f}{logged / without:>9.2f}"
        print(f"{name:<30}{figures}{missed}", flush=True)


def apart(work: Callable[..., Any], *given: Any) -> None:
    """In a process of its own: rooms are loaded for one site only."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


def main() -> None:
    with demonstration() as site:
        apart(pages, site)
        apart(alone, site, int(sys.argv[1]) if len(sys.argv) > 1 else 5000)


if __name__ == "__main__":
    main()
