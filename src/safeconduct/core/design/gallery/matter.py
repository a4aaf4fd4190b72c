"""The words that the gallery shows. People are invented; figures of offers are illustrative."""

from __future__ import annotations

from pathlib import Path

# A line each: `key: English | Persian | Arabic`.
WORDS = Path(__file__).with_name("words.txt")


def matter(language: str) -> dict[str, str]:
    """The words of the gallery in a language (en, fa, ar)."""
    at = ("en", "fa", "ar").index(language)
    found = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        key, _, told = line.partition(": ")
        found[key] = told.split(" | ")[at].strip()
    return found
