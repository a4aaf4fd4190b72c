"""A child gets the key through a descriptor that it inherits; nothing that others can list holds it."""

import json
import os
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import pytest

from safeconduct.core.storage import handover, keys
from safeconduct.core.storage.errors import KeyDescriptorRefused, SiteLocked
from safeconduct.core.storage.handover import VARIABLE, handing_over, receive
from safeconduct.core.storage.sealed import open_sealed

pytestmark = pytest.mark.storage

CHILD = """
import os, sys
from pathlib import Path
from safeconduct.core.storage.handover import receive
from safeconduct.core.storage.keys import key_of
from safeconduct.core.storage.sealed import open_sealed
folder = Path(sys.argv[1])
assert receive(folder)
print(open_sealed(folder / "database.sqlite3", key_of(folder)).execute("SELECT a FROM t").fetchone()[0], flush=True)
sys.stdin.read()
"""

SERVER = """
import multiprocessing, sys
from pathlib import Path
from granian.constants import Interfaces
from granian.server import Server
from safeconduct.core.storage.handover import handing_over
from safeconduct.core.storage.site import SiteFolder

if __name__ == "__main__":
    folder, method, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    multiprocessing.set_start_method(method)
    SiteFolder(folder).unlock(sys.stdin.buffer.read())
    place = {"address": "127.0.0.1", "port": port}
    server = Server("web:application", **place, interface=Interfaces.WSGI, workers=2, workers_kill_timeout=5)
    with handing_over(folder) as handover:
        server.serve(target_loader=handover.target("web:application"), wrap_loader=False)
"""

WEB = """
import json, os
from pathlib import Path
from safeconduct.core.storage.keys import key_of
from safeconduct.core.storage.sealed import open_sealed

FOLDER = Path(os.environ["SITE"])

def application(environ, start_response):
    told = open_sealed(FOLDER / "database.sqlite3", key_of(FOLDER)).execute("SELECT a FROM t").fetchone()[0]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"pid": os.getpid(), "told": told}).encode()]
"""


@pytest.fixture
def written(site):
    """A site whose sealed database holds one word."""
    connection = open_sealed(site.database, keys.key_of(site.path), isolation_level=None)
    connection.execute("CREATE TABLE t (a)")
    connection.execute("INSERT INTO t VALUES ('sealed word')")
    connection.close()
    return site


def told_to_everybody(pid: int) -> bytes:
    """What every process of the same account can list of another."""
    place = Path("/proc") / str(pid)
    return b"".join((place / name).read_bytes() for name in ("environ", "cmdline", "comm", "status"))


def shapes_of(key: keys.Key) -> list[bytes]:
    shapes = [key.secret(), key.for_purpose("database")]
    return [shape for secret in shapes for shape in (secret, secret.hex().encode(), repr(secret).encode())]


needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")


@needs_proc
def test_two_children_open_the_database_and_their_environment_and_arguments_hold_no_key(written):
    with handing_over(written.path) as handed:
        children = [
            subprocess.Popen(
                [sys.executable, "-c", CHILD, str(written.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                **handed.for_subprocess(),
            )
            for _ in range(2)
        ]
    assert [child.stdout.readline().strip() for child in children] == ["sealed word"] * 2
    for child in children:
        told = told_to_everybody(child.pid)
        assert VARIABLE.encode() in told
        assert not any(shape in told for shape in shapes_of(keys.key_of(written.path)))
        child.communicate("")


@needs_proc
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_every_worker_of_the_web_server_opens_the_database(written, tmp_path, unused_port, method):
    (tmp_path / "serve.py").write_text(SERVER)
    (tmp_path / "web.py").write_text(textwrap.dedent(WEB))
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    source = str(Path(handover.__file__).parents[3])
    server = subprocess.Popen(
        [sys.executable, str(tmp_path / "serve.py"), str(written.path), method, str(unused_port)],
        stdin=subprocess.PIPE,
        env={**environment, "PYTHONPATH": f"{source}:{tmp_path}", "SITE": str(written.path)},
        cwd=tmp_path,
    )
    try:
        server.stdin.write(b"orchard violin gravel seventeen")
        server.stdin.close()
        answered: set[int] = set()
        for _ in range(2000):  # until both workers have answered; the kernel chooses between them
            answer = ask(unused_port)
            assert answer["told"] == "sealed word"
            answered.add(answer["pid"])
            if len(answered) == 2:
                break
        workers = children_of(server.pid)
        assert len(answered) == 2 and answered <= set(workers)
        told = b"".join(told_to_everybody(pid) for pid in (server.pid, *workers))
        assert b"orchard" not in told
        assert not any(shape in told for shape in shapes_of(keys.key_of(written.path)))
    finally:
        server.terminate()
        server.wait(20)


def ask(port: int) -> dict:
    """One request on a connection of its own, so that any worker may answer; the server may still be starting."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_without_memory_of_its_own_a_pipe_serves_several_children(written, monkeypatch):
    monkeypatch.delattr(os, "memfd_create", raising=False)
    key = keys.key_of(written.path)
    with handing_over(written.path) as handed:
        for _ in range(3):
            written.lock()
            assert receive(written.path, os.dup(handed.descriptor))
            assert keys.key_of(written.path).secret() != bytes(32)
    assert key.secret() == bytes(32)  # what was locked in between is forgotten


def test_the_key_of_another_site_is_refused(make_site, written):
    with handing_over(written.path) as handed, pytest.raises(KeyDescriptorRefused, match="another site"):
        receive(make_site("other").path, os.dup(handed.descriptor))


def test_a_descriptor_of_anything_else_is_refused(site, tmp_path):
    (tmp_path / "x").write_bytes(b"x" * 200)
    with pytest.raises(KeyDescriptorRefused, match="no key of a site"):
        receive(site.path, os.open(tmp_path / "x", os.O_RDONLY))
    with pytest.raises(KeyDescriptorRefused, match="Bad file descriptor"):
        receive(site.path, 9999)


def test_a_number_in_the_environment_is_taken_once_and_only_as_a_number(site, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert not receive(site.path)
    monkeypatch.setenv(VARIABLE, "x'00'")
    with pytest.raises(KeyDescriptorRefused, match="no number"):
        receive(site.path)
    assert VARIABLE not in os.environ


def test_a_locked_site_has_nothing_to_hand_over(make_site):
    with pytest.raises(SiteLocked), handing_over(make_site().path):
        pass


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="Linux only")
def test_what_is_handed_over_cannot_be_changed(written):
    with handing_over(written.path) as handed, pytest.raises(PermissionError):
        os.pwrite(handed.descriptor, b"x", 0)
