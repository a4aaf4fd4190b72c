from __future__ import annotations

import pytest

from safeconduct.core import clock
from tests.core.access.signing import Clock


@pytest.fixture
def real(monkeypatch) -> Clock:
    """The real clock, moved by hand."""
    moved = Clock()
    monkeypatch.setattr(clock, "real", moved)
    return moved
