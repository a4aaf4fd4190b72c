"""Who is signed in, in tests of the register's pages."""

from __future__ import annotations

import pytest

from safeconduct.core.access.roles import Role
from tests.reads import by_hand, log

__all__ = ["by_hand", "log"]


@pytest.fixture
def signed_in(client, account):
    """A browser in which somebody with these roles is signed in."""

    def enter(*roles: Role):
        client.force_login(account(*roles), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def officer(account):
    """A registrar as the one who acts."""
    return account(Role.REGISTRAR, username="a.registrar").actor()


@pytest.fixture(autouse=True)
def _the_day_of_the_tests(settings):
    """The site stands at the last day of 2013."""
    settings.SITE_TODAY = "2013-12-31"
