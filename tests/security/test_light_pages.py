"""Each page that is opened all day stays light for every role: at most 12 questions to the database and 100 KB.

A field laptop answers eight people at once; a page that asks once a row is slow for all of them.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safeconduct.core.access.permissions import CASEWORK
from safeconduct.core.access.roles import Role
from safeconduct.plans.actions import keep_plan
from safeconduct.plans.compute import compute
from safeconduct.register.models import Consent, Purpose, Relation
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = pytest.mark.django_db
QUERIES, BYTES = 12, 100_000
SEARCH = "search"


@pytest.fixture
def whole(account):
    """Somebody of whom every table says something, in a family of five, among forty people and two plans."""
    albania, germany = offer("albania", quota=5), offer("germany", destination="DEU", quota=2)
    mina = person("A-01", unit="F-1", relationship="head", needs=["SM-CI", "WR-PW"], links=["SWE"], lived=["DEU"])
    family = [person(f"A-0{n}", given=f"Child{n}", unit="F-1", relationship="child", born=date(2003, n, 1)) for n in range(2, 6)]
    for n in range(10, 45):
        choice(person(f"B-{n}", given=f"Name{n}", unit=f"F-{n // 4}"), albania, no=[germany])
    for day in (date(2013, 5, 1), date(2013, 11, 1)):
        choice(mina, germany, albania, taken_on=day)
    with unguarded():
        for child in family:
            Relation.objects.create(person=mina, other=child, kind="parent")
        for recipient in ("ALB", "DEU"):
            Consent.objects.create(
                person=mina, purpose=Purpose.SUBMISSION, recipient=recipient, scope=["identity"], starts=TODAY,
                ends=TODAY + timedelta(days=100), recorded_at=NOON,
            )  # fmt: skip
    for _ in range(2):
        keep_plan(by=account(Role.RESETTLEMENT_OFFICER, username=f"planner{_}").actor(), computed=compute(on=TODAY), at=NOON)
    return mina


@pytest.mark.parametrize("role", CASEWORK, ids=lambda role: role.value)
def test_no_page_that_is_opened_all_day_asks_more_than_twelve_times_or_sends_more_than_a_hundred_kilobytes(
    role, whole, account, client, settings
):
    settings.SITE_TODAY = TODAY.isoformat()
    client.force_login(account(role), backend=own_backend())
    found = client.post(reverse("people"), {"text": "Mina Karimi"})
    pages = [
        reverse("today"),
        reverse("people"),
        reverse("person", args=[whole.pk]),
        reverse("families"),
        reverse("offers"),
        reverse("plans"),
    ]
    pages += [reverse("plan", args=[2]), reverse("plan_people", args=[2])]
    pages += [found.url] if found.status_code == 302 else []
    opened = 0
    for address in pages:
        client.get(address)  # what is compiled once is compiled, and what is counted until the next entry is counted
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if answer.status_code == 200:
            opened += 1
            said = "\n".join(each["sql"][:140] for each in asked.captured_queries)
            assert len(asked) <= QUERIES, f"{address} as {role}: {len(asked)}\n{said}"
            assert len(answer.content) <= BYTES, address
    assert opened >= 4


def own_backend() -> str:
    """The one with which the site opens its sessions."""
    return settings.AUTHENTICATION_BACKENDS[-1]
