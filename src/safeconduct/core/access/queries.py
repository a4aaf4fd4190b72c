"""What the pages on accounts and roles read."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import Account, RoleGrant
from safeconduct.core.access.permissions import Permission, declared
from safeconduct.core.access.roles import Role


def accounts(*, seen_by: Actor) -> QuerySet[Account]:
    """The accounts that the actor may see: all for who manages them, else one's own."""
    every = Account.objects.prefetch_related("grants").order_by("-is_active", "username")
    return every if seen_by.may("access.manage_accounts") else every.filter(pk=seen_by.account)


def account(pk: int, *, seen_by: Actor) -> Account | None:
    """One account with every role that it holds or held, and who gave it."""
    grants = Prefetch("grants", RoleGrant.objects.select_related("granted_by").order_by("-granted_at", "role"))
    return accounts(seen_by=seen_by).prefetch_related(None).prefetch_related(grants).filter(pk=pk).first()


def what_each_role_may() -> dict[Role, list[Permission]]:
    """Role by role the permissions it holds, in plain words."""
    every = declared().values()
    return {role: [permission for permission in every if role in permission.roles] for role in Role}
