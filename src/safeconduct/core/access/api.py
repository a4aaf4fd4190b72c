"""The face of access for the other rooms."""

from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import NOBODY, Actor
from safeconduct.core.access.models import Account, Team
from safeconduct.core.access.pages import page
from safeconduct.core.access.permissions import CASEWORK, EVERYBODY, permission
from safeconduct.core.access.refusals import NotPermitted, NotSignedIn, Refusal, SamePerson
from safeconduct.core.access.roles import Role
from safeconduct.core.access.standing import NotYourCase
from safeconduct.core.access.teams import teams_of
from safeconduct.core.access.verdicts import Verdict, allowed, refused

__all__ = [
    "CASEWORK", "EVERYBODY", "NOBODY", "Account", "Actor", "NotPermitted", "NotSignedIn", "NotYourCase", "Refusal", "Role",
    "SamePerson", "Team", "Verdict", "action", "allowed", "page", "permission", "refused", "remark", "teams_of",
]  # fmt: skip
