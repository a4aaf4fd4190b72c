"""The engine's public names say what they take and where it comes from; the engine itself touches nothing."""

import ast
import re
from pathlib import Path

import pytest

from safeconduct.engines import placement

HOME = Path(placement.__file__).parent
DOCUMENTED = [name for name in placement.__all__ if not isinstance(getattr(placement, name), (str, int))]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_each_public_name_states_shapes_units_and_source(name):
    text = getattr(placement, name).__doc__ or ""
    assert all(re.search(rf"\b{label}: \S", text) for label in ("Shapes", "Units", "Source"))


@pytest.mark.parametrize("path", sorted(HOME.glob("*.py")), ids=lambda path: path.name)
def test_the_engine_knows_no_database_no_file_and_no_clock(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {each.name.split(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add((node.module or "").split(".")[0])
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        assert called not in ("open", "print", "input")
    assert imported <= {
        "__future__", "collections", "concurrent", "contextlib", "dataclasses", "functools", "heapq", "highspy", "math", "numba",
        "numpy", "reprlib", "scipy", "types", "typing",
    }  # fmt: skip


@pytest.mark.parametrize("file", ["certificate", "claims", "proof"])
def test_the_independent_check_shares_nothing_with_the_search(file):
    tree = ast.parse((HOME / f"{file}.py").read_text())
    own = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level}
    assert own <= {"claims", "problem", "proof"}
