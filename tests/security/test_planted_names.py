"""Names that stand nowhere else in the world are planted in the register; then they are looked for where none may be."""

from __future__ import annotations

import csv
import re
import unicodedata
import urllib.parse
from uuid import UUID

import pytest

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from tests.security.crawling import Visitor
from tests.security.reading import reads_of
from tests.shell import inside, safeconduct, served

GIVEN, FAMILY, FATHER, OTHER = "Zhyvaqor", "Quxwendil", "Brontafez", "ژیواقورک"
PLANTED = (GIVEN, FAMILY, FATHER, OTHER)
# No person, and so nowhere in a permission about people.
MAY_NOT = [Role.DOCUMENTER, Role.DATA_PROTECTION_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR]


def written(name: str) -> set[bytes]:
    """How a name may stand in bytes: encodings, cases, escapes of addresses and of JSON, both Unicode forms."""
    texts = {name, name.lower(), name.upper()}
    texts |= {unicodedata.normalize(form, text) for form in ("NFC", "NFD") for text in set(texts)}
    texts |= {urllib.parse.quote(text) for text in set(texts)} | {text.encode("unicode_escape").decode() for text in set(texts)}
    return {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le")}


def given(n: int) -> str:
    """A given name that one person of the site bears."""
    return GIVEN + "".join("abcdefghij"[int(digit)] for digit in f"{n:03d}")


EVERYWHERE = set().union(*map(written, PLANTED))


def names_in(content: bytes) -> list[bytes]:
    return [name for name in EVERYWHERE if name in content]


@pytest.fixture(scope="module")
def planted(demonstration, tmp_path_factory):
    """Every person of the site bears a planted name, in the register, in waiting sheets and in faulty rows; served, and logged."""
    from tests.shell import copied

    folder = tmp_path_factory.mktemp("planted")
    site = copied(demonstration, folder / "site")
    people = folder / "people.csv"
    assert safeconduct("export", "people", people, site=site).status == 0
    with people.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for n, row in enumerate(rows):
        row |= {
            "given_name": given(n),
            "family_name": FAMILY,
            "father_name": FATHER,
            "given_name_other": OTHER,
            "grandfather_name": "",
            "family_links": "DEU:sister",
        }
    rows.append({"id": "N-1", "given_name": GIVEN, "birth_date": f"{FAMILY} knows"})
    changed = folder / "changed.csv"
    with changed.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, rows[0])
        out.writeheader()
        out.writerows(rows)
    done = safeconduct("import", "people", changed, "--report", folder / "report.xlsx", site=site)
    assert done.status == 3, done.err
    assert names_in(done.out.encode()) == names_in(done.err.encode()) == []
    assert safeconduct("plan", site=site).status == 0
    assert safeconduct("plan", "approve", "2", site=site).status == 0
    log = folder / "server.log"
    with served(site, log) as address:
        yield site, address, log, changed


@pytest.fixture(scope="module")
def crawled(planted):
    """What each role sees, role by role."""
    site, address, _log, _sheet = planted
    with reads_of(site) as read:
        return {
            role: list(Visitor(address, role.value, read=read).crawl("/people/", "/plans/", "/imports/", "/audit/"))
            for role in Role
        }


def test_the_names_are_there_for_whoever_may_see_them(crawled):
    for role in roles_with("register.see_people"):
        assert any(names_in(seen.body) for seen in crawled[role]), role
    assert {role for role in Role if role not in roles_with("register.see_people")} == set(MAY_NOT)


@pytest.fixture(scope="module")
def bearers(planted):
    """What may stand on a page of one person alone → that person: the number, and the given name that nobody else bears."""
    site, *_others = planted
    told = inside(
        site,
        """
from safeconduct.register.models import Person, PersonName
answer = [list(each) for each in Person.objects.values_list("number", "pk")]
answer += [list(each) for each in PersonName.objects.filter(kind="given", script="Latn").values_list("text", "person")]
""",
    )
    return {text: UUID(person) for text, person in told if text != GIVEN}


def test_whoever_stands_in_an_answer_stands_in_its_entry_of_the_log_of_reads(crawled, bearers):
    word = re.compile(rf"L-\d+|{GIVEN}[a-j]+")
    looked, missing = set(), {}
    for role, pages in crawled.items():
        for seen in pages:
            shown = {bearers[text] for text in word.findall(seen.body.decode(errors="replace")) if text in bearers}
            looked |= shown
            if shown - set(seen.read):
                missing[role, seen.path] = len(shown - set(seen.read))
    assert len(looked) > 50 and missing == {}


def test_whoever_sees_the_own_cases_is_shown_nobody_of_another_on_any_page(planted, crawled, bearers):
    site, *_others = planted
    visible = inside(
        site,
        """
from safeconduct.core.access.api import Account
from safeconduct.register.access import visible_to
answer = {a.username: [str(pk) for pk in visible_to(a.actor()).values_list("pk", flat=True)] for a in Account.objects.all()}
""",
    )
    word = re.compile(rf"L-\d+|{GIVEN}[a-j]+")
    own = set(roles_with("register.see_people")) - set(roles_with("register.see_whole_register"))
    everybody = {str(person) for person in bearers.values()}
    for role in own:
        told = {text for seen in crawled[role] for text in word.findall(seen.body.decode(errors="replace"))}
        shown = {str(bearers[text]) for text in told if text in bearers}
        assert shown and shown <= set(visible[role.value]) < everybody, role


def test_needs_and_relatives_abroad_that_stand_on_a_persons_page_stand_in_its_entry(crawled):
    of_person, found = re.compile(r"^/people/([0-9a-f-]{36})/$"), {"needs": 0, "relatives_abroad": 0}
    for role, pages in crawled.items():
        for seen in pages:
            if not (path := of_person.match(seen.path)) or seen.status != 200:
                continue
            for level, says in (("needs", b"Specific needs as UNHCR"), ("relatives_abroad", b">Relatives abroad<")):
                assert says not in seen.body or level in seen.read[UUID(path[1])], (role, level)
                found[level] += says in seen.body
    assert min(found.values()) >= 5, found


@pytest.mark.parametrize("role", MAY_NOT)
def test_whoever_sees_no_people_reads_none(crawled, role):
    assert {seen.path: set(seen.read) for seen in crawled[role] if seen.read} == {}


@pytest.mark.parametrize("role", MAY_NOT)
def test_no_page_of_a_role_that_sees_no_people_holds_a_name(crawled, role):
    assert len([seen for seen in crawled[role] if seen.status == 200]) >= 3, "there was something to read"
    assert {seen.path: names_in(seen.body) for seen in crawled[role] if names_in(seen.body)} == {}


def test_no_link_leads_to_an_address_with_a_name_and_none_is_broken(crawled):
    for role, pages in crawled.items():
        for seen in pages:
            assert not [link for link in [seen.path, *seen.links] if names_in(link.encode())], (role, seen.path)
            assert seen.status in (200, 403, 405), (role, seen.path, seen.status)
    asked = {re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "*", seen.path) for pages in crawled.values() for seen in pages}
    assert {"/people/*/", "/plans/*/people/*/", "/families/*/", "/audit/", "/submissions/"} <= asked


def test_a_link_that_a_role_is_shown_opens(crawled):
    tried = ("/people/", "/plans/", "/imports/", "/audit/")
    for role, pages in crawled.items():
        refused = {seen.path for seen in pages if seen.status == 403 and seen.path not in tried}
        assert refused == set(), role


def test_searching_by_name_leaves_it_in_no_address_log_or_file(planted):
    site, address, log, sheet = planted
    visitor = Visitor(address, "protection_officer")
    page = visitor.get("/people/").body.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    found = visitor.post("/people/", csrfmiddlewaretoken=token[1], text=f"{given(0)} {FAMILY}")
    assert found.status == 200 and names_in(found.body)
    # Somebody types an address that no page of ours ever writes.
    assert visitor.get(f"/people/{GIVEN}/").status == 404
    assert safeconduct("import", "people", sheet, "--dry-run", site=site).status == 3
    assert names_in(log.read_bytes()) == []
    assert not [path for path in site.rglob("*") if names_in(path.name.encode())]


def test_the_audit_chain_holds_no_name(planted):
    site, *_others = planted
    chain = inside(
        site,
        """
from safeconduct.core.audit.models import AuditEntry
answer = [list(each) for each in AuditEntry.objects.values_list("actor", "act", "subject", "facts")]
""",
    )
    assert len(chain) > 50
    assert [entry for entry in chain if names_in(repr(entry).encode()) or names_in("".join(entry).encode())] == []


def test_no_file_of_the_site_and_no_backup_shows_a_name_to_whoever_has_no_key(planted, tmp_path):
    site, *_others = planted
    assert safeconduct("backup", tmp_path / "backup", site=site).status == 0
    files = [path for path in site.rglob("*") if path.is_file()]
    assert {"database.sqlite3", "database.sqlite3-wal"} <= {path.name for path in files}, (
        "the log is there while the site is served"
    )
    for path in [*files, tmp_path / "backup"]:
        assert names_in(path.read_bytes()) == [], path.name
