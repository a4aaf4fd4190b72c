"""Who a session belongs to, with the roles that the account holds, in one question to the database: it is asked on every page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from safeconduct.core.access.models import Account, RoleGrant


class AccountBackend(ModelBackend):
    """Reads the account of a session. It proves nobody: passwords are asked by the backends before it."""

    def authenticate(self, *_: Any, **__: Any) -> None:
        return None

    def get_user(self, user_id: int) -> Account | None:
        grants = list(RoleGrant.objects.filter(account=user_id).select_related("account"))
        account = grants[0].account if grants else Account.objects.filter(pk=user_id).first()
        if account is None or not account.is_active:
            return None
        told = account.grants.all()
        told._result_cache = grants
        account._prefetched_objects_cache = {"grants": told}
        return account
