"""A quick site in a temporary folder, and Django connections to it beside the test run's own database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

from safeconduct.core.storage import keys
from safeconduct.core.storage.seal import Cost
from safeconduct.core.storage.site import SiteFolder

PASSPHRASE = b"orchard violin gravel seventeen"
NOON = datetime(2013, 12, 1, 12, tzinfo=UTC)
QUICK = Cost(passes=1, memory_kib=64, lanes=1)
PLANTED = "Zarrinpanjeh-Planted"


@pytest.fixture(autouse=True)
def _only_actions_write() -> None:
    """These tests work below the actions, on tables of their own."""


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[..., SiteFolder]]:
    """Make a site; what is not said is a real one with a quick seal."""

    before = keys.held()

    def make(where: str = "site", **changes: Any) -> SiteFolder:
        words: dict[str, Any] = {"name": "Orchard", "kind": "real", "created": NOON, "cost": QUICK}
        if changes.get("kind") != "demonstration":
            words["passphrase"] = PASSPHRASE
        return SiteFolder.create(tmp_path / where, **words | changes)

    yield make
    # Never all keys: the run's own database lives by one of them.
    for folder in keys.held().keys() - before.keys():
        keys.lock(folder)


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """A real site, unlocked in this process."""
    site = make_site()
    keys.unlock(site.path, PASSPHRASE)
    return site


@contextmanager
def connected(alias: str, settings: dict[str, Any]) -> Iterator[str]:
    """Django's connections, with one more under this alias."""
    connections.settings[alias] = ConnectionHandler({"default": settings}).settings["default"]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


@pytest.fixture
def sealed(site: SiteFolder, django_db_blocker: Any) -> Iterator[str]:
    """The alias of a Django connection to the site's sealed database."""
    with django_db_blocker.unblock(), connected("sealed", site.databases()["default"]) as alias:
        yield alias
