"""Nothing but actions writes our tables: the code is read, beside the guard that watches the database while it runs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from safeconduct.core.access import actions
from safeconduct.core.access.guard import _WRITE

PACKAGE = Path(actions.__file__).parents[2]
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
# Where writing lives: actions and what they call, each in a file of its own.
ROOMS_THAT_WRITE = re.compile(
    r"(^|/)(actions(\.py$|/)|accounts\.py$|sessions\.py$|teams\.py$|consents\.py$|chain\.py$|sheets/"
    r"|staging\.py$|retention\.py$|merging/steps\.py$|jobs/working\.py$|tables\.py$|flows/travelling/leave\.py$)"
)


def modules() -> list[Path]:
    # The processes of `child` folders hold no database.
    found = [p for p in PACKAGE.rglob("*.py") if not {"migrations", "engines", "storage", "child"} & set(p.parts)]
    return sorted(found)


def writes_in(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES | {"update"}:
            written = ast.unparse(node.func)
            if "objects" in written or node.func.attr in ("save", "bulk_create", "update_or_create", "get_or_create"):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {written}")
    return found


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if not ROOMS_THAT_WRITE.search(str(path.relative_to(PACKAGE)))],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_only_the_files_of_actions_write_to_tables(path):
    assert writes_in(path) == []


def test_the_reading_of_the_code_sees_a_write_where_there_is_one():
    assert writes_in(PACKAGE / "core/access/accounts.py")


@pytest.mark.parametrize("sql", [
    'INSERT INTO "register_person" VALUES (1)', "  update register_person SET x = 1", 'DELETE FROM "register_person"',
    "REPLACE INTO register_person VALUES (1)", "INSERT OR IGNORE INTO register_person VALUES (1)",
])  # fmt: skip
def test_the_guard_knows_every_form_of_a_write(sql):
    assert _WRITE.match(sql).group(1) == "register_person"


@pytest.mark.parametrize("sql", ["SELECT * FROM register_person", "PRAGMA foreign_keys", "SAVEPOINT x", "CREATE TABLE x (y)"])
def test_the_guard_lets_reading_pass(sql):
    assert not _WRITE.match(sql)
