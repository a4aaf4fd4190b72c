"""Pages of one process come one at a time, in the order of asking; nobody waits for a page for ever, nor to send something."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from safeconduct.site import turns
from safeconduct.site.turns import InTurn, Line


class Pages:
    """Answers with its path; `hold`: what a path waits for."""

    def __init__(self):
        self.hold, self.asked, self.began, self.now, self.most = {}, [], threading.Semaphore(0), 0, 0
        self.guard = threading.Lock()

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        with self.guard:
            self.asked.append(path)
            self.now += 1
            self.most = max(self.most, self.now)
        self.began.release()
        try:
            if path in self.hold:
                assert self.hold[path].wait(10)
            if path == "/broken":
                raise ValueError(path)
            return [path.encode()]
        finally:
            with self.guard:
                self.now -= 1


@pytest.fixture
def pages():
    return Pages()


@pytest.fixture
def line(monkeypatch):
    one = Line()
    monkeypatch.setattr(turns, "Line", lambda: one)
    return one


@pytest.fixture
def asking(pages, line):
    """Ask for a path in a thread of its own."""
    in_turn = InTurn(pages)
    with ThreadPoolExecutor(16) as pool:
        yield lambda path, method="GET": pool.submit(in_turn, {"REQUEST_METHOD": method, "PATH_INFO": path}, None)


def in_line(asking, line, path):
    """Ask, and come back when the asker stands in the line."""
    before = len(line._waiting)
    answer = asking(path)
    while len(line._waiting) == before:
        time.sleep(0.001)
    return answer


def test_who_came_first_is_answered_first_and_one_at_a_time(line, pages, asking):
    pages.hold["/first"] = threading.Event()
    answers = [asking("/first")]
    pages.began.acquire()
    answers += [in_line(asking, line, f"/{number}") for number in range(8)]
    pages.hold["/first"].set()
    assert [b"".join(each.result(10)).decode() for each in answers] == pages.asked
    assert pages.asked == ["/first", *(f"/{number}" for number in range(8))]
    assert pages.most == 1


def test_who_sends_something_waits_for_nobody_and_nobody_waits_for_it(pages, asking):
    pages.hold["/sent"], pages.hold["/page"] = threading.Event(), threading.Event()
    sent = asking("/sent", "POST")
    pages.began.acquire()
    page = asking("/page")
    pages.began.acquire()
    assert asking("/other", "POST").result(10) == [b"/other"]
    pages.hold["/page"].set()
    assert page.result(10) == [b"/page"] and not sent.done()
    pages.hold["/sent"].set()


def test_a_page_that_takes_too_long_is_passed(line, pages, asking, monkeypatch):
    monkeypatch.setattr(turns, "_PATIENCE", 0.05)
    pages.hold["/slow"] = threading.Event()
    slow = asking("/slow")
    pages.began.acquire()
    assert asking("/next").result(10) == [b"/next"] and not line._waiting
    pages.hold["/slow"].set()
    assert slow.result(10) == [b"/slow"]
    assert asking("/again").result(10) == [b"/again"]


def test_a_page_that_fails_hands_on_its_turn(pages, asking):
    with pytest.raises(ValueError, match="broken"):
        asking("/broken").result(10)
    assert asking("/next").result(10) == [b"/next"]
