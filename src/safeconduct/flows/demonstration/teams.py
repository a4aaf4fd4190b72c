"""Two teams, so that a demonstration shows what need to know means: the accounts work in the first, one block is the second's."""

from __future__ import annotations

from datetime import datetime

from safeconduct.core.access.api import Account, Actor, Role
from safeconduct.core.access.models import Team
from safeconduct.core.access.permissions import CASEWORK
from safeconduct.core.access.teams import join_team, open_team
from safeconduct.register.api import assign, cases_of_block, end_assignment

FIRST, SECOND = "North", "South"


def open_demonstration_teams(accounts: list[Account], at: datetime) -> None:
    """Open both teams before anybody is registered; every account that does casework works in the first. Safe to repeat."""
    by = Actor.setting_up([Role.SUPERVISOR])
    known = {team.name: team for team in Team.objects.all()}
    first = known.get(FIRST) or open_team(by=by, name=FIRST, takes_new=True, at=at)
    if SECOND not in known:
        open_team(by=by, name=SECOND, at=at)
    for account in accounts:
        if account.roles() & frozenset(CASEWORK):
            join_team(by=by, team=first, account=account, at=at)


def give_a_block_to_the_second_team(at: datetime) -> int:
    """The cases of the last block become the second team's alone; gives their number."""
    by = Actor.setting_up([Role.SUPERVISOR])
    second = Team.objects.get(name=SECOND)
    found = [case for case in cases_of_block(by=by) if not any(one.team_id == second.pk for one in case.now)]
    if found:
        assign(by=by, cases=found, team=second, at=at)
        for case in found:
            for one in case.now:
                end_assignment(by=by, assignment=one, at=at)
    return len(found)
