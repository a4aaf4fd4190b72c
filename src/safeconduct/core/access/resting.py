"""An account rests after five wrong passwords. Whoever guesses on purpose shuts colleagues out: an administrator ends it."""

from __future__ import annotations

from datetime import datetime

from axes.utils import reset
from django.utils.translation import gettext_noop

from safeconduct.core.access.actions import action
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import Account


@action(permission="access.manage_accounts", audit=gettext_noop("rest of an account ended"))
def end_rest(*, by: Actor, account: Account, at: datetime) -> Account:
    """Forget the wrong passwords of an account, from every address."""
    reset(username=account.username)
    return account
