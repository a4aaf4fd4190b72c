"""The table of who may see what, asked of the running software: every role, every line, of an own and of another case."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from docs.who_may_what import ALL, FIELDS, NO, reach
from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from safeconduct.register.consents import record_consent
from safeconduct.register.documents.actions import bring
from safeconduct.register.models import FamilyUnit, Purpose
from tests.core.documents.papers import picture
from tests.factory import NOON, TODAY, choice, offer, person, the_team, unguarded
from tests.security.routes import routes

pytestmark = pytest.mark.django_db
# What stands on a person's page where a line of the table is open.
MARKS = {
    "names, number, age, sex, place": "Xanthippe",
    "nationality, languages, status, what happened when": "Fiji",
    "specific needs, without illness, disability and violence suffered": "WR-PW",
    "illness, disability, torture and sexual violence suffered": "SM-CI",
    "in which countries relatives live": "Malta",
    "consents": "to Tuvalu",
    "what the person chose": "7 April 2013",
    "identity papers and other documents": "a blue card",
    "medical papers": "a letter of the clinic",
    "who looked at the record": "/looked/",
}
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}')


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS_FOLDER = str(tmp_path / "documents")


@pytest.fixture
def writer(account):
    return account(Role.PROTECTION_OFFICER, username="writer").actor()


def known(writer, number, zembla):
    """Somebody of whom everything is recorded."""
    who = person(number, given="Xanthippe", countries=["FJI"], needs=["WR-PW", "SM-CI"], links=["MLT"])
    for kind, told in (("identity", "a blue card"), ("medical", "a letter of the clinic")):
        bring(by=writer, person=who, kind=kind, told=told, content=picture(), at=NOON)
    record_consent(
        by=writer, person=who, purpose=Purpose.SUBMISSION, recipient="TUV", scope=["identity"], starts=TODAY,
        ends=TODAY + timedelta(days=9), evidence="signed", language="fa", at=NOON,
    )  # fmt: skip
    choice(who, zembla, taken_on=date(2013, 4, 7))
    return who


def test_every_line_of_the_table_is_tried():
    assert set(MARKS) == set(FIELDS)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_sees_of_an_own_and_of_another_case_what_the_table_says(client, account, writer, role, tell):
    zembla = offer("zembla", title="Zembla")
    own, other = known(writer, "T-1", zembla), known(writer, "T-2", zembla)
    with unguarded():
        other.case.assignments.update(team=the_team("Others"))
    client.force_login(account(role), backend=BACKEND)
    pages = {who: client.get(reverse("person", args=[who.pk])) for who in (own, other)}
    for line, needed in FIELDS.items():
        far = reach(role, needed)
        shown = {who: MARKS[line] in page.content.decode() for who, page in pages.items()}
        assert shown[own] is (far != NO), (role, line, "own case")
        assert shown[other] is (far == ALL), (role, line, "other case")
    tell(f"{role.value:<26} {len(FIELDS)} lines × own and other case: as the table says")


SEES_OWN = [role for role in Role if role not in roles_with("register.see_whole_register")]
ABOUT = [route for route in routes() if route.pattern.startswith(("people/<uuid:pk>/", "families/<uuid:pk>/"))]


def without_tokens(answer):
    return answer.status_code, TOKENS.sub("", answer.content.decode(errors="replace")), sorted(
        (name, value) for name, value in answer.headers.items() if name not in ("Location", "Content-Length")
    )  # fmt: skip


def test_there_are_addresses_about_people_to_ask():
    assert len(ABOUT) > 25


@pytest.mark.parametrize("role", SEES_OWN)
def test_what_one_without_standing_gets_back_depends_on_the_request_alone(client, account, role):
    """I1: the same status, text, size and number of questions to the database, whether or not there is such a person."""
    foreign = person("T-2", team="Others", unit="F-2")
    family = FamilyUnit.objects.get()
    client.force_login(account(role), backend=BACKEND)
    tried = 0
    for route in ABOUT:
        there = family.pk if route.pattern.startswith("families") else foreign.pk
        nowhere = uuid4()
        asked = "/" + re.sub(r"<uuid:pk>", "{}", route.pattern)
        asked = re.sub(r"<int:\w+>", "999999999", re.sub(r"<uuid:\w+>", str(uuid4()), asked))
        for method in ("get", "post", "head"):
            answers = []
            for pk in (there, nowhere):
                with CaptureQueriesContext(connection) as queries:
                    answers.append((without_tokens(getattr(client, method)(asked.format(pk))), len(queries)))
            assert answers[0] == answers[1], (role, method, route.pattern)
            tried += 1
    assert tried > 75
