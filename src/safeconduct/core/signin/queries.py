"""What signing in reads: the second factors of an account, and the recovery codes that are left."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from safeconduct.core.access.models import Account
from safeconduct.core.signin.models import Factor, RecoveryCode


def open_factors(account: Account) -> QuerySet[Factor]:
    """The factors that an account has now, the oldest first."""
    return Factor.objects.filter(account=account, ended_at=None).order_by("added_at", "pk")


def passkeys(account: Account, *, host: str) -> QuerySet[Factor]:
    """The passkeys of an account that answer under a host name."""
    return open_factors(account).filter(kind=Factor.Kind.PASSKEY, host=host)


def app_of(account: Account) -> Factor | None:
    """The authenticator app of an account."""
    return open_factors(account).filter(kind=Factor.Kind.APP).first()


def has_factor(account: Account) -> bool:
    """Whether an account has a second factor."""
    return open_factors(account).exists()


def open_codes(account: Account) -> QuerySet[RecoveryCode]:
    """The recovery codes that an account can still use."""
    return RecoveryCode.objects.filter(account=account, used_at=None, ended_at=None)


def factor_of_passkey(digest: str) -> Factor | None:
    """The passkey of this digest, with its account, if both are still open."""
    found = Factor.objects.filter(credential_digest=digest, ended_at=None, account__is_active=True)
    return found.select_related("account").first()


def lacks_factor(account: Account) -> bool:
    """Whether an account has to set up a second factor before anything opens to it in a browser."""
    return settings.SECOND_FACTOR == "required" and not has_factor(account)
