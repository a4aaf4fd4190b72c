"""The shell as its users have it: the installed command in a process of its own, on a folder of its own."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).with_name("safeconduct")
PASSPHRASE = "seven brown herons wade upstream"
PASSWORD = "quiet rivers carry paper boats"
OFFICERS = {
    "ada": ("registrar",),
    "ben": ("resettlement_officer",),
    "cleo": ("supervisor",),
    "dan": ("auditor",),
    "eve": ("documenter",),
}
PEOPLE = 120


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        """The one JSON object on the standard output; anything else there fails."""
        assert self.out.count("\n") == 1 and self.out.endswith("\n"), self.out
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """What a command sees: no site by chance, plain English, and modules compiled once."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SAFECONDUCT_", "DJANGO_", "PYTEST"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    cache = Path(os.environ.get("TMPDIR", "/tmp")) / f"safeconduct-compiled-{os.getuid()}"
    return {**kept, "LANG": "en_US.UTF-8", "COLUMNS": "200", "PYTHONPYCACHEPREFIX": str(cache), **more}


def safeconduct(
    *arguments: object, site: Path | None = None, stdin: str = "", cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Done:
    """Run a command to its end. It never shows a traceback, whatever it is given."""
    told = [str(each) for each in arguments] + (["--site", str(site)] if site else [])
    ended = subprocess.run(
        [str(COMMAND), *told], input=stdin, capture_output=True, text=True, cwd=cwd, env=environment(**(env or {})), timeout=300
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return Done(ended.returncode, ended.stdout, ended.stderr)


def inside(site: Path, code: str, *, key_file: Path | None = None) -> Any:
    """Run a few lines with the site open, in a process of their own; what they leave in `answer` comes back as JSON."""
    program = (
        "import json, sys\nfrom pathlib import Path\nfrom safeconduct.cli.opening import opened\n"
        f"with opened(Path({str(site)!r}), {f'Path({str(key_file)!r})' if key_file else None}) as here:\n"
        "    from safeconduct.core.access import guard\n    answer = None\n    with guard.while_migrating():\n"
        + "".join(f"        {line}\n" for line in code.strip().splitlines())
        + "    print(json.dumps(answer, default=str))\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment(), timeout=120)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def made_once(factory: Any, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that all processes of a test run share: the first makes it, the others wait for it."""
    base = factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with open(folder.with_name(f"{name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            make(folder)
    return folder


def make_demonstration(folder: Path) -> None:
    """A demonstration site with few people and a plan that waits for its second person."""
    done = safeconduct("demo", "--people", PEOPLE, site=folder)
    assert done.status == 0, done.err


def make_real(folder: Path) -> None:
    """A real site as its administrator makes it in the shell: `site`, its key file beside it, an account a role."""
    making = folder.with_name(f"{folder.name}-making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    key = making / "passphrase"
    key.write_text(PASSPHRASE + "\n")
    key.chmod(0o600)
    site = making / "site"
    made = safeconduct("init", site, "--name", "Camp North", "--administrator", "root", "--key-file", key, stdin=PASSWORD + "\n")
    assert made.status == 0, made.err
    assert safeconduct("login", "root", "--key-file", key, site=site, stdin=PASSWORD + "\n").status == 0
    for name, roles in OFFICERS.items():
        asked = [part for role in roles for part in ("--role", role)]
        opened = safeconduct("account", "open", name, *asked, "--key-file", key, site=site, stdin=PASSWORD + "\n")
        assert opened.status == 0, opened.err
    chosen = "from safeconduct.core.access.models import Account\nAccount.objects.update(password_is_first=False)"
    inside(site, chosen, key_file=key)  # as if each had signed in once and chosen an own password
    making.rename(folder)


def copied(folder: Path, target: Path) -> Path:
    """A copy to write to."""
    return Path(shutil.copytree(folder, target))


@contextlib.contextmanager
def served(site: Path, log: Path | None = None) -> Iterator[str]:
    """The site's pages, served as their users have them; gives the address. All that the server says goes to `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = log or site.with_name(f"{site.name}.log")
    with place.open("w") as said:
        server = subprocess.Popen(
            [str(COMMAND), "serve", "--port", str(port), "--workers", "1", "--site", str(site)],
            stdout=said, stderr=subprocess.STDOUT, env=environment(PYTHONUNBUFFERED="1"),
        )  # fmt: skip
        try:
            _wait_for(f"http://localhost:{port}", server, place)
            yield f"http://localhost:{port}"
            assert server.poll() is None, f"the server ended by itself with {server.returncode}: {place.read_text()}"
        finally:
            server.terminate()
            server.wait(timeout=60)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(600):
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/sign-in/", timeout=30).read()
            return
        time.sleep(0.2)
    raise AssertionError(f"the server does not answer: {log.read_text()}")
