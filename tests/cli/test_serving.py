"""Serving a team by name over HTTPS, and the emergency lock: a real server, a real TLS client, real processes."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.core.lan.authority import CERTIFICATE, SEALED_KEY, Authority, fingerprint
from safeconduct.core.lan.faults import AnotherName, AuthorityOver, AuthorityUnreadable, ClockBehind
from safeconduct.core.lan.names import checked_name
from safeconduct.core.storage.api import SiteFolder, StorageFault, locking, obtain
from tests.security.crawling import Visitor
from tests.shell import COMMAND, copied, environment, inside, safeconduct, served

NAME = "camp.local"
DAY = timedelta(days=1)


@pytest.fixture
def unlocked(site) -> Iterator[SiteFolder]:
    folder = SiteFolder(site)
    folder.unlock(obtain(folder))
    yield folder
    folder.lock()


def now(folder: SiteFolder):
    return folder.about.created + DAY


# --- the authority ---


def test_the_authority_is_made_once_and_its_key_lies_sealed(unlocked):
    made = Authority.of(unlocked, NAME, at=now(unlocked))
    again = Authority.of(unlocked, NAME, at=now(unlocked) + DAY)
    assert made.certificate == again.certificate and again.name == NAME
    sealed = (unlocked.path / SEALED_KEY).read_bytes()
    assert b"PRIVATE" not in sealed and made._key.private_numbers().private_value.to_bytes(32, "big") not in sealed
    assert oct((unlocked.path / SEALED_KEY).stat().st_mode & 0o777) == "0o600"
    assert unlocked.about.name.encode() not in (unlocked.path / CERTIFICATE).read_bytes(), "it lies open on machines"


def test_it_vouches_for_one_name_and_a_new_one_is_made_only_when_asked(unlocked):
    first = Authority.of(unlocked, NAME, at=now(unlocked))
    with pytest.raises(AnotherName):
        Authority.of(unlocked, "other.local", at=now(unlocked))
    second = Authority.of(unlocked, "other.local", at=now(unlocked), renew=True)
    assert second.name == "other.local" and second.certificate.subject != first.certificate.subject


def test_a_certificate_is_of_a_fortnight_and_due_a_week_before_its_end(unlocked):
    at = now(unlocked)
    shown = Authority.of(unlocked, NAME, at=at).issue(at=at)
    assert not shown.due(at) and not shown.due(at + 6 * DAY) and shown.due(at + 7 * DAY) and shown.due(at - 3 * DAY)


def test_a_wrong_clock_and_an_ended_authority_are_said(unlocked):
    at = now(unlocked)
    authority = Authority.of(unlocked, NAME, at=at)
    with pytest.raises(ClockBehind):
        authority.issue(at=at - 5 * DAY)
    with pytest.raises(AuthorityOver):
        authority.issue(at=at + 6 * 365 * DAY)
    with pytest.raises(ClockBehind):
        Authority.of(unlocked, NAME, at=unlocked.about.created - 9 * DAY)


@pytest.mark.parametrize("spoil", [CERTIFICATE, SEALED_KEY])
def test_a_damaged_or_foreign_authority_is_named_and_never_replaced_by_itself(unlocked, spoil):
    Authority.of(unlocked, NAME, at=now(unlocked))
    (unlocked.path / spoil).write_bytes((unlocked.path / spoil).read_bytes()[:-9] + b"something")
    with pytest.raises(AuthorityUnreadable):
        Authority.of(unlocked, NAME, at=now(unlocked))
    (unlocked.path / spoil).unlink()
    with pytest.raises(AuthorityUnreadable):
        Authority.of(unlocked, NAME, at=now(unlocked))


@pytest.mark.parametrize(
    "name", ["192.168.1.4", "camp", "co.uk", "-x.local", "a b.local", "x.localhost", "camp.7", "é.local", "::1"]
)
def test_what_is_no_name_of_a_machine_is_refused(name):
    with pytest.raises(StorageFault):
        checked_name(name)


def test_a_name_is_kept_in_small_letters():
    assert checked_name("Camp.Local") == NAME


# --- served by name ---


@contextlib.contextmanager
def by_name(site: Path) -> Iterator[tuple[int, str]]:
    """The site served under NAME; gives the port, and afterwards what was said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = site.with_name(f"{site.name}-lan.log")
    with said.open("w") as log:
        command = [str(COMMAND), "serve", "--lan", NAME, "--address", "127.0.0.1", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen([*command, "--site", str(site)], stdout=log, stderr=subprocess.STDOUT, env=environment())
        try:
            for _attempt in range(300):
                assert server.poll() is None, said.read_text()
                with contextlib.suppress(OSError):
                    asked(port, site / CERTIFICATE)
                    break
                time.sleep(0.2)
            yield port, said.read_text()
        finally:
            server.terminate()
            server.wait(timeout=60)


def asked(port: int, trusted: Path, *, name: str = NAME, path: str = "/sign-in/") -> http.client.HTTPResponse:
    """What a browser that trusts an authority gets under a name."""
    context = ssl.create_default_context(cafile=str(trusted))
    raw = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection = http.client.HTTPSConnection(name, port, context=context, timeout=30)
    connection.sock = context.wrap_socket(raw, server_hostname=name)
    connection.request("GET", path, headers={"Host": f"{name}:{port}"})
    return connection.getresponse()


@pytest.fixture(scope="module")
def team(demonstration, tmp_path_factory):
    site = copied(demonstration, tmp_path_factory.mktemp("team") / "site")
    with by_name(site) as (port, said):
        yield site, port, said


def test_a_machine_that_trusts_the_authority_reaches_the_site_by_its_name_and_by_no_other(team):
    site, port, _said = team
    assert asked(port, site / CERTIFICATE).status == 200
    with pytest.raises(ssl.SSLCertVerificationError):
        asked(port, site / CERTIFICATE, name="other.local")
    with pytest.raises(ssl.SSLCertVerificationError):
        context = ssl.create_default_context()
        with socket.create_connection(("127.0.0.1", port)) as raw:
            context.wrap_socket(raw, server_hostname=NAME)


def test_cookies_and_headers_hold_the_browser_to_https(team):
    site, port, _said = team
    answer = asked(port, site / CERTIFICATE)
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookies = answer.headers.get_all("Set-Cookie")
    assert cookies and all(cookie.startswith("__Host-") and "Secure" in cookie for cookie in cookies), cookies


def test_plain_http_is_not_answered(team):
    _site, port, _said = team
    with pytest.raises((http.client.BadStatusLine, ConnectionError)):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/sign-in/")
        connection.getresponse()


def test_it_is_said_how_to_trust_and_the_fingerprint_is_the_same_on_the_page(team):
    site, port, said = team
    rows = fingerprint((site / CERTIFICATE).read_bytes())
    page = asked(port, site / CERTIFICATE, path="/trust/").read().decode()
    for row in rows:
        assert row in said and row in page
    assert str(site / CERTIFICATE) in said and "Firefox" in said and "leads nowhere yet" in said
    assert "This page proves nothing by itself" in page
    assert asked(port, site / CERTIFICATE, path="/trust/authority.crt").read() == (site / CERTIFICATE).read_bytes()


def test_nothing_of_the_certificate_s_key_lies_on_the_disk(team):
    site, _port, _said = team
    assert [path for path in site.rglob("*") if path.is_file() and b"PRIVATE KEY" in path.read_bytes()] == []


def test_what_goes_with_lan_goes_not_without_it(demonstration):
    done = safeconduct("serve", "--address", "0.0.0.0", site=demonstration)
    assert done.status == 2 and "--lan" in done.err


# --- the emergency lock ---


def processes_of(site: Path) -> list[int]:
    """Every process that names this site in its command line or holds its database open."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        if int(folder.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            opened = [os.readlink(link) for link in (folder / "fd").iterdir()]
            if str(site).encode() in (folder / "cmdline").read_bytes() or any(str(site) in each for each in opened):
                found.append(int(folder.name))
    return found


@contextlib.contextmanager
def going(site: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The site served until it is locked: the parent process, and the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with site.with_name(f"{site.name}.log").open("w") as log:
        server = subprocess.Popen(
            [str(COMMAND), "serve", "--port", str(port), "--workers", "2", "--site", str(site)],
            stdout=log, stderr=subprocess.STDOUT, env=environment(),
        )  # fmt: skip
        try:
            for _attempt in range(300):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield server, f"http://localhost:{port}"
        finally:
            server.kill()
            server.wait()


def closed(address: str) -> bool:
    port = int(address.rsplit(":", 1)[1])
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return True
    return False


def chain_of(site: Path) -> list[list[str]]:
    return inside(
        site,
        "from safeconduct.core.audit.models import AuditEntry\n"
        'answer = [list(e) for e in AuditEntry.objects.order_by("number").values_list("actor", "act")]',
    )


def test_locked_from_another_shell_nothing_of_the_site_is_left_running_and_no_session_comes_back(site):
    with going(site) as (server, address):
        visitor = Visitor(address, "protection_officer")
        done = safeconduct("lock", site=site)
        assert done.status == 0 and "Locked" in done.out, done.err
        assert server.wait(timeout=10) == 3
        assert processes_of(site) == [] and closed(address)
    assert ["machine", "site locked"] in chain_of(site)
    with served(site) as again:
        visitor.address = again
        assert b"/sign-out/" not in visitor.get("/people/").body, "the session is ended"


def test_the_button_on_a_page_does_the_same_with_two_presses_and_an_answer_that_says_nothing(site):
    with going(site) as (server, address):
        visitor = Visitor(address, "registrar")
        page = visitor.get("/lock/").body.decode()
        assert "autofocus" in page and "Lock the site now?" in page
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        answer = visitor.post("/blank/", csrfmiddlewaretoken=token[1], confirmed="yes")
        assert answer.status == 200 and answer.links == [] and b"onduct" not in answer.body
        assert server.wait(timeout=10) == 3
        assert processes_of(site) == [] and closed(address)
    locked = [entry for entry in chain_of(site) if entry[1] == "site locked"]
    assert len(locked) == 1 and locked[0][0].startswith("page:")


def test_a_site_that_does_not_run_is_marked_and_its_sessions_end_at_the_next_opening(site):
    done = safeconduct("lock", site=site)
    assert done.status == 0 and "was not running" in done.out
    assert locking.marked(site) is not None
    assert ["machine", "site locked"] in chain_of(site)
    assert locking.marked(site) is None


def test_where_there_is_no_site_nothing_is_locked(tmp_path):
    assert safeconduct("lock", site=tmp_path).status == 2


def test_a_hanging_process_is_killed(site):
    with going(site) as (server, _address):
        for process in processes_of(site):
            os.kill(process, signal.SIGSTOP)
        done = safeconduct("lock", site=site)
        assert done.status == 0, done.err
        server.wait(timeout=10)
        assert processes_of(site) == []


def test_when_the_parent_is_killed_no_child_keeps_the_key(site):
    with going(site) as (server, address):
        assert len(processes_of(site)) > 1
        server.kill()
        server.wait()
        for _attempt in range(100):
            if not processes_of(site):
                break
            time.sleep(0.1)
        assert processes_of(site) == [] and closed(address)
