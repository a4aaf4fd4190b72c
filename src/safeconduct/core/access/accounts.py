"""Accounts and roles: opening, closing, giving and ending; and signing in, in the browser and in the shell."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import Account, OpenSession, RoleGrant, ShellSession
from safeconduct.core.access.refusals import NotSignedIn, Refusal
from safeconduct.core.access.roles import Role, excluded_pairs
from safeconduct.core.access.sessions import end_all_of

SHELL_SESSION = timedelta(minutes=15)


class NameTaken(Refusal):
    code = "access.name_taken"
    says = _("An account with this name exists already.")
    mend = _("Choose another account name.")


class RolesExclude(Refusal):
    code = "access.roles_exclude"
    says = _("One person may not be %(one)s and %(other)s at once.")
    mend = _("End one of the two roles first, or give it to a colleague.")


class WeakPassword(Refusal):
    code = "access.weak_password"
    says = _("The password is too easy to guess. %(why)s")
    mend = _("Take at least 15 characters; four or five unrelated words are easy to remember.")


class SamePassword(Refusal):
    code = "access.same_password"
    says = _("This is the password that the account has now.")
    mend = _("Choose one that nobody else knows.")


class OwnAccount(Refusal):
    code = "access.own_account"
    says = _("An account cannot be closed by its own holder.")
    mend = _("Ask another administrator.")


class OwnRoles(Refusal):
    code = "access.own_roles"
    says = _("Nobody gives or ends a role of the own account.")
    mend = _("Ask another administrator.")


class AccountClosed(Refusal):
    code = "access.account_closed"
    says = _("This account is closed, so that it can hold no new role.")
    mend = _("Open a new account for this person.")


@action(permission="access.manage_accounts", audit=gettext_noop("account opened"))
def open_account(
    *, by: Actor, username: str, password: str, roles: Iterable[Role], at: datetime, display_name: str = "",
    demonstration: bool = False,
) -> Account:  # fmt: skip
    """Open an account with its roles. Refuses a taken name, a weak password, and roles that exclude each other.

    A password that somebody else chose opens nothing but the page on which the holder chooses another.
    Source: OWASP ASVS 5.0, 6.4.1.
    """
    username = username.strip().lower()
    if Account.objects.filter(username=username).exists():
        raise NameTaken()
    account = Account(username=username, display_name=display_name, created_at=at, is_demonstration=demonstration,
                      password_is_first=by.account is not None)  # fmt: skip
    _set_password(account, password, check=not demonstration)
    account.save()
    for role in roles:
        give_role(by=by, account=account, role=Role(role), at=at)
    return account


@action(permission="access.manage_accounts", audit=gettext_noop("account closed"))
def close_account(*, by: Actor, account: Account, at: datetime) -> Account:
    """Close an account at once: all its sessions end, and what was searched in them goes."""
    if account.pk == by.account:
        raise OwnAccount()
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_all_of(by=by, account=account, at=at, real=clock.real(), why=OpenSession.Why.CLOSED)
    return account


@action(permission="access.manage_accounts", audit=gettext_noop("role given"))
def give_role(*, by: Actor, account: Account, role: Role, at: datetime) -> RoleGrant:
    """Give a role, unless the account holds one that excludes it. Giving a role twice changes nothing."""
    _not_the_own(by, account)
    if not account.is_active:
        raise AccountClosed()
    held = set(RoleGrant.objects.filter(account=account, ended_at=None).values_list("role", flat=True))
    pairs = excluded_pairs(Role(r) for r in held | {role})
    if pairs:
        raise RolesExclude(one=pairs[0][0].label, other=pairs[0][1].label)
    grant, _created = RoleGrant.objects.get_or_create(
        account=account, role=role, ended_at=None, defaults={"granted_at": at, "granted_by_id": by.account}
    )
    remark(account=account.pk, role=role.value)
    return grant


@action(permission="access.manage_accounts", audit=gettext_noop("role ended"))
def end_role(*, by: Actor, account: Account, role: Role, at: datetime) -> Account:
    """End a role; the grant stays on record."""
    _not_the_own(by, account)
    RoleGrant.objects.filter(account=account, role=role, ended_at=None).update(ended_at=at)
    remark(role=role.value)
    return account


@action(permission="access.change_own_password", audit=gettext_noop("password changed"))
def change_password(*, by: Actor, account: Account, password: str, at: datetime) -> Account:
    """Change one's own password. Refuses a weak one, and in place of a first one the same again."""
    if account.pk != by.account:
        raise NotSignedIn()
    if account.password_is_first and account.check_password(password):
        raise SamePassword()
    _set_password(account, password)
    account.password_is_first = False
    account.save(update_fields=["password", "password_is_first"])
    return account


@action(permission="access.sign_in", audit=gettext_noop("language chosen"))
def choose_language(*, by: Actor, account: Account, language: str, at: datetime) -> Account:
    """Keep the language that an account works in."""
    account.language = language
    account.save(update_fields=["language"])
    return account


@action(permission="access.sign_in", audit=gettext_noop("shell session opened"))
def open_shell_session(*, by: Actor, account: Account, at: datetime) -> str:
    """Open a quarter of an hour in the shell; the token is given once and only its digest is kept."""
    token = secrets.token_urlsafe(32)
    ShellSession.objects.create(account=account, token_digest=_digest(token), opened_at=at, expires_at=at + SHELL_SESSION)
    remark(subject=f"access.account:{account.pk}")
    return token


@action(permission="access.sign_in", audit=gettext_noop("shell session ended"))
def end_shell_sessions(*, by: Actor, at: datetime) -> int:
    """End every open shell session of the actor's account; gives their number."""
    return ShellSession.objects.filter(account_id=by.account, ended_at=None).update(ended_at=at)


def shell_account(token: str, *, at: datetime) -> Account:
    """The account behind a shell token; refuses one that has ended or was never given."""
    session = ShellSession.objects.select_related("account").filter(token_digest=_digest(token)).first()
    if session is None or not session.holds(at) or not session.account.is_active:
        raise NotSignedIn()
    return session.account


def _not_the_own(by: Actor, account: Account) -> None:
    # So an administrator always remains, and nobody widens what he himself may do.
    if account.pk == by.account:
        raise OwnRoles()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _set_password(account: Account, password: str, *, check: bool = True) -> None:
    if check:
        try:
            validate_password(password, account)
        except ValidationError as fault:
            raise WeakPassword(why=" ".join(fault.messages)) from None
    account.set_password(password)
