"""Days are the site's days: at one in the morning in Baghdad it is no longer the day in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import safeconduct
from safeconduct.core import clock


def test_the_day_of_a_moment_is_that_of_the_site(settings):
    settings.SITE_ZONE = "Asia/Baghdad"
    assert clock.day_of(datetime(2013, 12, 30, 22, 0, tzinfo=UTC)) == date(2013, 12, 31)


def test_no_code_takes_the_day_of_a_moment_or_of_the_machine():
    code = {path: path.read_text(encoding="utf-8") for path in Path(safeconduct.__file__).parent.rglob("*.py")}
    assert [str(path) for path, text in code.items() if re.search(r"\bat\.date\(\)|\bdate\.today\(\)", text)] == []
