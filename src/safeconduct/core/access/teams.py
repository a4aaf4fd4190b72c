"""Teams: who works on the same cases. A team is made by a supervisor; an administrator, who sees no case, gives none."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import Account, Team, TeamMembership
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.access.roles import Role


class TeamNameTaken(Refusal):
    code = "access.team_name_taken"
    says = _("A team of this name exists already.")
    mend = _("Choose another name; a closed team keeps its own.")


class TeamClosed(Refusal):
    code = "access.team_closed"
    says = _("This team is closed.")
    mend = _("Open a new team.")


class NoCasework(Refusal):
    code = "access.no_casework"
    says = _("This account holds a role that does no casework; it can be in no team.")
    mend = _("Choose an account of somebody who works on cases.")


@action(permission="access.manage_teams", audit=gettext_noop("team opened"))
def open_team(*, by: Actor, name: str, takes_new: bool = False, at: datetime) -> Team:
    """Open a team. `takes_new`: whoever is registered from now on becomes its case; the team that did so before no longer does."""
    name = " ".join(name.split())
    if Team.objects.filter(name__iexact=name).exists():
        raise TeamNameTaken()
    if takes_new:
        Team.objects.filter(takes_new=True).update(takes_new=False)
    return Team.objects.create(name=name, takes_new=takes_new, opened_at=at)


@action(permission="access.manage_teams", audit=gettext_noop("team named for new cases"))
def give_new_cases(*, by: Actor, team: Team, at: datetime) -> Team:
    """From now on whoever is registered becomes a case of this team."""
    _open_only(team)
    Team.objects.filter(takes_new=True).update(takes_new=False)
    team.takes_new = True
    team.save(update_fields=["takes_new"])
    return team


@action(permission="access.manage_teams", audit=gettext_noop("team closed"))
def close_team(*, by: Actor, team: Team, at: datetime) -> Team:
    """Close a team: everybody in it leaves it at once, and so loses its cases."""
    _open_only(team)
    TeamMembership.objects.filter(team=team, ended_at=None).update(ended_at=at)
    team.closed_at, team.takes_new = at, False
    team.save(update_fields=["closed_at", "takes_new"])
    return team


@action(permission="access.manage_teams", audit=gettext_noop("team joined"))
def join_team(*, by: Actor, team: Team, account: Account, at: datetime) -> TeamMembership:
    """Put an account into a team; its cases open to the account from its next page on."""
    _open_only(team)
    if account.roles() & {Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}:
        raise NoCasework()
    membership, _new = TeamMembership.objects.get_or_create(
        team=team, account=account, ended_at=None, defaults={"since": at, "given_by_id": by.account}
    )
    remark(subject=f"access.team:{team.pk}", account=account.pk)
    return membership


@action(permission="access.manage_teams", audit=gettext_noop("team left"))
def leave_team(*, by: Actor, team: Team, account: Account, at: datetime) -> Team:
    """Take an account out of a team; it stays on record that it was in it."""
    TeamMembership.objects.filter(team=team, account=account, ended_at=None).update(ended_at=at)
    remark(account=account.pk)
    return team


def teams(*, seen_by: Actor) -> QuerySet[Team]:
    """Every team with who works in it now, open ones first, for whoever manages teams; else the reader's own."""
    now = Prefetch("memberships", TeamMembership.objects.filter(ended_at=None).select_related("account"), to_attr="now")
    found = Team.objects.prefetch_related(now).order_by("closed_at", "name")
    return found if seen_by.may("access.manage_teams") else found.filter(pk__in=teams_of(seen_by))


def teams_of(actor: Actor) -> QuerySet[TeamMembership]:
    """The teams in which an actor works now, as identifiers."""
    return TeamMembership.objects.filter(account=actor.account, ended_at=None).values("team")


def _open_only(team: Team) -> None:
    if team.closed_at is not None:
        raise TeamClosed()
