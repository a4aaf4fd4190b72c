"""Sites on the disk for tests that use Safeconduct from outside. Import the fixtures that a folder of tests needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell import copied, made_once, make_demonstration


def fresh(factory: pytest.TempPathFactory) -> Path:
    """A demonstration site that nobody opens: whoever looks at people is written down, so that looking leaves a trace too."""
    return made_once(factory, "fresh-demonstration", make_demonstration)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Path:
    """A demonstration site to look at; tests that write take `site`."""
    return made_once(tmp_path_factory, "demonstration", lambda folder: copied(fresh(tmp_path_factory), folder))


@pytest.fixture
def site(tmp_path_factory, tmp_path) -> Path:
    """A demonstration site of one's own, as it was made."""
    return copied(fresh(tmp_path_factory), tmp_path / "demonstration")
