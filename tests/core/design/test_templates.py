"""The site's content policy is `default-src 'none'` and our own files: what it would drop stands in no template."""

import re
from pathlib import Path

import pytest

import safeconduct

PACKAGE = Path(safeconduct.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)",
    "a handler": r"<[^>]*\son[a-z]+\s*=|hx-on",
    "a script address": r"javascript:",
    "a foreign host": r"""(?:src|href|action|hx-get|hx-post)\s*=\s*["']?(?:https?:)?//""",
    "unescaped matter": r"\|\s*safe\b|autoescape off",
}


def test_there_are_templates_to_read():
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds_what_the_policy_forbids(what):
    found = [
        f"{path.relative_to(PACKAGE)}: {hit.group()}"
        for path in TEMPLATES
        for hit in re.finditer(FORBIDDEN[what], path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert found == []


def test_the_patterns_find_what_they_are_for():
    guilty = {
        "a style attribute": '<p style="x">', "a style element": "<style>", "an inline script": "<script>x</script>",
        "a handler": '<a onclick="x">', "a script address": '<a href="javascript:x">',
        "a foreign host": '<img src="https://example.org/x">', "unescaped matter": "{{ x|safe }}",
    }  # fmt: skip
    assert all(re.search(FORBIDDEN[what], text) for what, text in guilty.items())
