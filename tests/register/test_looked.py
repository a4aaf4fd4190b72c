"""Who looked at a record: by day and role, names by a decision that ends, a paper for the person alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from safeconduct.core import clock
from safeconduct.core.access.roles import Role
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.reads import book
from safeconduct.core.reads.models import LogDecision
from safeconduct.register.looked import actions
from tests.conftest import NOON
from tests.factory import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, account):
    def signed_in(*roles, **more):
        client.force_login(account(*roles, **more), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    now = [NOON]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


def look(who, account, *levels, at=NOON, page="person"):
    told = account.actor()
    book.append(at=at, actor=told.mark, roles=told.roles, page=page, seen={who.pk: {"identity", *levels}})


def said(answer):
    return " ".join(answer.content.decode().split())


def test_the_time_line_tells_day_and_role_and_what_and_no_name_of_staff(log, enter, account):
    mina = person()
    doctor, clerk = account(Role.MEDICAL_OFFICER, username="zoe.unnamed"), account(Role.REGISTRAR, username="max.unnamed")
    look(mina, doctor, "needs", "medical", at=NOON - timedelta(days=1))
    look(mina, doctor, "needs", at=NOON - timedelta(days=1))
    look(mina, clerk, "outside", at=NOON - timedelta(days=3))
    answer = enter(Role.PROTECTION_OFFICER).get(reverse("person_looked", args=[mina.pk]))
    told = [(day.day, line.roles, line.times, line.outside) for day, lines in answer.context["days"] for line in lines]
    assert told == [(30, "medical officer", 2, False), (28, "registrar", 1, True)]
    assert "unnamed" not in said(answer) and "illness, disability" in said(answer) and "from outside the case" in said(answer)


def test_own_reads_are_among_them(log, enter):
    mina = person()
    client = enter(Role.PROTECTION_OFFICER)
    client.get(reverse("person", args=[mina.pk]))
    (day, (line,)), *_none = client.get(reverse("person_looked", args=[mina.pk])).context["days"]
    assert (day, line.roles, line.times) == (clock.today(), "protection officer", 1)


def test_only_whoever_has_the_case_and_the_right_reads_the_log(log, enter):
    mine, other = person(), person(team="Others")
    client = enter(Role.PROTECTION_OFFICER)
    assert client.get(reverse("person_looked", args=[mine.pk])).status_code == 200
    assert client.get(reverse("person_looked", args=[other.pk])).status_code == 404
    assert enter(Role.REGISTRAR).get(reverse("person_looked", args=[mine.pk])).status_code == 403
    chief = enter(Role.SUPERVISOR)
    assert chief.get(reverse("person_looked", args=[other.pk])).status_code == 403
    assert chief.get(reverse("person_name_staff", args=[mine.pk])).status_code == 403


def test_levels_and_earlier_days_are_asked_for_by_the_address(log, enter, account):
    mina, doctor = person(), account(Role.MEDICAL_OFFICER)
    for days, level in ((1, "needs"), (2, "case"), (40, "needs")):
        look(mina, doctor, level, at=NOON - timedelta(days=days))
    client, address = enter(Role.PROTECTION_OFFICER), reverse("person_looked", args=[mina.pk])
    assert client.get(address).context["times"] == 2
    assert client.get(address, {"level": "needs"}).context["times"] == 1
    earlier = client.get(address + client.get(address).context["earlier"])
    assert earlier.context["times"] == 1 and not earlier.context["earlier"] and earlier.context["later"]
    for nonsense in ({"until": "yesterday"}, {"until": "2999-01-01"}, {"level": "x'--"}, {"until": "0001-02-30"}):
        assert client.get(address, nonsense).status_code == 200


def test_names_stand_there_by_a_decision_with_a_reason_for_a_day(log, enter, account, _noon):
    mina, doctor = person(), account(Role.MEDICAL_OFFICER, username="zoe.known")
    look(mina, doctor, "needs", at=NOON - timedelta(hours=1))
    client, address = enter(Role.PROTECTION_OFFICER), reverse("person_looked", args=[mina.pk])
    names = reverse("person_name_staff", args=[mina.pk])
    assert client.post(names, {"reason": "curiosity"}).status_code == 422
    assert "zoe.known" not in said(client.get(address))
    assert client.post(names, {"reason": "complaint"}).status_code == 302
    assert "zoe.known" in said(client.get(address))
    entry = AuditEntry.objects.filter(act="staff named in a log of reads").get()
    assert str(mina.pk) in entry.facts and '"reason":"complaint"' in entry.facts
    assert "zoe.known" not in said(client.get(reverse("person_looked", args=[person().pk]))), "of this person alone"
    _noon[0] = NOON + timedelta(hours=24)
    assert "zoe.known" not in said(client.get(address))
    chief = enter(Role.SUPERVISOR)
    _noon[0] = NOON + timedelta(hours=1)
    assert "zoe.known" not in said(chief.get(address)), "names are for those who may decide it"


def test_the_paper_is_in_the_persons_language_by_role_and_without_script(log, enter, account):
    mina, doctor = person(given="Mina"), account(Role.MEDICAL_OFFICER, username="zoe.unnamed")
    look(mina, doctor, "needs", "medical", at=NOON - timedelta(days=300))
    client, address = enter(Role.PROTECTION_OFFICER), reverse("person_log_on_paper", args=[mina.pk])
    assert client.get(address).status_code == 200 and not LogDecision.objects.exists()
    answer = client.post(address, {"reason": "asked", "language": "fa"})
    assert answer.status_code == 200 and answer.templates[0].name == "register/looked/paper.html"
    text = said(answer)
    assert 'lang="fa" dir="rtl"' in text and "<script" not in text and "unnamed" not in text and answer.context["times"] == 2
    assert answer["Cache-Control"] == "no-store"
    entry = AuditEntry.objects.filter(act="log of reads handed to the person").get()
    assert '"purpose":"own_data"' in entry.facts and '"names":false' in entry.facts
    assert "left" in book.ask("SELECT levels FROM seen ORDER BY entry DESC LIMIT 1")[0][0].split()
    assert LogDecision.objects.get().kind == "paper"


def test_names_stand_on_paper_only_while_a_decision_shows_them(log, enter, account):
    mina, doctor = person(), account(Role.MEDICAL_OFFICER, username="zoe.known")
    look(mina, doctor, at=NOON - timedelta(days=1))
    client, address = enter(Role.PROTECTION_OFFICER), reverse("person_log_on_paper", args=[mina.pk])
    assert "zoe.known" not in said(client.post(address, {"reason": "asked", "language": "en", "names": "on"}))
    officer = account(Role.PROTECTION_OFFICER, username="two").actor()
    with pytest.raises(actions.NamesNotDecided):
        actions.hand_over(by=officer, person=mina, reason="asked", names=True, at=NOON)
    actions.name_staff(by=officer, person=mina, reason="inquiry", at=NOON)
    assert "zoe.known" in said(client.post(address, {"reason": "asked", "language": "en", "names": "on"}))


def test_where_the_log_is_lost_its_page_says_so(log, enter):
    mina = person()
    client = enter(Role.PROTECTION_OFFICER)
    log.unlink()
    answer = client.get(reverse("person_looked", args=[mina.pk]))
    assert answer.status_code == 503 and "log of reads" in said(answer)
