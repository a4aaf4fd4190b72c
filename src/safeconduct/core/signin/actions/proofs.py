"""A second factor is shown: a code of the app, a passkey, a recovery code. Each right one counts once; each wrong one is written.

Nobody is signed in yet, so the actor is nobody, and the entry says of which account it is. The chain's lock is held meanwhile:
of two browsers that send the same code at the same moment, one is refused.
"""

from __future__ import annotations

import hmac
from datetime import datetime

from django.utils.translation import gettext_noop

from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import Account
from safeconduct.core.signin import codes, recovery, sealing, webauthn
from safeconduct.core.signin.failures import too_many
from safeconduct.core.signin.models import Factor
from safeconduct.core.signin.queries import app_of, open_codes
from safeconduct.core.signin.refusals import CopiedPasskey, Resting, WrongCode, WrongPasskey
from safeconduct.core.signin.typed import is_of_an_app, typed
from safeconduct.core.signin.typed import recovery as meant


def unproven(account: Account) -> Actor:
    """Whoever says to be this account: written down as nobody."""
    return Actor(account=None, roles=account.roles(), via="nobody")


def prove_code(account: Account, code: str, *, at: datetime, real: datetime) -> str:
    """Take a code of the app, or a recovery code; gives which of them it was. Raises WrongCode, Resting.

    What is tried while the account rests is refused before anything is looked at or written.
    """
    if too_many(account.pk, at=at):
        raise Resting(account.pk)
    if is_of_an_app(code):
        prove_app(by=unproven(account), account=account, code=code, at=at, real=real)
        return Factor.Kind.APP.value
    salt = open_codes(account).values_list("salt", flat=True).first()
    derived = recovery.derived(meant(code)[:64], bytes(salt or recovery.new_salt()))
    use_recovery_code(by=unproven(account), account=account, derived=derived, at=at, real=real)
    return "recovery_code"


@action(permission="access.sign_in", audit=gettext_noop("second factor"))
def prove_app(*, by: Actor, account: Account, code: str, at: datetime, real: datetime) -> Factor:
    """Take a code of the app, if it is of now and later than the last one taken."""
    if too_many(account.pk, at=at):
        raise Resting(account.pk)
    found = app_of(account)
    if found is None or found.secret is None:
        raise WrongCode(account.pk)
    try:
        secret = sealing.unseal(found.secret, account=account.pk)
    except sealing.NotOurs:
        raise WrongCode(account.pk) from None
    step = codes.step_of(secret, typed(code), now=real.timestamp(), after=found.last_step)
    if step is None:
        raise WrongCode(account.pk)
    Factor.objects.filter(pk=found.pk).update(last_step=step, last_used_at=real)
    remark(kind=found.kind, account=account.pk)
    return found


@action(permission="access.sign_in", audit=gettext_noop("recovery code used"))
def use_recovery_code(*, by: Actor, account: Account, derived: bytes, at: datetime, real: datetime) -> int:
    """Use up a recovery code; gives how many are left."""
    if too_many(account.pk, at=at):
        raise Resting(account.pk)
    left = list(open_codes(account))
    used = [each for each in left if hmac.compare_digest(bytes(each.derived), derived)]
    if not used:
        raise WrongCode(account.pk)
    open_codes(account).filter(pk=used[0].pk).update(used_at=real)
    remark(subject=f"access.account:{account.pk}", left=len(left) - 1)
    return len(left) - 1


@action(permission="access.sign_in", audit=gettext_noop("second factor"))
def prove_passkey(*, by: Actor, factor: Factor, shown: webauthn.Shown, at: datetime, real: datetime) -> Factor:
    """Take what a passkey proved, unless it is of another account, or there is a copy of it."""
    if shown.handle and not webauthn.same(shown.handle, sealing.handle_of(factor.account_id)):
        raise WrongPasskey(factor.account_id)
    kept = Factor.objects.filter(pk=factor.pk, ended_at=None).values_list("uses", flat=True).first()
    if kept is None:
        raise WrongPasskey(factor.account_id)
    if webauthn.is_copied(kept, shown.uses):
        raise CopiedPasskey(factor.account_id)
    Factor.objects.filter(pk=factor.pk).update(uses=shown.uses, last_used_at=real)
    remark(kind=factor.kind, account=factor.account_id)
    return factor
