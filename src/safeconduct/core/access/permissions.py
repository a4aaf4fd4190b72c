"""What may be done, and by which roles. Each room declares its own in `<room>/permissions.py`; nothing is allowed otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.roles import Role


@dataclass(frozen=True)
class Permission:
    """One thing that may be done: its code, its sentence, the roles that hold it, whether only within one's own cases, and
    whether on a travelling copy too.
    """

    code: str
    says: Any  # a lazy translatable sentence
    roles: frozenset[Role]
    of_case: bool = False
    travels: bool = False


_declared: dict[str, Permission] = {}
_travelling: list[bool] = [False]


def permission(code: str, says: Any, *roles: Role, of_case: bool = False, travels: bool = False) -> str:
    """Declare a permission and give back its code. Declaring a code twice with other roles is an error.

    `of_case`: about a person it holds only for whoever that person's case is assigned to (need to know).
    `travels`: it holds on a travelling copy too, where nobody holds any other.
    """
    new = Permission(code, says, frozenset(roles), of_case, travels)
    known = _declared.setdefault(code, new)
    if (known.roles, known.of_case, known.travels) != (new.roles, new.of_case, new.travels):
        raise ValueError(f"the permission {code} is declared twice, with different roles")
    return code


def declared() -> dict[str, Permission]:
    """Every declared permission by its code, sorted."""
    return dict(sorted(_declared.items()))


def roles_with(code: str) -> frozenset[Role]:
    """The roles that hold a permission; an undeclared one is held by nobody."""
    found = _declared.get(code)
    if found is None or (_travelling[0] and not found.travels):
        return frozenset()
    return found.roles


def only_what_travels(travelling: bool) -> None:
    """Say whether this process works on a travelling copy: nobody holds there what does not travel."""
    _travelling[0] = travelling


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
SEE_ROLES = permission("access.see_roles", _("Read what each role may do"), *EVERYBODY, travels=True)
CHANGE_OWN_PASSWORD = permission("access.change_own_password", _("Change one's own password"), *EVERYBODY)
SIGN_IN = permission("access.sign_in", _("Sign in"), *EVERYBODY, travels=True)
BACK_UP = permission("storage.back_up", _("Make a sealed backup of the site"), Role.ADMINISTRATOR)
SPLIT_RECOVERY = permission(
    "storage.split_recovery", _("Split the recovery of a lost passphrase among three officers, and change the passphrase"),
    Role.ADMINISTRATOR,
)  # fmt: skip
TIDY = permission("storage.tidy", _("Run the rules of retention"), Role.ADMINISTRATOR)
