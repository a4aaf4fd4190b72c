"""Import: a sheet of people through the whole story into a sealed site, against bare reading of the same file.

Run: python benchmarks/imports.py [ROWS]. Takes about a minute and a half with 100,000 rows. Each part runs in a
process of its own, so that its peak of memory is its own. The peer is openpyxl as its manual shows it for large files
(read-only, values only), which looks at nothing that it reads.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from invented import NOON, TODAY, fresh_site, open_site, write_people

Figures = dict[str, float]


class Peaks:
    """The peak of memory of this process and of any child, in MB, while it runs (Linux; elsewhere 0)."""

    def __enter__(self) -> Peaks:
        self.child, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self.own = _peak("self")

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            for children in Path("/proc/self/task").glob("*/children"):
                self.child = max([self.child, *(_peak(child) for child in children.read_text().split())])


def _peak(process: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def cpu_seconds() -> float:
    """What this process and its ended children have used of processors."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def bare(file: Path) -> Figures:
    """Read every cell with openpyxl and keep none."""
    import openpyxl

    start, cpu = time.perf_counter(), cpu_seconds()
    with Peaks() as peaks:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True)) - 1
    seconds = time.perf_counter() - start
    return {"rows": rows, "seconds": seconds, "cpu": cpu_seconds() - cpu, "own": peaks.own, "child": 0.0}


def imported(file: Path, site: Path) -> Figures:
    """The story of `safeconduct import people`: read, compare, take in; timed in its three parts."""
    open_site(site)
    from safeconduct.core.access import guard
    from safeconduct.core.access.api import Actor, Role
    from safeconduct.register.api import kinds
    from safeconduct.register.arrive import read_sheet

    by, spent = Actor.setting_up([Role.REGISTRAR]), {"compare": 0.0, "write": 0.0}
    kind = kinds()["people"]

    def compare(rows: Any) -> Any:
        start = time.perf_counter()
        compared = list(kind.compare(rows))
        spent["compare"] = time.perf_counter() - start
        return compared

    start, cpu = time.perf_counter(), cpu_seconds()
    with Peaks() as peaks, guard.only_actions_write():
        reading = read_sheet(file, replace(kind, compare=compare), by=by, today=TODAY)
        read = time.perf_counter()
        rows = reading.rows_to_take()
        if rows:
            kind.take(by=by, rows=rows, at=NOON)
    end = time.perf_counter()
    summary = reading.summary()
    return {
        "rows": summary["rows"], "taken": len(rows), "faulty": summary["faulty"],
        "alike": summary["possible_duplicates"],
        "seconds": end - start, "cpu": cpu_seconds() - cpu,
        "read": read - start - spent["compare"], "compare": spent["compare"], "write": end - read,
        "child_cpu": cpu_seconds() - time.process_time(), "own": peaks.own, "child": peaks.child,
    }  # fmt: skip


def waited(file: Path, site: Path) -> Figures:
    """The story of the page: read and compare, keep the rows until somebody has looked, take them in."""
    open_site(site)
    from safeconduct.core.access import guard
    from safeconduct.core.access.api import Actor, Role
    from safeconduct.register.api import kinds
    from safeconduct.register.arrive import accept_batch, read_sheet, stage

    by = Actor.setting_up([Role.REGISTRAR])
    start, cpu = time.perf_counter(), cpu_seconds()
    with Peaks() as peaks, guard.only_actions_write():
        reading = read_sheet(file, kinds()["people"], by=by, today=TODAY)
        read = time.perf_counter()
        batch = stage(by=by, reading=reading, content=file.read_bytes(), file_name=file.name, at=NOON)
        kept, rows = time.perf_counter(), reading.summary()["rows"]
        del reading  # the two requests of the page are hours apart
        accept_batch(by=by, batch=batch, at=NOON)
    end = time.perf_counter()
    return {
        "rows": rows, "seconds": end - start, "cpu": cpu_seconds() - cpu,
        "read": read - start, "keep": kept - read, "accept": end - kept,
        "own": peaks.own, "child": peaks.child,
    }  # fmt: skip


def alone(work: Callable[..., Figures], *given: Path) -> Figures:
    """Run in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def show(name: str, figures: Figures, peer: Figures) -> None:
    speed, memory = figures["rows"] / figures["seconds"], f"{figures['own']:.0f} + {figures['child']:.0f}"
    ratios = f"{figures['seconds'] / peer['seconds']:>8.2f}{figures['cpu']:>9.1f}{figures['cpu'] / peer['cpu']:>8.2f}"
    print(f"{name:<30}{figures['seconds']:>9.1f}{speed:>9,.0f}{ratios}{memory:>12}")


def main(rows: int) -> None:
    print(f"Import of {rows:,} people from xlsx into a sealed site")
    with fresh_site() as site:
        file = site.parent / "people.xlsx"
        write_people(file, rows)
        print(f"{file.stat().st_size / 1e6:.1f} MB; a process each; cpu with its child; memory: peaks of parent + child\n")
        peer = alone(bare, file)
        first, second = (alone(imported, file, site) for _ in range(2))
        with fresh_site() as another:
            page = alone(waited, file, another)
        print(f"{'':<30}{'seconds':>9}{'rows/s':>9}{'ratio':>8}{'cpu s':>9}{'ratio':>8}{'MB':>12}")
        show("openpyxl, read-only, bare", peer, peer)
        show("import into an empty site", first, peer)
        show("the same sheet again", second, peer)
        show("a page: kept, then accepted", page, peer)
        for name, told in (("first", first), ("again", second)):
            print(
                f"\n{name}: reading {told['read']:.1f} s (beside it, the child parses for {told['child_cpu']:.1f} s), "
                f"comparing {told['compare']:.1f} s, writing {told['write']:.1f} s;\n"
                f"{told['taken']:,.0f} rows taken in, {told['alike']:,.0f} perhaps here already, {told['faulty']:.0f} faulty",
                end="",
            )
    print(f"\npage: reading and comparing {page['read']:.1f} s, keeping {page['keep']:.1f} s, accepting {page['accept']:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
