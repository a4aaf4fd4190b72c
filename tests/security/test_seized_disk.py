"""A seized disk: whatever a working site leaves on it, switched off, holds none of fifty planted names."""

from __future__ import annotations

import contextlib
import re
import urllib.parse
from pathlib import Path

from tests.core.documents.papers import pdf
from tests.security.crawling import Visitor
from tests.shell import inside, safeconduct, served

LATIN = [f"Xanthippe{letter}quell" for letter in "abcdefghijklmnopqr"]
PERSIAN = [f"ژاله{one}{two}پناهنده" for one in "بتجدر" for two in "گچپژ"][:16]
ARABIC = [f"ظبية{one}{two}الغضنفر" for one in "حخصض" for two in "عغفق"][:16]
NAMES = [*LATIN, *PERSIAN, *ARABIC]


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
    with served(site, tmp_path / "log") as address:
        a_day_of_work(address)
        while_it_runs = {path.name: path.read_bytes() for path in site.rglob("*") if path.is_file()}
        assert no_memory_is_dumped(site), "a crash would write memory to the disk"
        assert safeconduct("backup", tmp_path / "backup", site=site).status == 0
    assert safeconduct("travel", "take", tmp_path / "copy", site=site).status == 0
    asked = (
        "from safeconduct.register.models import PersonName, Document\n"
        "answer = [PersonName.objects.filter(person__number__startswith='Q-').count(), Document.objects.count()]"
    )
    names, documents = inside(site, asked)
    assert names >= 150 and documents == 1, "the names were there"
    left = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    left |= {f"running {name}": content for name, content in while_it_runs.items()}
    assert any(name.endswith("backup") for name in left) and any("database" in name for name in left)
    assert inside(tmp_path / "copy", asked)[0] >= 150, "and on the travelling copy"
    found = {(name, where) for name in NAMES for form in forms_of(name) for where, content in left.items() if form in content}
    assert found == set()


def no_memory_is_dumped(site: Path) -> bool:
    """Whether each process of the site has a limit of nothing for the image of its memory."""
    limits = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(site).encode() in (path / "cmdline").read_bytes():
                told = (path / "limits").read_text().splitlines()
                limits += [line.split()[4] for line in told if "core file" in line]
    return bool(limits) and set(limits) == {"0"}


def a_day_of_work(address: str) -> None:
    """A sheet of fifty people is read in; they are searched, moved, given documents; somebody types a name into the address."""
    registrar = Visitor(address, "registrar")
    page = registrar.fill("/imports/", file=(f"{LATIN[0]}.csv", sheet()), kind="people")
    accept = re.search(r'action="(/imports/[^"]+/accept/)"', page.body.decode())
    assert accept is not None
    assert registrar.fill(page.at, to=accept[1]).status == 200
    for name in (LATIN[1], PERSIAN[1], ARABIC[1]):
        assert name.encode() in registrar.fill("/people/", text=f"{name} {name}").body
    found = re.search(r'href="(/people/[0-9a-f-]{36}/)"', registrar.fill("/people/", text=LATIN[2]).body.decode())
    assert found is not None
    person = found[1]
    assert LATIN[2].encode() in registrar.get(person).body
    told = (f"{LATIN[4]}.pdf", pdf(author=LATIN[5]))
    assert registrar.fill(f"{person}documents/new/", file=told, kind="identity", told=LATIN[3]).status == 200
    assert LATIN[3].encode() in registrar.get(person).body
    assert registrar.fill(f"{person}move/", block="7", on="2013-12-30").status == 200
    assert registrar.get(f"/{urllib.parse.quote(PERSIAN[2])}/").status == 404
