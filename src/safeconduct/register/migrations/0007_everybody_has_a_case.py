"""Whoever was registered before there were cases gets one: a family unit one together, anybody else one alone.

All of them belong to one team of every account that saw them until now, so that nobody loses work on the day of the update; a
supervisor then gives the cases to who needs them and closes that team.
"""

from django.db import migrations
from django.utils import timezone

TEAM = "Everybody, from before there were teams"
_CASEWORK = (
    "registrar", "protection_officer", "tracing_officer", "interviewer", "eligibility_officer", "reviewing_officer",
    "resettlement_officer", "child_protection_officer", "medical_officer", "supervisor",
)  # fmt: skip
_AT_ONCE = 2000


def forth(apps, schema_editor):
    alias = schema_editor.connection.alias
    Person, Case, Assignment, Membership = (
        apps.get_model("register", name).objects.using(alias) for name in ("Person", "Case", "Assignment", "Membership")
    )
    if not Person.filter(case=None).exists():
        return
    at = timezone.now()
    team = _team(apps, alias, at)
    family = dict(Membership.filter(ends=None).values_list("person_id", "family_id"))
    cases, people = {}, []
    for person in Person.filter(case=None).order_by("number").values_list("pk", flat=True).iterator(chunk_size=_AT_ONCE):
        together = family.get(person, person)
        if together not in cases:
            cases[together] = Case.model(number=len(cases) + 1, opened_at=at)
        people.append(Person.model(pk=person, case=cases[together]))
    Case.bulk_create(cases.values(), batch_size=_AT_ONCE)
    Assignment.bulk_create((Assignment.model(case=c, team=team, since=at) for c in cases.values()), batch_size=_AT_ONCE)
    Person.bulk_update(people, ["case"], batch_size=400)


def _team(apps, alias, at):
    Team, Membership, Grant = (
        apps.get_model("access", name).objects.using(alias) for name in ("Team", "TeamMembership", "RoleGrant")
    )
    team = Team.create(name=TEAM, takes_new=True, opened_at=at)
    accounts = Grant.filter(role__in=_CASEWORK, ended_at=None, account__is_active=True).values_list("account", flat=True)
    Membership.bulk_create(Membership.model(team=team, account_id=account, since=at) for account in sorted(set(accounts)))
    return team


class Migration(migrations.Migration):
    dependencies = [("register", "0006_cases"), ("access", "0003_teams")]
    operations = [migrations.RunPython(forth, migrations.RunPython.noop)]
