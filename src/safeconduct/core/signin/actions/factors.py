"""Second factors of an account: set up, ended, and their recovery codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_noop

from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import Account, OpenSession
from safeconduct.core.access.refusals import NotSignedIn
from safeconduct.core.access.sessions import end_all_of
from safeconduct.core.signin import codes, recovery, sealing
from safeconduct.core.signin.models import Factor, RecoveryCode
from safeconduct.core.signin.queries import has_factor, open_codes, open_factors
from safeconduct.core.signin.refusals import AppAlready, KnownPasskey, LastFactor, NoFactor, OwnFactors, WrongCode
from safeconduct.core.signin.typed import recovery as meant
from safeconduct.core.signin.typed import typed
from safeconduct.core.signin.webauthn import Made

ENDED = {"credential": None, "secret": None}


@action(permission="signin.own_factors", audit=gettext_noop("second factor added"))
def add_passkey(*, by: Actor, account: Account, made: Made, host: str, name: str, at: datetime, real: datetime) -> Factor:
    """Keep a passkey that was just made. Refuses one that is known, whoever's it is."""
    _own(by, account)
    if Factor.objects.filter(credential_digest=made.digest).exists():
        raise KnownPasskey()
    return _added(
        Factor(account=account, kind=Factor.Kind.PASSKEY, name=name, host=host, credential=made.credential,
               credential_digest=made.digest, uses=made.uses, added_at=real)
    )  # fmt: skip


@action(permission="signin.own_factors", audit=gettext_noop("second factor added"))
def add_app(*, by: Actor, account: Account, secret: bytes, code: str, name: str, at: datetime, real: datetime) -> Factor:
    """Keep an authenticator app's secret once its first code was right; that code has been used then."""
    _own(by, account)
    if open_factors(account).filter(kind=Factor.Kind.APP).exists():
        raise AppAlready()
    step = codes.step_of(secret, typed(code), now=real.timestamp(), after=0)
    if step is None:
        raise WrongCode(account.pk)
    sealed = sealing.seal(secret, account=account.pk)
    return _added(
        Factor(account=account, kind=Factor.Kind.APP, name=name, secret=sealed, last_step=step, added_at=real)
    )  # fmt: skip


@action(permission="signin.own_factors", audit=gettext_noop("second factor removed"))
def remove_factor(*, by: Actor, account: Account, factor: Factor, at: datetime, real: datetime) -> Factor:
    """End one of one's own factors; with the last one its recovery codes end. Where one is required, the last one stays."""
    _own(by, account)
    if factor.account_id != account.pk:
        raise NotSignedIn()
    others = open_factors(account).exclude(pk=factor.pk)
    if not others.exists():
        if settings.SECOND_FACTOR == "required":
            raise LastFactor()
        open_codes(account).update(ended_at=real)
    Factor.objects.filter(pk=factor.pk, ended_at=None).update(ended_at=real, **ENDED)
    remark(kind=factor.kind)
    return factor


@action(permission="access.manage_accounts", audit=gettext_noop("second factors of an account ended"))
def end_lost_factors(*, by: Actor, account: Account, at: datetime, real: datetime) -> Account:
    """End all factors and recovery codes of another account, and every session it has: a phone was lost, a key was taken.

    The administrator sees none of them and sets no password. Source: OWASP ASVS 5.0, 6.4.4 and 6.4.6.
    """
    if account.pk == by.account:
        raise OwnFactors()
    ended = open_factors(account).update(ended_at=real, **ENDED)
    open_codes(account).update(ended_at=real)
    end_all_of(by=by, account=account, at=at, real=real, why=OpenSession.Why.FACTORS_ENDED)
    remark(ended=ended)
    return account


@action(permission="signin.own_factors", audit=gettext_noop("recovery codes made"))
def make_recovery_codes(*, by: Actor, account: Account, salt: bytes, derived: Iterable[bytes], at: datetime, real: datetime) -> int:
    """Keep what was derived from ten new codes (`prepared`); older ones count no more. Gives how many there are."""
    _own(by, account)
    if not has_factor(account):
        raise NoFactor()
    open_codes(account).update(ended_at=real)
    rows = [RecoveryCode(account=account, salt=salt, derived=each, made_at=real) for each in derived]
    remark(subject=f"access.account:{account.pk}", number=len(RecoveryCode.objects.bulk_create(rows)))
    return len(rows)


def prepared() -> tuple[list[str], bytes, list[bytes]]:
    """Ten new codes as they are shown once, the salt of their set, and what is kept of them. Slow, so before the action."""
    shown, salt = recovery.new_codes(), recovery.new_salt()
    return shown, salt, [recovery.derived(meant(code), salt) for code in shown]


def _added(factor: Factor) -> Factor:
    factor.save()
    remark(kind=factor.kind, account=factor.account_id)
    return factor


def _own(by: Actor, account: Account) -> None:
    if account.pk != by.account:
        raise NotSignedIn()
