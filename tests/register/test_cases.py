"""Need to know: who has a case sees what is in it; nobody else does, and nobody learns that it is there."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from safeconduct.core.access.api import NotPermitted, NotYourCase, Role
from safeconduct.core.access.permissions import CASEWORK, declared, roles_with
from safeconduct.core.access.teams import close_team, join_team, leave_team
from safeconduct.core.audit.models import AuditEntry
from safeconduct.register import actions
from safeconduct.register.access import open_to, visible_to
from safeconduct.register.actions.refusals import AlreadyYours, NoReason, NoSuchRecord, OwnOpening
from safeconduct.register.models import Assignment, Case, Person
from safeconduct.register.search import search
from tests.factory import NOON, person, the_team

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
SEES_OWN = [role for role in CASEWORK if role not in roles_with("register.see_whole_register")]
# Pages about a person that whoever holds their permission asks for by the person's identifier.
BESIDE = ("person_correct", "consent_new", "best_interests_new", "choosing")
SEES_ALL = sorted(roles_with("register.see_whole_register"))


@pytest.fixture
def enter(client, account):
    def sign_in(role: Role, **of):
        made = account(role, **of)
        client.force_login(made, backend="django.contrib.auth.backends.ModelBackend")
        return client, made.actor()

    return sign_in


def supervisor(account):
    return account(Role.SUPERVISOR, username="chief").actor()


@pytest.mark.parametrize("role", SEES_OWN)
def test_whoever_works_on_cases_sees_the_people_of_their_own_and_no_others(enter, role):
    mine, other = person("T-1"), person("T-2", team="Others")
    client, actor = enter(role)
    assert list(visible_to(actor)) == [mine]
    assert client.get(reverse("person", args=[mine.pk])).status_code == 200
    assert client.get(reverse("person", args=[other.pk])).status_code == 404
    assert "T-2" not in client.get(reverse("people")).content.decode()


@pytest.mark.parametrize("role", SEES_ALL)
def test_whoever_works_with_the_whole_register_sees_of_other_cases_only_who_is_there(enter, role):
    other = person("T-2", team="Others", needs=["SM-CI"], links=["DEU"], given="Mina", family="Karimi")
    client, actor = enter(role)
    page = client.get(reverse("person", args=[other.pk])).content.decode()
    assert "Mina Karimi" in page and "the case is not yours" in page
    closed = ("Chronic", "SM-CI", "Germany", "refugee", "Nationality", "What may leave", "Everything so far")
    assert [word for word in closed if word in page] == []
    assert not open_to(actor).exists()


@pytest.mark.parametrize("role", SEES_OWN)
def test_what_somebody_without_the_case_gets_never_tells_whether_the_person_exists(enter, role):
    """I1: the answer is a function of the request alone."""
    other = person("T-2", team="Others")
    client, _actor = enter(role)
    nobody = uuid4()
    for name in ("person", "person_why", *BESIDE):
        there, nowhere = (client.get(reverse(name, args=[pk])) for pk in (other.pk, nobody))
        assert (there.status_code, there.headers.items()) == (nowhere.status_code, nowhere.headers.items()), name
        assert without_marks(there, other.pk) == without_marks(nowhere, nobody), name


def without_marks(answer, pk) -> str:
    """The page but for what every answer has of its own: the address that was asked for, and the form's token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()).replace(str(pk), "…")


def test_a_search_finds_only_people_whom_the_reader_may_see(enter):
    person("T-1", given="Mina", family="Karimi")
    person("T-2", given="Mina", family="Karimi", team="Others")
    _client, actor = enter(Role.INTERVIEWER)
    assert [hit.person.number for hit in search("Mina Karimi", seen_by=actor).hits] == ["T-1"]
    assert [hit.person.number for hit in search("T-2", seen_by=actor).hits] == []


def test_a_filter_by_needs_finds_nobody_of_another_case(enter):
    person("T-1", needs=["SM-CI"])
    person("T-2", needs=["SM-CI"], team="Others")
    client, _actor = enter(Role.REGISTRAR)
    page = client.get(reverse("people") + "?need=any").content.decode()
    assert "T-1" in page and "T-2" not in page


def test_every_action_about_a_person_is_refused_outside_the_own_cases(enter):
    other = person("T-2", team="Others")
    _client, actor = enter(Role.REGISTRAR)
    with pytest.raises(NotYourCase):
        actions.move_person(by=actor, person=other, block="9", on=NOON.date(), at=NOON)
    assert AuditEntry.objects.order_by("number").last().outcome == "refused"


@pytest.mark.parametrize("name", ["person_correct", "person_move", "person_leave", "family_join", "relation_new"])
def test_a_page_that_changes_a_record_opens_for_the_own_cases_only(enter, name):
    other = person("T-2", team="Others")
    client, _actor = enter(Role.REGISTRAR)
    assert client.get(reverse(name, args=[other.pk])).status_code == 403


def test_a_case_given_to_somebody_opens_at_their_next_page_and_closes_when_it_is_taken_back(enter, account):
    other, chief = person("T-2", team="Others"), supervisor(account)
    client, _actor = enter(Role.INTERVIEWER)
    address = reverse("person", args=[other.pk])
    from safeconduct.core.access.models import Account

    assert client.get(address).status_code == 404
    [given] = actions.assign(by=chief, cases=[other.case], account=Account.objects.get(username="interviewer"), at=NOON)
    assert client.get(address).status_code == 200
    actions.end_assignment(by=chief, assignment=given, at=NOON + timedelta(minutes=5))
    assert client.get(address).status_code == 404


def test_whoever_leaves_a_team_loses_its_cases_at_once(enter, account):
    other, chief = person("T-2", team="Others"), supervisor(account)
    client, _actor = enter(Role.INTERVIEWER)
    address, team = reverse("person", args=[other.pk]), the_team("Others")
    from safeconduct.core.access.models import Account

    me = Account.objects.get(username="interviewer")
    join_team(by=chief, team=team, account=me, at=NOON)
    assert client.get(address).status_code == 200
    leave_team(by=chief, team=team, account=me, at=NOON + timedelta(minutes=1))
    assert client.get(address).status_code == 404
    join_team(by=chief, team=team, account=me, at=NOON + timedelta(minutes=2))
    close_team(by=chief, team=team, at=NOON + timedelta(minutes=3))
    assert client.get(address).status_code == 404


def test_in_an_emergency_a_case_opens_for_an_hour_with_a_reason_and_a_supervisor_reads_it(enter, account, monkeypatch):
    from safeconduct.core import clock

    now = [NOON]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    other, chief = person("T-2", team="Others"), supervisor(account)
    client, actor = enter(Role.PROTECTION_OFFICER)
    address = reverse("person", args=[other.pk])
    refused = client.post(reverse("emergency"), {"number": "T-2", "reason": "other", "told": ""})
    assert refused.status_code == 422 and client.get(address).status_code == 404
    assert client.post(reverse("emergency"), {"number": "T-2", "reason": "life"}).status_code == 302
    assert client.get(address).status_code == 200
    opening = other.case.openings.get()
    with pytest.raises(AlreadyYours):
        actions.open_in_emergency(by=actor, number="T-2", reason="life", told="", at=NOON)
    now[0] = NOON + timedelta(minutes=59)
    assert client.get(address).status_code == 200
    now[0] = NOON + timedelta(minutes=60)
    assert client.get(address).status_code == 404
    with pytest.raises(NotPermitted):
        actions.read_opening(by=actor, opening=opening, justified=True, at=now[0])
    assert actions.read_opening(by=chief, opening=opening, justified=False, at=now[0]).justified is False
    assert [entry.act for entry in AuditEntry.objects.filter(outcome="done").exclude(subject="reads").order_by("-number")[:2]] == [
        "emergency opening read", "case opened in an emergency",
    ]  # fmt: skip


def test_nobody_judges_the_own_opening_and_another_reason_must_be_told(account):
    person("T-2", team="Others")
    both = account(Role.SUPERVISOR, Role.PROTECTION_OFFICER, username="both").actor()
    with pytest.raises(NoReason):
        actions.open_in_emergency(by=both, number="T-2", reason="other", told=" ", at=NOON)
    with pytest.raises(NoSuchRecord):
        actions.open_in_emergency(by=both, number="T-999", reason="life", told="", at=NOON)
    opening = actions.open_in_emergency(by=both, number="T-2", reason="life", told="", at=NOON)
    with pytest.raises(OwnOpening):
        actions.read_opening(by=both, opening=opening, justified=True, at=NOON)


def test_whoever_is_registered_is_a_case_of_the_team_that_takes_new_ones_and_a_family_is_one_case(account):
    from safeconduct.register.imports.people import PersonRow
    from safeconduct.register.sheets.people import take_people

    team, by = the_team(), account(Role.REGISTRAR).actor()
    rows = [PersonRow(number=f"N-{n}", names=(("given", "Mina"),), family="F-1" if n < 3 else "") for n in range(5)]
    take_people(by=by, rows=rows, at=NOON)
    cases = dict(Person.objects.values_list("number", "case"))
    assert len({cases["N-0"], cases["N-1"], cases["N-2"]}) == 1 and len(set(cases.values())) == 3 == Case.objects.count()
    assert set(Assignment.objects.values_list("team", "ended_at")) == {(team.pk, None)}
    take_people(by=by, rows=[PersonRow(number="N-9", names=(("given", "Vida"),), family="F-1")], at=NOON)
    assert Person.objects.get(number="N-9").case_id == cases["N-0"]


def test_without_a_team_for_new_cases_whoever_registers_somebody_has_the_case(account):
    from safeconduct.register.imports.people import PersonRow
    from safeconduct.register.sheets.people import take_people

    by = account(Role.REGISTRAR, team=None).actor()
    take_people(by=by, rows=[PersonRow(number="N-1", names=(("given", "Mina"),))], at=NOON)
    assert [found.number for found in open_to(by)] == ["N-1"]


def test_a_sheet_changes_nobody_of_another_case(account):
    from safeconduct.core.spreadsheets.api import Parsed, Row
    from safeconduct.register.arrive.own_cases import only_own_cases
    from safeconduct.register.imports.people import PersonRow

    person("T-1"), person("T-2", team="Others")
    by = account(Role.REGISTRAR).actor()
    rows = [PersonRow(number=number, names=(("given", "Mina"),)) for number in ("T-1", "T-2", "N-3")]
    read = only_own_cases(Parsed(rows=rows, sources=[Row(n, {}) for n in (2, 3, 4)]), "people", by)
    assert [row.number for row in read.rows] == ["T-1", "N-3"]
    assert [(fault.row, fault.value, fault.code) for fault in read.faults] == [(3, "T-2", "imports.not_your_case")]


def test_the_page_why_names_every_part_and_the_reason(enter):
    mine = person("T-1")
    client, _actor = enter(Role.REGISTRAR)
    page = client.get(reverse("person_why", args=[mine.pk]))
    told = {part.says: part for part in page.context["parts"]}
    assert len(told) == len(page.context["parts"]) > 8
    assert not told[declared()["register.see_medical_needs"].says].open
    assert "medical officer" in str(told[declared()["register.see_medical_needs"].says].why)
    assert told[declared()["register.see_needs"].says].open


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER])
def test_whoever_runs_or_audits_the_system_is_in_no_team_and_gets_no_case(account, role):
    chief, someone = supervisor(account), account(role, username="other")
    from safeconduct.core.access.teams import NoCasework
    from safeconduct.register.actions.refusals import NoCasework as NoCase

    with pytest.raises(NoCasework):
        join_team(by=chief, team=the_team(), account=someone, at=NOON)
    with pytest.raises(NoCase):
        actions.assign(by=chief, cases=[person("T-1").case], account=someone, at=NOON)
