"""A document is sealed, shown page by page to whoever may know it, taken out with consent, and removed for good."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from safeconduct.core.access.api import NotPermitted, NotYourCase, Role
from safeconduct.core.access.permissions import roles_with
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.documents import store
from safeconduct.core.documents.api import CannotBeKept
from safeconduct.register.consents import OthersDocument, record_consent, withdraw_consent
from safeconduct.register.documents import actions
from safeconduct.register.documents.queries import documents_of, files_on_record, missing_documents
from safeconduct.register.documents.refusals import NoConsentToTakeOut, PageDamaged, RemovedBefore
from safeconduct.register.merging.actions import merge_people, undo_merge
from safeconduct.register.models import Document, DocumentKind, DocumentPage, Purpose, TakenDocument
from tests.core.documents.papers import SECRET, flood, pdf, photograph
from tests.factory import NOON, TODAY, person

pytestmark = [pytest.mark.storage, pytest.mark.django_db]
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.DOCUMENTS_FOLDER = str(tmp_path / "documents")
    return tmp_path / "documents"


@pytest.fixture
def officer(account):
    return account(Role.PROTECTION_OFFICER, username="officer").actor()


@pytest.fixture
def page(client, account):
    client.force_login(account(Role.PROTECTION_OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    return client


def brought(officer, who, kind=DocumentKind.IDENTITY, content=None):
    return actions.bring(by=officer, person=who, kind=kind, told="a card", content=content or photograph(), at=NOON)


def may_be_copied(officer, who, *scope):
    return record_consent(
        by=officer, person=who, purpose=Purpose.WORK_COPY, recipient="OWN", scope=["identity", *scope], starts=TODAY,
        ends=TODAY + timedelta(days=9), evidence="signed", language="fa", at=NOON,
    )  # fmt: skip


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_neither_a_document_nor_what_it_hides_lies_readable_on_the_disk(officer, folder):
    document = brought(officer, person("T-1"), content=pdf(2, author=SECRET))
    lying = [path.read_bytes() for path in files(folder)]
    assert len(lying) == 3 and all(SECRET.encode() not in each and b"%PDF" not in each and b"JFIF" not in each for each in lying)
    assert all(len(path.name) == 32 for path in files(folder)) and files_on_record() == {path.name for path in files(folder)}
    assert missing_documents() == []
    facts = json.loads(AuditEntry.objects.filter(act="document added").get().facts)
    assert facts["sha256"] == document.original_sha256 and facts["pages"] == 2 and "a card" not in str(facts)


def test_a_file_that_is_refused_leaves_nothing(officer, folder, account):
    who = person("T-1")
    with pytest.raises(CannotBeKept):
        brought(officer, who, content=flood())
    with pytest.raises(NotYourCase):
        brought(officer, person("T-2", team="Others"))
    with pytest.raises(NotPermitted):
        brought(account(Role.AUDITOR).actor(), who)
    assert files(folder) == [] and not Document.objects.exists()


def test_keys_and_files_of_one_page_open_no_other(officer):
    document = brought(officer, person("T-1"), content=pdf(2))
    first, second = document.pages.all()
    assert actions.page_of(first).startswith(b"\xff\xd8")
    for name, key in ((second.name, first.key), (first.name, second.key), (second.name, second.key)):
        with pytest.raises(PageDamaged):
            actions.page_of(DocumentPage(document=document, position=0, name=name, key=key, width=1, height=1))
    store.place(first.name).unlink()
    with pytest.raises(PageDamaged):
        actions.page_of(first)
    assert missing_documents() == [first.name]


def test_medical_papers_are_for_whoever_may_know_a_medical_condition_and_the_rest_for_the_case(officer, account):
    who = person("T-1")
    brought(officer, who)
    brought(officer, who, kind=DocumentKind.MEDICAL)
    for role in Role:
        kinds = {one.kind for one in documents_of(who, seen_by=account(role).actor())}
        sees, knows = role in roles_with("register.see_documents"), role in roles_with("register.see_medical_needs")
        assert kinds == (({"identity"} if sees else set()) | ({"medical"} if sees and knows else set())), role
    foreign = person("T-2", team="Others")
    assert not documents_of(foreign, seen_by=officer).exists()


def test_an_original_leaves_only_while_a_consent_to_such_a_copy_is_in_force(officer):
    who = person("T-1")
    card, paper = brought(officer, who), brought(officer, who, kind=DocumentKind.MEDICAL)

    def take(document):
        return actions.take_out_original(by=officer, document=document, why="for the embassy", at=LATER)

    with pytest.raises(NoConsentToTakeOut):
        take(card)
    consent = may_be_copied(officer, who, "documents")
    assert take(card) == photograph()
    assert TakenDocument.objects.get().consent == consent
    with pytest.raises(NoConsentToTakeOut):
        take(paper)
    withdraw_consent(by=officer, consent=consent, at=LATER)
    with pytest.raises(NoConsentToTakeOut):
        take(card)
    assert TakenDocument.objects.count() == 1


def test_a_removed_document_is_opened_by_nobody_and_its_row_stays(officer, folder):
    who = person("T-1")
    document = brought(officer, who, content=pdf(3))
    kept = store.Kept(document.original, bytes(document.original_key))
    before = store.place(kept.name).read_bytes()
    actions.remove(by=officer, document=document, because="of somebody else", at=LATER)
    document.refresh_from_db()
    assert (document.removed_at, document.original, bytes(document.original_key)) == (LATER, "", b"") and files(folder) == []
    assert not document.pages.exists() and missing_documents() == []
    store.place(kept.name).parent.mkdir(exist_ok=True)
    store.place(kept.name).write_bytes(before)  # as a backup holds it
    with pytest.raises(ValueError, match=r"^$"):
        store.read(store.Kept(kept.name, bytes(document.original_key)), bound_to=f"{document.pk}:original")
    with pytest.raises(RemovedBefore):
        actions.remove(by=officer, document=document, because="again", at=LATER)


def test_documents_go_over_in_a_merge_and_come_back(officer):
    one, two = person("A-1"), person("B-2")
    document = brought(officer, two)
    merge = merge_people(by=officer, person=one, other=two, take={}, reason="said", at=LATER)
    assert Document.objects.get().person == one and actions.page_of(document.pages.get())
    undo_merge(by=officer, merge=merge, at=LATER)
    assert Document.objects.get().person == two


def test_a_consent_points_to_its_paper_and_to_nobody_elses(officer):
    who, other = person("T-1"), person("T-2")
    paper, foreign = brought(officer, who, kind=DocumentKind.CONSENT), brought(officer, other, kind=DocumentKind.CONSENT)
    told = {
        "by": officer, "person": who, "purpose": Purpose.CONTACT, "recipient": "ICRC", "scope": ["identity"], "starts": TODAY,
        "ends": TODAY + timedelta(days=9), "evidence": "signed", "language": "fa", "at": NOON,
    }  # fmt: skip
    assert record_consent(**told, document=paper).document == paper
    with pytest.raises(OthersDocument):
        record_consent(**told, document=foreign)


def upload(page, who, content, **values):
    file = SimpleUploadedFile("../../x\u202egpj.exe", content)
    return page.post(reverse("document_new", args=[who.pk]), {"kind": "identity", "told": "card", "file": file, **values})


def test_on_the_page_a_document_is_dots_and_a_download_never_the_file_itself(page, officer):
    who = person("T-1")
    assert page.get(reverse("document_new", args=[who.pk])).status_code == 200
    assert upload(page, who, photograph()).status_code == 302
    document = Document.objects.get()
    listed = page.get(reverse("person", args=[who.pk])).content.decode()
    assert reverse("document", args=[who.pk, document.pk]) in listed
    shown = page.get(reverse("document", args=[who.pk, document.pk])).content.decode()
    address = reverse("document_page", args=[who.pk, document.pk, 0])
    assert address in shown and document.original_sha256 in shown and "x\u202egpj" not in shown
    dots = page.get(address)
    assert dots.headers["Content-Disposition"] == 'attachment; filename="page.jpg"'
    assert dots.headers["X-Content-Type-Options"] == "nosniff" and dots.headers["Cache-Control"] == "no-store"
    assert "sandbox" in dots.headers["Content-Security-Policy"]
    assert Image.open(io.BytesIO(dots.content)).size == (40, 60) and SECRET.encode() not in dots.content
    out = reverse("document_take_out", args=[who.pk, document.pk])
    assert page.post(out, {"why": "for the embassy"}).status_code == 422
    may_be_copied(officer, who, "documents")
    taken = page.post(out, {"why": "for the embassy"})
    assert taken.content == photograph() and taken.headers["Content-Type"] == "application/octet-stream"
    assert taken.headers["Content-Disposition"] == 'attachment; filename="document.jpg"'
    remove = reverse("document_remove", args=[who.pk, document.pk])
    assert page.get(remove).status_code == 200 and page.post(remove, {"because": ""}).status_code == 422
    assert page.post(remove, {"because": "mistaken"}).status_code == 302
    assert "Nothing opens its files any more" in page.get(reverse("document", args=[who.pk, document.pk])).content.decode()
    assert page.get(address).status_code == 404


def test_a_text_is_shown_as_text_whatever_it_says(page):
    who = person("T-1")
    upload(page, who, "<script>alert(1)</script> سلام".encode())
    shown = page.get(reverse("document", args=[who.pk, Document.objects.get().pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; سلام" in shown and "<script>alert" not in shown
    assert page.get(reverse("document_page", args=[who.pk, Document.objects.get().pk, 0])).status_code == 404


def test_a_file_that_is_no_paper_is_refused_on_the_page_with_its_mend(page):
    who = person("T-1")
    refused = upload(page, who, flood())
    assert refused.status_code == 422 and "60000 × 60000" in refused.content.decode().replace(",", "")
    assert "picture, PDF or plain text" in upload(page, who, b"MZ" + bytes(range(256))).content.decode()


def test_a_document_of_somebody_else_is_not_found_at_ones_own_address(page, officer):
    who, other = person("T-1"), person("T-2")
    document = brought(officer, other)
    assert page.get(reverse("document", args=[who.pk, document.pk])).status_code == 404
