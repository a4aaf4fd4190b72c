"""What the console says when something goes wrong names nobody."""

from __future__ import annotations

import logging
import sys

from safeconduct.site.logs import Nameless


def record(message: str, *args: object, exc_info=None, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, exc_info)
    made.__dict__.update(extra)
    return made


def test_an_address_that_somebody_typed_is_not_written(rf):
    request = rf.get("/people/Zhyvaqor/")
    said = Nameless().format(record("Not Found: %s", request.path, request=request, status_code=404))
    assert said == "ERROR django.request: 404 no such page"


def test_a_page_that_broke_is_written_by_its_name_and_its_place_in_the_code_and_not_by_what_was_typed(rf):
    from django.urls import resolve

    request = rf.get("/people/")
    request.resolver_match = resolve("/people/")
    try:
        int("Zhyvaqor")
    except ValueError:
        said = Nameless().format(record("Internal Server Error", request=request, status_code=500, exc_info=sys.exc_info()))
    assert "500 people" in said and "test_logs.py" in said and said.endswith("ValueError")
    assert "invalid literal" not in said


def test_every_logger_writes_through_it():
    handlers = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    assert handlers and all(isinstance(each.formatter, Nameless) for each in handlers)
    for name in ("django.request", "django.security.csrf", "axes", "anything.else"):
        assert logging.getLogger(name).propagate, name
