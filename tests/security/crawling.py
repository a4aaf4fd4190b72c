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
    """One answer: the address asked for, its status, its bytes; who was read by it, as the log of reads says; where it led."""

    path: str
    status: int
    body: bytes
    read: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    at: str = ""

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

    def fill(self, path: str, *, file: tuple[str, bytes] | None = None, to: str = "", **fields: str) -> Seen:
        """Fill the form of a page and send it, with a file where there is one; `to`: where the form goes, if not to the page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).body.decode())
        assert token, path
        told = {**fields, "csrfmiddlewaretoken": token[1]}
        body, kind = urllib.parse.urlencode(told).encode(), "application/x-www-form-urlencoded"
        if file is not None:
            body, kind = _parts(told, file), "multipart/form-data; boundary=part"
        asked = urllib.request.Request(self.address + (to or path), body, {"Content-Type": kind, "Referer": self.address + path})
        return self._answer(to or path, asked)

    def _answer(self, path: str, asked: urllib.request.Request) -> Seen:
        try:
            with self.open(asked, timeout=120) as answer:
                return Seen(path, answer.status, answer.read(), self.read(), answer.geturl().removeprefix(self.address))
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


def _parts(fields: Mapping[str, str], file: tuple[str, bytes]) -> bytes:
    told = [f'--part\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\nContent-Type: text/plain\r\n\r\n'
    return b"".join([*told, head.encode(), file[1], b"\r\n--part--\r\n"])
