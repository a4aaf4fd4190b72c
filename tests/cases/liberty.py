"""Where the bundled case lies, and its builder."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType

CASE = Path(__file__).resolve().parents[2] / "cases" / "liberty"


def module(name: str) -> ModuleType:
    if str(CASE) not in sys.path:
        sys.path.append(str(CASE))
    return importlib.import_module(name)


@lru_cache(maxsize=1)
def builder() -> ModuleType:
    """`build.py`, loaded by its path as a shell would run it."""
    spec = importlib.util.spec_from_file_location("liberty_build", CASE / "build.py")
    assert spec and spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def make(**asked: int) -> dict[str, list[dict[str, str]]]:
    return builder().make(**asked)


@lru_cache(maxsize=1)
def built() -> dict[str, list[dict[str, str]]]:
    return make(seed=2013, people=3100)


@lru_cache
def facts(name: str) -> list[dict[str, str]]:
    with (CASE / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
