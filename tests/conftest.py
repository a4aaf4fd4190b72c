"""Shared by all tests: who acts, when, and the guard that only actions write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from safeconduct.core.access import guard
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.roles import Role
from tests.browser import axe_violations, browser

__all__ = ["axe_violations", "browser"]  # one browser a process: it can't be started twice

NOON = datetime(2013, 12, 31, 9, 0, tzinfo=UTC)  # noon in Baghdad


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=20, help="How often tests/crash kills, over all operations, on each database.")


def pytest_terminal_summary(terminalreporter):
    """The lines that tests tell, such as how often what was killed."""
    for report in terminalreporter.getreports("passed"):
        for name, line in getattr(report, "user_properties", ()):
            if name == "told" and report.when == "call":
                terminalreporter.write_line(line)


@pytest.fixture
def tell(request):
    """Say a line of the table that stands at the end of the run."""
    return lambda line: request.node.user_properties.append(("told", line))


@pytest.fixture(autouse=True)
def _only_actions_write(request):
    """In every test our tables change through actions only."""
    with guard.only_actions_write():
        yield


@pytest.fixture(autouse=True)
def _language_of_its_own():
    """A page's language stays with the thread; the next test begins in English."""
    from django.utils import translation

    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Two tests may begin alike, with the same entries: nothing is counted for the one that was counted for the other."""
    yield
    from safeconduct.core.audit.api import forget

    forget()


@pytest.fixture(autouse=True, scope="session")
def _emptying_between_tests():
    """Tests with real transactions empty every table afterwards, the append-only chain too."""
    from django.test import TransactionTestCase

    from tests.append_only import append_only

    empty = TransactionTestCase._fixture_teardown

    def emptied(self):
        token = guard._mode.set("off")
        try:
            append_only(False)
            empty(self)
            append_only(True)
        finally:
            guard._mode.reset(token)

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True, scope="session")
def _signed_in_by_force_as_by_the_page():
    """`client.force_login` gives the session what signing in gives it; without that a session is nobody's."""
    from django.test import Client

    from safeconduct.core import clock
    from safeconduct.core.access.seat import Seat

    login = Client._login

    def forced(self, user, backend=None):
        login(self, user, backend)
        session, now = self.session, clock.real().timestamp()
        Seat(0, now, now, now, "other-e3b0c442/", "this machine").keep(session)
        session.save()

    Client._login = forced
    yield
    Client._login = login


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def administrator() -> Actor:
    """Who opens accounts, before any account exists."""
    return Actor.setting_up([Role.ADMINISTRATOR])


@pytest.fixture
def account(db, administrator):
    """Open an account with some roles and give it back."""
    from safeconduct.core.access.accounts import open_account
    from safeconduct.core.access.models import TeamMembership
    from safeconduct.core.access.permissions import CASEWORK
    from tests.factory import EVERYBODY, the_team, unguarded

    def make(*roles: Role, username: str = "", team: str | None = EVERYBODY):
        """`team`: whose cases the account has; None for those of nobody."""
        name = username or (roles[0].value if roles else "nobody")
        made = open_account(by=administrator, username=name, password="correct horse battery", roles=roles, at=NOON)
        if team and made.roles() & frozenset(CASEWORK):
            with unguarded():
                TeamMembership.objects.create(team=the_team(team), account=made, since=NOON)
        return made

    return make
