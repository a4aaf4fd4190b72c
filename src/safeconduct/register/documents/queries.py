"""What pages read of documents: those of one's own cases, and medical ones only by whoever may know a medical condition."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.core.documents.api import check
from safeconduct.register.access import reader_of
from safeconduct.register.models import Document, DocumentKind, DocumentPage, Person


def documents_of(person: Person, *, seen_by: Actor) -> QuerySet[Document]:
    """A person's documents that the reader may see, the newest first; removed ones too, without their pages."""
    reader = reader_of(person, seen_by)
    if not reader.may("register.see_documents"):
        return Document.objects.none()
    found = Document.objects.filter(person=person).select_related("added_by")
    if not reader.may("register.see_medical_needs"):
        found = found.exclude(kind=DocumentKind.MEDICAL)
    return found


def listed(person: Person, *, seen_by: Actor) -> list[Document]:
    """The same with the number of pages."""
    return list(documents_of(person, seen_by=seen_by).annotate(page_count=Count("pages")))


def document(person: Person, pk: UUID, *, seen_by: Actor) -> Document | None:
    """One of them."""
    return documents_of(person, seen_by=seen_by).filter(pk=pk).first()


def files_on_record() -> set[str]:
    """The name of every file that a record names."""
    return set(Document.objects.exclude(original="").values_list("original", flat=True)) | set(
        DocumentPage.objects.values_list("name", flat=True)
    )


def missing_documents() -> list[str]:
    """Names of files that records name and that are not there."""
    return check(files_on_record())
