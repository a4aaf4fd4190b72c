"""The face of access for the other rooms."""

from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import NOBODY, Actor
from safeconduct.core.access.models import Account
from safeconduct.core.access.pages import page
from safeconduct.core.access.permissions import CASEWORK, EVERYBODY, permission
from safeconduct.core.access.refusals import NotPermitted, NotSignedIn, Refusal, SamePerson
from safeconduct.core.access.roles import Role
from safeconduct.core.access.verdicts import Verdict, allowed, refused

__all__ = [
    "CASEWORK", "EVERYBODY", "NOBODY", "Account", "Actor", "NotPermitted", "NotSignedIn", "Refusal", "Role", "SamePerson",
    "Verdict", "action", "allowed", "page", "permission", "refused", "remark",
]  # fmt: skip
