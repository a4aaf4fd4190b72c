"""After a withdrawal what had left is listed, and its recipient is asked to delete it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from safeconduct.core.access.api import NotYourCase, Role
from safeconduct.register.api import ask_for_export, decide_export, take_out_export
from safeconduct.register.consents import record_consent, withdraw_consent
from safeconduct.register.documents.actions import bring, take_out_original
from safeconduct.register.models import FieldGroup, Recall
from safeconduct.register.recall.actions import NothingToRecall, RecalledBefore, answer_recall, ask_recall
from safeconduct.register.recall.leavings import left_under
from tests.core.documents.papers import picture
from tests.factory import NOON, TODAY, person

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS_FOLDER = str(tmp_path / "documents")


@pytest.fixture
def officer(account):
    return account(Role.PROTECTION_OFFICER, username="officer").actor()


def copied(officer, who):
    return record_consent(
        by=officer, person=who, purpose="work_copy", recipient="OWN", scope=set(FieldGroup), starts=TODAY,
        ends=TODAY + timedelta(days=9), evidence="signed", language="fa", at=NOON,
    )  # fmt: skip


def left(officer, account, who):
    """A consent under which a sheet and an original left, by two entries for the same purpose and recipient."""
    first = copied(officer, who)
    registrar, chief = account(Role.REGISTRAR).actor(), account(Role.SUPERVISOR).actor()
    asked = ask_for_export(by=registrar, kind="people", purpose="work_copy", recipient="OWN", reason="correction", at=NOON)
    decide_export(by=chief, export=asked, allowed=True, at=NOON)
    take_out_export(by=registrar, export=asked, ending=".csv", at=NOON)
    second = copied(officer, who)
    document = bring(by=officer, person=who, kind="identity", told="", content=picture(), at=NOON)
    take_out_original(by=officer, document=document, why="a visit", at=LATER)
    return first, second


def test_everything_that_left_under_a_purpose_and_recipient_is_listed_and_asked_back_once(officer, account):
    who = person("T-1")
    first, _second = left(officer, account, who)
    told = left_under(first)
    assert [str(each.what) for each in told] == ["a sheet about people", "the original of a document"]
    with pytest.raises(NothingToRecall):
        ask_recall(by=officer, person=who, consent=first, leaving=told[0].key, at=LATER)
    withdraw_consent(by=officer, consent=first, at=LATER)
    recall = ask_recall(by=officer, person=who, consent=first, leaving=told[1].key, at=LATER)
    with pytest.raises(RecalledBefore):
        ask_recall(by=officer, person=who, consent=first, leaving=told[1].key, at=LATER)
    with pytest.raises(NothingToRecall):
        ask_recall(by=officer, person=who, consent=first, leaving="register.exportedperson:999999", at=LATER)
    assert answer_recall(by=officer, person=who, recall=recall, answer="silent", at=LATER).answer == "silent"
    assert answer_recall(by=officer, person=who, recall=recall, answer="deleted", at=LATER).answer == "deleted"
    other = person("T-2", team="Others")
    with pytest.raises(NotYourCase):
        ask_recall(by=officer, person=other, consent=first, leaving=told[0].key, at=LATER)
    with pytest.raises(NothingToRecall):
        answer_recall(by=officer, person=person("T-3"), recall=recall, answer="refused", at=LATER)


def test_a_withdrawal_on_the_page_leads_to_what_had_left(client, account, officer):
    who = person("T-1")
    first, second = left(officer, account, who)
    client.force_login(account(Role.INTERVIEWER), backend="django.contrib.auth.backends.ModelBackend")
    recall = reverse("consent_recall", args=[who.pk, second.pk])
    assert client.get(recall).status_code == 404, "nothing is asked back while the consent stands"
    led = client.post(reverse("consent_withdraw", args=[who.pk, second.pk]), {"confirmed": "yes"})
    assert led.headers["Location"] == recall
    page = client.get(recall).content.decode()
    assert page.count("not asked for back") == 2
    client.post(recall, {"leaving": left_under(first)[0].key})
    assert "asked for back" in client.get(recall).content.decode()
    client.post(recall, {"leaving": left_under(first)[0].key, "answer": "refused"})
    assert "The recipient keeps it" in client.get(recall).content.decode() and Recall.objects.get().answer == "refused"
    assert client.post(recall, {"leaving": "nothing"}).status_code == 422
    fresh = person("T-2")
    consent = copied(officer, fresh)
    led = client.post(reverse("consent_withdraw", args=[fresh.pk, consent.pk]), {"confirmed": "yes"})
    assert led.headers["Location"] == reverse("person", args=[fresh.pk])
    assert "Nothing had left" in client.get(reverse("consent_recall", args=[fresh.pk, consent.pk])).content.decode()
