"""Who acts: an account in the browser, an account in the shell, or the software itself while it sets up a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from safeconduct.core.access.permissions import is_of_case, roles_with
from safeconduct.core.access.roles import Role


@dataclass(frozen=True)
class Actor:
    """Who acts and with which roles. Nobody acts without one."""

    account: int | None
    roles: frozenset[Role] = field(default_factory=frozenset)
    via: str = "page"  # page | shell | setup
    name: str = ""
    asked: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what was asked once for this actor
    outside: bool = False  # looks at somebody whose case is not the actor's: what is of the case stays closed

    def may(self, permission: str) -> bool:
        """Whether one of the actor's roles holds the permission, here and now."""
        return bool(self.roles & roles_with(permission)) and not (self.outside and is_of_case(permission))

    def from_outside(self) -> Actor:
        """The same actor in front of a person whose case is not the actor's own."""
        return replace(self, outside=True)

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
