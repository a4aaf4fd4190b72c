"""A site to be killed on, copied in a moment: a folder, or a folder and a PostgreSQL database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from tests.crash.operations import ALONG
from tests.shell import COMMAND, PEOPLE, copied, environment

# The state of a site as numbers: rows by table, but of what the software keeps about itself; and what proves it whole.
LOOK = """
import json, sys
from pathlib import Path
from safeconduct.cli.opening import opened
with opened(Path(sys.argv[1])) as here:
    from django.apps import apps
    from django.db import connection
    from safeconduct.core.audit.api import verify
    from safeconduct.core.reads.verification import verify as verify_reads
    from safeconduct.register.api import Person, missing_documents
    rooms = ("register", "routes", "plans", "departures")
    rows = {m._meta.label: m._base_manager.count() for m in apps.get_models() if m._meta.app_label in rooms}
    rows["people who stand"] = Person.objects.count()
    faults = [str(each) for found in (verify(), verify_reads()) for each in found[1]] + missing_documents()
    if connection.vendor == "sqlite":
        from safeconduct.core.storage.keys import key_of
        from safeconduct.core.storage.sealed import integrity_faults, open_sealed
        faults += integrity_faults(open_sealed(here.folder.database, key_of(here.folder.path)))
    people = list(Person.objects.order_by("number").values_list("number", flat=True)[:2])
print(json.dumps({"rows": rows, "faults": faults, "people": people}))
"""
NEW = """
import sys
from datetime import date, datetime
from pathlib import Path
from safeconduct.core.storage.api import SiteFolder
SiteFolder.create(Path(sys.argv[1]), name="Camp Liberty", kind="demonstration", created=datetime.now().astimezone(),
    zone="Asia/Baghdad", today=date(2013, 12, 31), service=sys.argv[2])
"""


@dataclass
class Place:
    """A site in a folder of its own, and the environment in which its commands run."""

    folder: Path
    site: Path
    env: dict[str, str] = field(default_factory=dict)

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        told = [str(COMMAND), *(str(each) for each in arguments), "--site", str(self.site)]
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        return subprocess.Popen(told, env=environment(TMPDIR=str(self.folder), **self.env), start_new_session=True, **quiet)

    def run(self, *arguments: object, program: str = "") -> str:
        told = [sys.executable, "-c", program, *map(str, arguments)] if program else [str(COMMAND), *map(str, arguments)]
        done = subprocess.run(told, capture_output=True, text=True, env=environment(**self.env), timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout


def take_along(place: Place) -> None:
    """A travelling copy beside the site, on which something was done."""
    along = place.folder / "along"
    place.run("travel", "take", along, "--site", place.site)
    place.run(along, program=ALONG)


def make_embedded(site: Path, folder: Path) -> None:
    """A folder with a sealed site and a travelling copy of it."""
    making = folder.with_name(f"{folder.name}-making")
    making.mkdir()
    take_along(Place(making, copied(site, making / "site")))
    making.rename(folder)


@contextmanager
def embedded(template: Path, tmp_path: Path) -> Iterator[Place]:
    """A copy of a sealed site, and of what travels."""
    yield Place(tmp_path, copied(template, tmp_path) / "site")


def server() -> dict[str, str]:
    """Where this run's PostgreSQL listens."""
    from django.conf import settings

    entry = settings.DATABASES["default"]
    about = {"host": entry["HOST"], "user": entry["USER"], "port": entry.get("PORT"), "password": entry.get("PASSWORD")}
    return {name: str(value) for name, value in about.items() if value}


@contextmanager
def postgresql(template: Path, tmp_path: Path) -> Iterator[Place]:
    """A copy of a site on PostgreSQL, with its database copied inside the server."""
    copied(template, tmp_path)
    copy, about = f"killed_{os.getpid()}", server()
    with psycopg.connect(make_conninfo(dbname="postgres", **about), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {copy} TEMPLATE {template_name()}")
        try:
            yield Place(tmp_path, tmp_path / "site", {"PGSERVICEFILE": str(_service(tmp_path, copy, about))})
        finally:
            connection.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def make_on_postgresql(folder: Path) -> None:
    """A demonstration site on PostgreSQL, made by the same command as any."""
    about = server()
    with psycopg.connect(make_conninfo(dbname="postgres", **about), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {template_name()} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {template_name()}")
    making = folder.with_name(f"{folder.name}-making")
    making.mkdir()
    place = Place(making, making / "site", {"PGSERVICEFILE": str(_service(making, template_name(), about))})
    place.run(place.site, "killed", program=NEW)
    place.run("demo", "--people", PEOPLE, "--site", place.site)
    take_along(place)
    making.rename(folder)


def template_name() -> str:
    """One a run: its workers share it."""
    return f"template_{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid()))[:12]}"


def _service(folder: Path, database: str, about: dict[str, str]) -> Path:
    lines = "\n".join(f"{name}={value}" for name, value in {"dbname": database, **about}.items())
    path = folder / "services"
    path.write_text(f"[killed]\n{lines}\n")
    return path
