"""What may be done, and by which roles. Each room declares its own in `<room>/permissions.py`; nothing is allowed otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.roles import Role


@dataclass(frozen=True)
class Permission:
    """One thing that may be done: its code, its sentence, the roles that hold it, and whether only within one's own cases."""

    code: str
    says: Any  # a lazy translatable sentence
    roles: frozenset[Role]
    of_case: bool = False


_declared: dict[str, Permission] = {}


def permission(code: str, says: Any, *roles: Role, of_case: bool = False) -> str:
    """Declare a permission and give back its code. Declaring a code twice with other roles is an error.

    `of_case`: about a person it holds only for whoever that person's case is assigned to (need to know).
    """
    new = Permission(code, says, frozenset(roles), of_case)
    known = _declared.setdefault(code, new)
    if (known.roles, known.of_case) != (new.roles, new.of_case):
        raise ValueError(f"the permission {code} is declared twice, with different roles")
    return code


def declared() -> dict[str, Permission]:
    """Every declared permission by its code, sorted."""
    return dict(sorted(_declared.items()))


def roles_with(code: str) -> frozenset[Role]:
    """The roles that hold a permission; an undeclared one is held by nobody."""
    found = _declared.get(code)
    return found.roles if found else frozenset()


def is_of_case(code: str) -> bool:
    """Whether a permission holds only within the cases that are assigned to its holder."""
    found = _declared.get(code)
    return bool(found and found.of_case)


CASEWORK = (
    Role.REGISTRAR,
    Role.PROTECTION_OFFICER,
    Role.TRACING_OFFICER,
    Role.INTERVIEWER,
    Role.ELIGIBILITY_OFFICER,
    Role.REVIEWING_OFFICER,
    Role.RESETTLEMENT_OFFICER,
    Role.CHILD_PROTECTION_OFFICER,
    Role.MEDICAL_OFFICER,
    Role.SUPERVISOR,
)
EVERYBODY = tuple(Role)

MANAGE_ACCOUNTS = permission("access.manage_accounts", _("Open and close accounts, give and end roles"), Role.ADMINISTRATOR)
MANAGE_TEAMS = permission("access.manage_teams", _("Make and close teams, and say who works in them"), Role.SUPERVISOR)
SEE_ROLES = permission("access.see_roles", _("Read what each role may do"), *EVERYBODY)
CHANGE_OWN_PASSWORD = permission("access.change_own_password", _("Change one's own password"), *EVERYBODY)
SIGN_IN = permission("access.sign_in", _("Sign in"), *EVERYBODY)
BACK_UP = permission("storage.back_up", _("Make a sealed backup of the site"), Role.ADMINISTRATOR)
SPLIT_RECOVERY = permission(
    "storage.split_recovery", _("Split the recovery of a lost passphrase among three officers, and change the passphrase"),
    Role.ADMINISTRATOR,
)  # fmt: skip
TIDY = permission("storage.tidy", _("Run the rules of retention"), Role.ADMINISTRATOR)
