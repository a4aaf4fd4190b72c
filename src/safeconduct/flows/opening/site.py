from __future__ import annotations

from django.core.management import call_command

from safeconduct.core import clock
from safeconduct.core.access import guard
from safeconduct.core.access.accounts import open_account
from safeconduct.core.access.api import Account, Actor, Role
from safeconduct.core.reads.keeping import keep_a_log


def bring_up_to_date() -> None:
    """Run the migrations that are missing; the only writes outside actions are Django's own."""
    with guard.while_migrating():
        call_command("migrate", verbosity=0, interactive=False)
    keep_a_log(clock.now())


def open_first_account(username: str, password: str) -> Account:
    """Make the tables and the first administrator of a new site."""
    bring_up_to_date()
    with guard.only_actions_write():
        setup = Actor.setting_up([Role.ADMINISTRATOR])
        return open_account(by=setup, username=username, password=password, roles=[Role.ADMINISTRATOR], at=clock.now())
