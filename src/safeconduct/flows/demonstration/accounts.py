from __future__ import annotations

from datetime import datetime

from django.conf import settings

from safeconduct.core.access.accounts import open_account
from safeconduct.core.access.api import Account, Actor, Role

PASSWORD = settings.DEMONSTRATION_PASSWORD


def open_demonstration_accounts(at: datetime) -> list[Account]:
    """One account a role, all with the same password that every page shows. On demonstration sites only."""
    if settings.SITE_KIND != "demonstration":
        raise RuntimeError("demonstration accounts are opened on demonstration sites only")
    setup = Actor.setting_up([Role.ADMINISTRATOR])
    known = {account.username: account for account in Account.objects.filter(is_demonstration=True)}
    return [
        known.get(role.value)
        or open_account(
            by=setup, username=role.value, password=settings.DEMONSTRATION_PASSWORD, roles=[role], at=at,
            demonstration=True,
        )
        for role in Role
    ]  # fmt: skip
