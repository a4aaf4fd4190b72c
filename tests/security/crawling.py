"""Every page that a role can reach by links and addresses, read over HTTP as a browser would."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from uuid import UUID

PASSWORD = "safe conduct for all"
_LINK = re.compile(rb'(?:href|action|src|hx-get)="([^"]*)"')
_ONE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b")
_OFFER = re.compile(r"^(/offers|/submissions/\d+)/[a-z0-9-]+/")


@dataclass(frozen=True)
class Seen:
    """One answer: the address asked for, its status, its bytes; and who was read by it, as the log of reads says."""

    path: str
    status: int
    body: bytes
    read: Mapping[UUID, frozenset[str]] = field(default_factory=dict)

    @property
    def links(self) -> list[str]:
        return [unescape(found.decode()) for found in _LINK.findall(self.body)]


class Visitor:
    """Somebody signed in to a served demonstration."""

    def __init__(self, address: str, role: str, *, read: Callable[[], Mapping[UUID, frozenset[str]]] = dict) -> None:
        """`read`: asked after each answer whom the log of reads names since the last one."""
        self.address, self.read = address, read
        jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open
        form = self.get("/sign-in/").body.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        signed = self.post("/sign-in/", csrfmiddlewaretoken=token[1], username=role, password=PASSWORD)
        assert signed.status == 200 and b"/sign-out/" in signed.body, role

    def get(self, path: str) -> Seen:
        return self._answer(path, urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: str) -> Seen:
        asked = urllib.request.Request(self.address + path, data=urllib.parse.urlencode(fields).encode())
        asked.add_header("Referer", self.address + path)
        return self._answer(path, asked)

    def _answer(self, path: str, asked: urllib.request.Request) -> Seen:
        try:
            with self.open(asked, timeout=60) as answer:
                return Seen(path, answer.status, answer.read(), self.read())
        except urllib.error.HTTPError as refused:
            return Seen(path, refused.code, refused.read(), self.read())

    def crawl(self, *more: str, each: int = 2) -> Iterator[Seen]:
        """Follow every link from the first page and from `more`; of addresses alike but for a number, `each` are opened."""
        waiting, known, alike = ["/", *more], {"/", *more}, dict[str, int]()
        while waiting:
            seen = self.get(waiting.pop(0))
            yield seen
            for link in seen.links:
                path = urllib.parse.urljoin(seen.path, link).split("#")[0]
                if not path.startswith("/") or path.startswith(("/static/", "/sign-in/")) or path in known:
                    continue
                known.add(path)
                shape = _OFFER.sub(r"\1/*/", _ONE.sub("*", path.split("?")[0])) + "?" * ("?" in path)
                alike[shape] = alike.get(shape, 0) + 1
                if alike[shape] <= each:
                    waiting.append(path)
