"""Who acts: an account in the browser, an account in the shell, or the software itself while it sets up a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role


@dataclass(frozen=True)
class Actor:
    """Who acts and with which roles. Nobody acts without one."""

    account: int | None
    roles: frozenset[Role] = field(default_factory=frozenset)
    via: str = "page"  # page | shell | setup
    name: str = ""

    def may(self, permission: str) -> bool:
        """Whether one of the actor's roles holds the permission."""
        return bool(self.roles & roles_with(permission))

    def holds(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of these roles."""
        return bool(self.roles.intersection(roles))

    @property
    def mark(self) -> str:
        """How the audit chain names this actor."""
        return f"{self.via}:{self.account}" if self.account is not None else self.via

    @classmethod
    def setting_up(cls, roles: Iterable[Role]) -> Actor:
        """The software while it makes a site, before any account exists."""
        return cls(account=None, roles=frozenset(roles), via="setup")


NOBODY = Actor(account=None, via="nobody")
