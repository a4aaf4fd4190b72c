"""The reference says what the code does: pages that follow from it are up to date, and nothing is left out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
SOURCES = [path for path in (ROOT / "src").rglob("*.py") if ".mo" not in path.suffixes]


def test_the_pages_that_follow_from_the_code_are_up_to_date():
    checked = subprocess.run(
        [sys.executable, str(DOCS / "write_reference.py"), "--check"], capture_output=True, text=True,
        env={key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_variable_that_the_software_reads_stands_in_the_reference_and_no_other():
    read = {name for path in SOURCES for name in re.findall(r"SAFECONDUCT_[A-Z_]+", path.read_text(encoding="utf-8"))}
    told = re.findall(r"^\| `([A-Z_]+)`", (DOCS / "reference" / "environment.md").read_text(encoding="utf-8"), re.M)
    assert sorted(told) == sorted(read | {"LANG"})


def test_the_environment_is_read_in_few_places_and_never_for_a_secret():
    places = {
        path.relative_to(ROOT / "src" / "safeconduct").as_posix(): set(re.findall(r"environ(?:\.get|\.pop)?[(\[]\"?(\w+)", text))
        for path in SOURCES
        if "environ" in (text := path.read_text(encoding="utf-8"))
    }
    names = {name for found in places.values() for name in found}
    assert names <= {"SAFECONDUCT_SITE", "SAFECONDUCT_HOSTS", "SAFECONDUCT_LAN", "DJANGO_SETTINGS_MODULE", "LANG", "VARIABLE"}, (
        places
    )


def test_every_page_is_in_the_index_and_every_link_leads_somewhere():
    pages = {path for path in DOCS.rglob("*.md") if path.name != "README.md"}
    indexes = sorted(DOCS.rglob("README.md"))
    linked = {
        (index.parent / link).resolve()
        for index in indexes
        for link in re.findall(r"\]\(([^)#:]+)\)", index.read_text(encoding="utf-8"))
    }
    assert pages <= linked, sorted(str(path) for path in pages - linked)
    for page in [*indexes, *pages]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} leads to {link}"


SHOWN = re.compile(r"^ {4,}(safeconduct .*)$", re.M)


@pytest.mark.parametrize("page", sorted([*DOCS.glob("tutorial/*.md"), *DOCS.glob("how-to/*.md")]), ids=lambda path: path.stem)
def test_the_commands_that_a_page_shows_exist_with_their_options(page):
    import typer

    from safeconduct.cli import app

    for line in SHOWN.findall(page.read_text(encoding="utf-8")):
        command, words = typer.main.get_command(app), line.split()[1:]
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        known = {name for parameter in command.params for name in parameter.opts}
        assert not hasattr(command, "commands") or command.params, line
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= known | {"--help"}, line
