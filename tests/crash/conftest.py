from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def kills(pytestconfig) -> int:
    """How often is killed, over all operations."""
    return pytestconfig.getoption("--kills")
