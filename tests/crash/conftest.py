from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def kills(pytestconfig) -> int:
    """How often is killed, over all operations."""
    return pytestconfig.getoption("--kills")


@pytest.fixture
def tell(request):
    """Say a line of the table that stands at the end of the run."""
    return lambda line: request.node.user_properties.append(("told", line))
