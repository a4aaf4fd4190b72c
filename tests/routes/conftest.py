"""Who is signed in, in tests of the pages of offers and choices."""

from __future__ import annotations

import pytest

from safeconduct.core.access.roles import Role


@pytest.fixture
def signed_in(client, account):
    """A browser in which somebody with these roles is signed in."""

    def enter(*roles: Role):
        client.force_login(account(*roles), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter
