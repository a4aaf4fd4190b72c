"""Sites on the disk for tests that use Safeconduct from outside. Import the fixtures that a folder of tests needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shell import copied, made_once, make_demonstration


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Path:
    """A demonstration site to look at; tests that write take `site`."""
    return made_once(tmp_path_factory, "demonstration", make_demonstration)


@pytest.fixture
def site(demonstration, tmp_path) -> Path:
    """A demonstration site of one's own."""
    return copied(demonstration, tmp_path / "demonstration")
