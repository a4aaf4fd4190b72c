"""What the documents promise is held: every number of the standard has an answer, and every test that is named exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# OWASP ASVS 5.0.0: section → how many of its first requirements are of level 1 or 2.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6,
    "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
EVERY = {f"{section}.{n}" for section, many in SECTIONS.items() for n in range(1, many + 1)}
ASVS = ROOT / "docs" / "reference" / "asvs.md"
THREATS = [path for path in sorted((ROOT / "docs" / "explanation" / "threats").glob("*.md")) if path.name != "README.md"]
TESTS = {
    name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
}


def numbers(cell: str) -> list[str]:
    found = []
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        section = first.rpartition(".")[0]
        ends = int((last or first).rpartition(".")[2])
        found += [f"{section}.{n}" for n in range(int(first.rpartition(".")[2]), ends + 1)]
    return found


def test_every_requirement_of_levels_one_and_two_is_answered_once():
    rows = re.findall(r"^\| (\d[^|]*) \|", ASVS.read_text("utf-8"), re.M)
    answered = [number for cell in rows for number in numbers(cell)]
    assert len(EVERY) == 253 and sorted(answered) == sorted(EVERY)


def test_no_answer_is_empty():
    assert all(answer.strip() for answer in re.findall(r"^\| \d[^|]*\|[^|]*\|([^|]*)\|$", ASVS.read_text("utf-8"), re.M))


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_every_test_that_a_document_names_exists(path):
    named = set(re.findall(r"\b(test_[a-z0-9_]+)\b(?!\.py)", path.read_text("utf-8")))
    assert named <= TESTS


def test_every_threat_says_what_it_gives_and_what_it_does_not_with_its_test():
    assert len(THREATS) >= 10
    for path in THREATS:
        text = path.read_text("utf-8")
        told = re.findall(r"^- (.*(?:\n  .*)*)", text, re.M)
        assert told and "## What it gives" in text and "## What it does not give" in text, path.name
        for line in told:
            assert re.search(r"`test_\w+`|[Nn]ot protected|No test", line), (path.name, line)
