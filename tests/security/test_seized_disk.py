"""A seized disk: whatever a working site leaves on it, switched off, holds none of fifty planted names."""

from __future__ import annotations

import http.cookiejar
import re
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.core.documents.papers import pdf
from tests.shell import COMMAND, environment, inside, safeconduct

PASSWORD = "safe conduct for all"
LATIN = [f"Xanthippe{letter}quell" for letter in "abcdefghijklmnopqr"]
PERSIAN = [f"ژاله{one}{two}پناهنده" for one in "بتجدر" for two in "گچپژ"][:16]
ARABIC = [f"ظبية{one}{two}الغضنفر" for one in "حخصض" for two in "عغفق"][:16]
NAMES = [*LATIN, *PERSIAN, *ARABIC]


class Visitor:
    """Somebody with a browser that keeps cookies and fills forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=60) as answer:
            self.at = answer.geturl()
            return answer.read().decode(errors="replace")

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        assert token is not None, path
        told = {**fields, "csrfmiddlewaretoken": token.group(1)}
        body, kind = urllib.parse.urlencode(told).encode(), "application/x-www-form-urlencoded"
        if file is not None:
            body, kind = parts(told, file), "multipart/form-data; boundary=part"
        asked = urllib.request.Request(self.address + path, body, {"Content-Type": kind, "Origin": self.address})
        with self.opener.open(asked, timeout=120) as answer:
            self.at = answer.geturl()
            return answer.read().decode(errors="replace")


def parts(fields: dict[str, str], file: tuple[str, bytes]) -> bytes:
    told = [f'--part\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\nContent-Type: text/plain\r\n\r\n'
    return b"".join([*told, head.encode(), file[1], b"\r\n--part--\r\n"])


def sheet() -> bytes:
    lines = ["id,given_name,family_name,father_name,sex,birth_date,nationality,block"]
    lines += [f"Q-{n:03d},{name},{name},{name},female,1970-01-02,IRN,1" for n, name in enumerate(NAMES)]
    return ("\r\n".join(lines) + "\r\n").encode()


def forms_of(name: str) -> set[bytes]:
    """A name as programs write it down."""
    spellings = {name, name.upper(), name.lower(), name.casefold()}
    told = {each.encode(code) for each in spellings for code in ("utf-8", "utf-16-le", "utf-16-be")}
    told |= {each.encode("unicode-escape") for each in spellings}
    return told | {urllib.parse.quote(each).encode() for each in spellings}


def test_fifty_names_are_nowhere_on_the_disk_after_a_day_of_work(site, tmp_path, monkeypatch):
    assert len(set(NAMES)) == 50
    for name in ("TMPDIR", "HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    with log.open("w") as said:
        server = subprocess.Popen(
            [str(COMMAND), "serve", "--port", str(port), "--workers", "1", "--site", str(site)],
            stdout=said, stderr=subprocess.STDOUT, env=environment(),
        )  # fmt: skip
        try:
            a_day_of_work(f"http://localhost:{port}", server)
            while_it_runs = {path.name: path.read_bytes() for path in site.rglob("*") if path.is_file()}
            swapped = [line for line in Path(f"/proc/{server.pid}/limits").read_text().splitlines() if "core file" in line]
            assert swapped and swapped[0].split()[4] == "0", "a crash would write memory to the disk"
            assert safeconduct("backup", tmp_path / "backup", site=site).status == 0
            server.kill()
        finally:
            server.terminate()
            server.wait(30)
    asked = (
        "from safeconduct.register.models import PersonName, Document\n"
        "answer = [PersonName.objects.filter(person__number__startswith='Q-').count(), Document.objects.count()]"
    )
    names, documents = inside(site, asked)
    assert names >= 150 and documents == 1, "the names were there"
    left = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    left |= {f"running {name}": content for name, content in while_it_runs.items()}
    assert any(name.endswith("backup") for name in left) and any("database" in name for name in left)
    found = {(name, where) for name in NAMES for form in forms_of(name) for where, content in left.items() if form in content}
    assert found == set()


def a_day_of_work(address: str, server: subprocess.Popen[bytes]) -> None:
    """A sheet of fifty people is read in; they are searched, corrected, moved, given documents and consents."""
    registrar = Visitor(address)
    for _ in range(600):
        try:
            registrar.get("/sign-in/")
            break
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None
            time.sleep(0.1)
    registrar.post("/sign-in/", {"username": "registrar", "password": PASSWORD})
    registrar.post("/imports/", {"kind": "people"}, (f"{LATIN[0]}.csv", sheet()))
    accept = registrar.at.removeprefix(address)
    page = registrar.get(accept)
    action = re.search(r'action="(/imports/[^"]+/accept/)"', page)
    assert action is not None
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1)}).encode()
    registrar.opener.open(urllib.request.Request(address + action.group(1), body, {"Origin": address}), timeout=120).read()
    for name in (LATIN[1], PERSIAN[1], ARABIC[1]):
        assert name in registrar.post("/people/", {"text": f"{name} {name}"})
    person = re.search(r'href="(/people/[0-9a-f-]{36}/)"', registrar.post("/people/", {"text": LATIN[2]})).group(1)
    assert LATIN[2] in registrar.get(person)
    registrar.post(f"{person}documents/new/", {"kind": "identity", "told": LATIN[3]}, (f"{LATIN[4]}.pdf", pdf(author=LATIN[5])))
    assert LATIN[3] in registrar.get(person)
    registrar.post(f"{person}move/", {"block": "7", "on": "2013-12-30"})
    with pytest.raises(urllib.error.HTTPError):
        registrar.get(f"/{urllib.parse.quote(PERSIAN[2])}/")  # somebody typed a name into the address
