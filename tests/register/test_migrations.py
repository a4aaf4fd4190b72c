"""What a migration does to data that stands: forth on rows as they were before."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from safeconduct.core.access.roles import Role
from safeconduct.register.models import Assignment, Case, Person
from tests.factory import person, unguarded

pytestmark = [pytest.mark.storage, pytest.mark.django_db]


def test_0007_gives_everybody_a_case_of_a_team_of_whoever_saw_them(account):
    from importlib import import_module

    officer, auditor = account(Role.INTERVIEWER, team=None), account(Role.AUDITOR, team=None)
    made = [person(f"T-{n}", unit="F-1" if n < 2 else None, team=None) for n in range(4)]
    with unguarded():
        Person.objects.update(case=None)
        Case.objects.all().delete()
        import_module("safeconduct.register.migrations.0007_everybody_has_a_case").forth(apps, connection.schema_editor())
    cases = dict(Person.objects.values_list("number", "case"))
    assert None not in cases.values() and cases["T-0"] == cases["T-1"] and len(set(cases.values())) == len(made) - 1
    [team] = set(Assignment.objects.values_list("team", flat=True))
    assert [one.account for one in officer.teams.all()] == [officer] and officer.teams.get().team_id == team
    assert not auditor.teams.exists()
