"""Documents: kept, taken out, removed. The files lie with `core.documents`; the rows here hold their keys, wrapped."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.documents.api import Drawn, Kept, draw, keep, read, shred
from safeconduct.core.documents.sealing import DoesNotOpen
from safeconduct.register.consents import may_leave
from safeconduct.register.documents.refusals import NoConsentToTakeOut, PageDamaged, RemovedBefore
from safeconduct.register.models import Document, DocumentKind, DocumentPage, FieldGroup, Person, Purpose, TakenDocument
from safeconduct.register.showing import OWN

# What a person agrees to when a document of a kind may leave.
GROUPS = {
    DocumentKind.IDENTITY: FieldGroup.DOCUMENTS, DocumentKind.CONSENT: FieldGroup.DOCUMENTS,
    DocumentKind.OTHER: FieldGroup.DOCUMENTS, DocumentKind.PHOTOGRAPH: FieldGroup.PHOTOGRAPH,
    DocumentKind.MEDICAL: FieldGroup.MEDICAL,
}  # fmt: skip


def bring(*, by: Actor, person: Person, kind: str, told: str, content: bytes, at: datetime) -> Document:
    """Draw a file anew, seal it and its pages, and record them; nothing is left where any of it fails.

    Raises CannotBeKept for a file that is no paper, and what `add_document` refuses.
    """
    drawn = draw(content)
    pk = uuid.uuid4()
    files: list[Kept] = []
    try:
        files.append(keep(content, bound_to=f"{pk}:original"))
        files += [keep(page.content, bound_to=f"{pk}:{position}") for position, page in enumerate(drawn.pages)]
        return add_document(by=by, person=person, kind=kind, told=told, pk=pk, content=content, drawn=drawn, files=files, at=at)
    except BaseException:
        shred([kept.name for kept in files])
        raise


@action(permission="register.add_documents", audit=gettext_noop("document added"))
def add_document(
    *, by: Actor, person: Person, kind: str, told: str, pk: uuid.UUID, content: bytes, drawn: Drawn, files: list[Kept], at: datetime
) -> Document:
    """Record a document whose files lie sealed: the original first, then each page."""
    original, *pages = files
    document = Document.objects.create(
        pk=pk, person=person, kind=DocumentKind(kind), told=told, format=drawn.kind, original=original.name,
        original_key=original.key, original_size=len(content), original_sha256=hashlib.sha256(content).hexdigest(),
        added_by_id=by.account, added_at=at,
    )  # fmt: skip
    DocumentPage.objects.bulk_create(
        DocumentPage(document=document, position=n, name=kept.name, key=kept.key, width=page.width, height=page.height)
        for n, (kept, page) in enumerate(zip(pages, drawn.pages, strict=True))
    )
    remark(person=person.pk, kind=document.kind, pages=len(pages), sha256=document.original_sha256)
    return document


def page_of(page: DocumentPage) -> bytes:
    """A page as it is shown: JPEG, or UTF-8 of a text. Raises PageDamaged."""
    return _opened(Kept(page.name, bytes(page.key)), f"{page.document_id}:{page.position}")


def take_out_original(*, by: Actor, document: Document, why: str, at: datetime) -> bytes:
    """The original as it was brought, for a working copy. Recorded before a byte of it leaves."""
    record_taking(by=by, document=document, why=why, at=at)
    document.refresh_from_db()
    return _opened(Kept(document.original, bytes(document.original_key)), f"{document.pk}:original")


@action(permission="register.take_out_documents", audit=gettext_noop("document taken out"))
def record_taking(*, by: Actor, document: Document, why: str, at: datetime) -> TakenDocument:
    """Let an original leave, under the person's consent to a working copy with documents of its kind.

    Raises RemovedBefore, NoConsentToTakeOut.
    """
    document = Document.objects.get(pk=document.pk)
    if document.removed_at is not None:
        raise RemovedBefore()
    group = GROUPS[DocumentKind(document.kind)]
    answer = may_leave([document.person_id], purpose=Purpose.WORK_COPY, recipient=OWN, fields=[group], at=at)[document.person_id]
    if not answer.verdict.allowed or group.value not in answer.groups or answer.consent is None:
        raise NoConsentToTakeOut()
    remark(document=document.pk, person=document.person_id, sha256=document.original_sha256)
    return TakenDocument.objects.create(document=document, consent=answer.consent, why=why, taken_by_id=by.account, taken_at=at)


def remove(*, by: Actor, document: Document, because: str, at: datetime) -> Document:
    """Remove a document for good: its keys are forgotten, and then its files are overwritten and taken away."""
    names = forget_keys(by=by, document=document, because=because, at=at)
    shred(names)
    document.refresh_from_db()
    return document


@action(permission="register.remove_documents", audit=gettext_noop("document removed"))
def forget_keys(*, by: Actor, document: Document, because: str, at: datetime) -> list[str]:
    """Forget the keys of a document; gives the names of the files that nobody can open any more. Raises RemovedBefore."""
    document = Document.objects.get(pk=document.pk)
    if document.removed_at is not None:
        raise RemovedBefore()
    names = forget([document])
    document.removed_by_id, document.removed_at, document.removed_because = by.account, at, because
    document.save(update_fields=["removed_by", "removed_at", "removed_because"])
    remark(document=document.pk, person=document.person_id, subject=f"register.document:{document.pk}")
    return names


def forget(documents: list[Document]) -> list[str]:
    """Take keys and file names out of the rows, inside an action; gives the names, to be shredded after it."""
    names = [each.original for each in documents if each.original]
    pages = DocumentPage.objects.filter(document__in=documents)
    names += pages.values_list("name", flat=True)
    pages.delete()
    for each in documents:
        each.original, each.original_key = "", b""
        each.save(update_fields=["original", "original_key"])
    return names


def _opened(kept: Kept, bound_to: str) -> bytes:
    try:
        return read(kept, bound_to=bound_to)
    except (OSError, ValueError, DoesNotOpen):
        raise PageDamaged() from None
