"""What tests of signing in share: the real clock in one's hand, an account with an authenticator app, and its codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from safeconduct.core.access.models import Account
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.signin import codes
from safeconduct.core.signin.actions import factors

PASSWORD = "correct horse battery"


class Clock:
    """The real clock, moved by hand: nobody waits."""

    def __init__(self) -> None:
        self.moment = timezone.now()

    def __call__(self) -> datetime:
        return self.moment

    def later(self, **lapse: float) -> None:
        self.moment += timedelta(**lapse)


def enter(client, account: Account, password: str = PASSWORD, **more):
    """The first step: name and password."""
    return client.post(reverse("sign_in"), {"username": account.username, "password": password, **more})


def with_app(account: Account, real: Clock, at: datetime) -> bytes:
    """Set up an authenticator app; gives its secret. The code of this half minute has been used by that."""
    secret = codes.new_secret()
    factors.add_app(
        by=account.actor(), account=account, secret=secret, code=code_of(secret, real), name="phone", at=at, real=real()
    )
    real.later(seconds=codes.STEP)
    return secret


def with_recovery_codes(account: Account, real: Clock, at: datetime) -> list[str]:
    """Ten recovery codes."""
    shown, salt, derived = factors.prepared()
    factors.make_recovery_codes(by=account.actor(), account=account, salt=salt, derived=derived, at=at, real=real())
    return shown


def code_of(secret: bytes, real: Clock) -> str:
    """What the app shows now."""
    return codes.code_at(secret, int(real().timestamp() // codes.STEP))


def wrong(code: str) -> str:
    """Six digits that are no code of now, before or after: off by one in each place can't be all three neighbours at once."""
    return "".join(str((int(digit) + 1) % 10) for digit in code)


def written(act: str = "") -> list[tuple[str, str, str, str]]:
    """What stands in the audit chain: actor, act, outcome, subject; the newest last."""
    entries = AuditEntry.objects.filter(act=act) if act else AuditEntry.objects.all()
    return list(entries.order_by("number").values_list("actor", "act", "outcome", "subject"))
