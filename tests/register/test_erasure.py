"""An erased person is nobody: what told who it was is gone, what the law keeps stays, and nobody erases alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from safeconduct.core.access.api import NotPermitted, NotYourCase, Role, SamePerson
from safeconduct.core.access.permissions import roles_with
from safeconduct.core.audit import chain
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.documents.api import check, keep
from safeconduct.flows.keeping.tidying import tidy
from safeconduct.register.access import visible_to
from safeconduct.register.consents import record_consent
from safeconduct.register.documents.actions import bring
from safeconduct.register.documents.queries import files_on_record
from safeconduct.register.erasure.actions import ask_erasure, erase, refuse_erasure
from safeconduct.register.erasure.refusals import ErasureDecided, ErasureWaits, ErasureWithoutReason
from safeconduct.register.merging.actions import merge_people
from safeconduct.register.merging.ties import ties
from safeconduct.register.models import (
    Consent,
    Erasure,
    ErasureGround,
    ImportBatch,
    ImportedRow,
    NameKey,
    Person,
    Purpose,
    Relation,
)
from safeconduct.register.search import search
from tests.core.documents.papers import photograph
from tests.factory import NOON, TODAY, choice, offer, person, unguarded

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
LATER = NOON + timedelta(hours=1)
GROUND = ErasureGround.ASKED
PLANTED = ("Xanthippe", "Quellwasser", "Ur-Kundl", "Z-77777", "SM-CI", "1961-07-19")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS_FOLDER = str(tmp_path / "documents")


@pytest.fixture
def officer(account):
    return account(Role.PROTECTION_OFFICER, username="officer").actor()


@pytest.fixture
def guardian(account):
    return account(Role.DATA_PROTECTION_OFFICER, username="guardian").actor()


def known(officer):
    """Somebody with something in every table."""
    other = person("T-2", given="Sara")
    who = person("Z-77777", given="Xanthippe", family="Quellwasser", father="Ur-Kundl", unit="F-1", needs=["SM-CI"],
                 lived=["DEU"], links=["SWE"], urgency="urgent")  # fmt: skip
    twin = person("Z-77778", given="Xanthippe", family="Quellwasser", father="Ur-Kundl")
    choice(who, offer())
    consent = record_consent(
        by=officer, person=who, purpose=Purpose.CONTACT, recipient="ICRC", scope=["identity"], starts=TODAY,
        ends=TODAY + timedelta(days=9), evidence="signed", language="fa", at=NOON,
    )  # fmt: skip
    with unguarded():
        Person.objects.filter(pk=who.pk).update(born_earliest="1961-07-19", born_latest="1961-07-19", birth_as_told="1961-07-19")
        Relation.objects.create(person=other, other=who, kind="sibling")
        batch = ImportBatch.objects.create(kind="people", digest="0" * 64, read_at=NOON)
        ImportedRow.objects.create(batch=batch, number=1, state="changed", cells={"a": "Xanthippe"}, clean={"number": "Z-77777"})
    document = bring(by=officer, person=who, kind="identity", told="of Xanthippe", content=photograph(), at=NOON)
    merge_people(by=officer, person=who, other=twin, take={}, reason="said", at=NOON)
    return who, consent, document


def everything():
    held = []
    there = set(connection.introspection.table_names())  # other tests declare tables of their own
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.db_table in there:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                held.append(repr(cursor.fetchall()))
    return "".join(held)


def test_after_an_erasure_no_table_tells_who_it_was_and_the_ledger_stands(officer, guardian):
    who, consent, document = known(officer)
    assert all(word in everything() for word in PLANTED[:-1])
    files = files_on_record()
    erase(by=guardian, erasure=ask_erasure(by=officer, person=who, ground=GROUND, at=LATER), at=LATER)
    left = everything()
    assert [word for word in (*PLANTED, "Z-77778", "of Xanthippe", "datetime.date(1961, 7, 19)") if word in left] == []
    assert not NameKey.objects.filter(person=who).exists() and not files_on_record() and set(check(files)) == files
    assert Consent.objects.get() == consent, "to whom something may have gone stays on record"
    assert not visible_to(officer).filter(pk=who.pk).exists() and not search("Xanthippe", seen_by=officer).hits
    document.refresh_from_db()
    assert bytes(document.original_key) == b"" and not document.pages.exists()
    assert chain.verify()[1] == []


def test_no_table_keeps_rows_of_an_erased_person_but_those_that_say_so(officer, guardian):
    who, *_ = known(officer)
    erase(by=guardian, erasure=ask_erasure(by=officer, person=who, ground=GROUND, at=LATER), at=LATER)
    kept = {each.model.__name__ for each in ties() if each.model._base_manager.filter(**{each.field: who.pk}).exists()}
    assert kept <= {each.model.__name__ for each in ties() if not each.erased}


def test_nobody_erases_alone_nor_twice_nor_outside_the_own_cases(officer, guardian, account):
    who = person("T-1")
    erasure = ask_erasure(by=officer, person=who, ground=GROUND, at=NOON)
    with pytest.raises(ErasureWaits):
        ask_erasure(by=officer, person=who, ground=GROUND, at=NOON)
    with pytest.raises(NotPermitted):
        erase(by=officer, erasure=erasure, at=LATER)
    with pytest.raises(NotYourCase):
        ask_erasure(by=officer, person=person("T-2", team="Others"), ground=GROUND, at=NOON)
    for role in set(Role) - set(roles_with("register.ask_erasure")):
        with pytest.raises(NotPermitted):
            ask_erasure(by=account(role, username=f"as-{role}").actor(), person=who, ground=GROUND, at=NOON)
    with unguarded():
        Erasure.objects.update(asked_by=guardian.account)
    with pytest.raises(SamePerson):
        erase(by=guardian, erasure=erasure, at=LATER)
    with unguarded():
        Erasure.objects.update(asked_by=officer.account)
    with pytest.raises(ErasureWithoutReason):
        refuse_erasure(by=guardian, erasure=erasure, because=" ", at=LATER)
    refuse_erasure(by=guardian, erasure=erasure, because="a claim needs it", at=LATER)
    with pytest.raises(ErasureDecided):
        erase(by=guardian, erasure=erasure, at=LATER)
    assert Person.objects.filter(pk=who.pk).exists()


def test_it_is_asked_for_on_the_persons_page_and_decided_without_seeing_the_record(client, account):
    who = person("T-1", given="Xanthippe")
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(account(Role.PROTECTION_OFFICER, username="officer"), backend=backend)
    assert client.post(reverse("person_erasure", args=[who.pk]), {"ground": "asked"}).status_code == 302
    assert "asked for" in client.get(reverse("person", args=[who.pk])).content.decode()
    client.force_login(account(Role.DATA_PROTECTION_OFFICER, username="guardian"), backend=backend)
    erasure = Erasure.objects.get()
    assert "A request for erasure waits" in client.get("/").content.decode()
    for address in (reverse("erasures"), reverse("erasure", args=[erasure.pk]), reverse("erase", args=[erasure.pk])):
        shown = client.get(address).content.decode()
        assert "Xanthippe" not in shown and "T-1" not in shown
    assert client.get(reverse("person", args=[who.pk])).status_code in (403, 404)
    assert client.post(reverse("erase", args=[erasure.pk])).status_code == 200, "nothing is erased without the second press"
    assert client.post(reverse("erase", args=[erasure.pk]), {"confirmed": "yes"}).status_code == 302
    assert not Person.objects.filter(pk=who.pk).exists()


def test_what_is_kept_no_longer_than_needed_goes_by_itself_and_the_chain_says_so(settings, officer, guardian):
    settings.KEPT_AFTER_LEAVING_DAYS = 100
    left, here = person("T-1", here=False), person("T-2")
    with unguarded():
        old = ImportBatch.objects.create(
            kind="people", digest="0" * 64, read_at=NOON - timedelta(days=31), content=b"x", headers=["a"]
        )
        ImportedRow.objects.create(batch=old, number=1, state="new", cells={"a": "Xanthippe"})
        fresh = ImportBatch.objects.create(kind="people", digest="1" * 64, read_at=NOON - timedelta(days=29))
    bring(by=officer, person=here, kind="identity", told="", content=photograph(), at=NOON)
    orphan = keep(b"left by a power cut", bound_to="nobody")
    took = tidy(at=NOON, real=datetime.now(UTC) + timedelta(days=2))
    assert took == {"sheets": 1, "people": 1, "reads": 0, "files": 1}
    old.refresh_from_db()
    assert (old.state, old.content, old.headers, ImportedRow.objects.count()) == ("discarded", None, [], 0)
    fresh.refresh_from_db()
    assert fresh.state == "waiting" and check([orphan.name]) == [orphan.name] and not check(files_on_record())
    erasure = Erasure.objects.get()
    assert (erasure.person, erasure.decided_at) == (left, None), "somebody decides; nobody is erased by a clock"
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"old sheets discarded", "erasure asked for those who left long ago"} <= acts
    assert tidy(at=NOON, real=datetime.now(UTC)) == {"sheets": 0, "people": 0, "reads": 0, "files": 0}
    assert AuditEntry.objects.filter(act="old sheets discarded").count() == 1, "what took nothing leaves no entry"
    refuse_erasure(by=guardian, erasure=erasure, because="a claim needs it", at=NOON)
    tidy(at=NOON, real=datetime.now(UTC))
    assert Erasure.objects.count() == 1
