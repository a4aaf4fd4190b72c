"""Finds every criterion of this folder, so that a new one costs one file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import safeconduct.routes.criteria as folder
from safeconduct.routes.criteria.base import Criterion


@cache
def kinds() -> dict[str, type[Criterion]]:
    """Every kind of criterion by its name, sorted."""
    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{folder.__name__}.{module.name}")
    found = {kind.kind: kind for kind in _below(Criterion) if hasattr(kind, "kind")}
    return dict(sorted(found.items()))


def _below(kind: type[Criterion]) -> list[type[Criterion]]:
    return [each for child in kind.__subclasses__() for each in (child, *_below(child))]
