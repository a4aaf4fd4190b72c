"""Documents on the page: drawn pages only. No byte of a file that was brought is shown by a browser from here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.core.documents.api import CannotBeKept
from safeconduct.core.reads.api import LEFT, seen
from safeconduct.register.actions.refusals import NoSuchRecord
from safeconduct.register.documents import actions, queries
from safeconduct.register.documents.forms import DocumentForm, RemoveForm, TakeOutForm
from safeconduct.register.levels import DOCUMENTS
from safeconduct.register.models import Document, Person
from safeconduct.register.showing import name_of
from safeconduct.register.views.common import known_person_or_404, language

SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp", "tiff": "tiff", "heif": "heic", "pdf": "pdf", "text": "txt"}


@page("register.add_documents")
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a document."""
    person = known_person_or_404(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.bring(
                by=request.actor, person=person, kind=given["kind"], told=given["told"].strip(), content=given["file"].read(),
                at=clock.now(),
            )  # fmt: skip
            return redirect(reverse("person", args=[person.pk]) + "#documents")
        except CannotBeKept as fault:
            form.add_error("file", f"{fault.says} {fault.mend}")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "register/documents/new.html", _about(person, form=form), status=422 if form.errors else 200)


@page("register.see_documents")
def document(request: HttpRequest, pk: UUID, document: UUID) -> HttpResponse:
    """A document page by page."""
    person = known_person_or_404(request, pk)
    found = _document_or_404(request, person, document)
    seen(person, DOCUMENTS)
    pages = list(found.pages.all())
    return render(request, "register/documents/document.html", _about(
        person, document=found, takings=list(found.takings.select_related("taken_by")),
        pages=[(one, actions.page_of(one).decode() if not one.width else "") for one in pages],
        may_take_out=request.actor.may("register.take_out_documents"), may_remove=request.actor.may("register.remove_documents"),
    ))  # fmt: skip


@page("register.see_documents")
def picture(request: HttpRequest, pk: UUID, document: UUID, position: int) -> HttpResponse:
    """One drawn page, for the page above. Opened by itself a browser only offers to keep it."""
    person = known_person_or_404(request, pk)
    found = _document_or_404(request, person, document).pages.filter(position=position).exclude(width=0).first()
    if found is None:
        raise NoSuchRecord()
    seen(person, DOCUMENTS)
    return _file(actions.page_of(found), "image/jpeg", "page.jpg")


@page("register.take_out_documents")
def take_out(request: HttpRequest, pk: UUID, document: UUID) -> HttpResponse:
    """Take the original out as a file, with the person's consent."""
    person = known_person_or_404(request, pk)
    found = _document_or_404(request, person, document)
    form = TakeOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = actions.take_out_original(by=request.actor, document=found, why=form.cleaned_data["why"], at=clock.now())
            seen(person, DOCUMENTS, LEFT)
            return _file(content, "application/octet-stream", f"document.{SUFFIXES[found.format]}")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "register/documents/take_out.html", _about(person, document=found, form=form), status=422 if form.errors else 200
    )


@page("register.remove_documents")
def remove(request: HttpRequest, pk: UUID, document: UUID) -> HttpResponse:
    """Remove a document for good."""
    person = known_person_or_404(request, pk)
    found = _document_or_404(request, person, document)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove(by=request.actor, document=found, because=form.cleaned_data["because"].strip(), at=clock.now())
            return redirect(reverse("person", args=[person.pk]) + "#documents")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "design/confirm.html", {
        "heading": _("Remove a document"), "form": form, "grave": True,
        "sentence": _("The original and every page of it can then be opened by nobody any more."),
        "consequences": [
            _("That there was a document, of what kind, and who removed it when, stays on record."),
            _("Backups that were made before still hold it, until they are destroyed."),
        ],
        "action_label": _("Remove it for good"), "cancel_url": reverse("document", args=[person.pk, found.pk]),
    }, status=422 if form.errors else 200)  # fmt: skip


def _document_or_404(request: HttpRequest, person: Person, pk: UUID) -> Document:
    found = queries.document(person, pk, seen_by=request.actor)
    if found is None:
        raise NoSuchRecord()
    return found


def _about(person: Person, **more: Any) -> dict[str, Any]:
    return {"person": person, "name": name_of(person, language=language()), **more}


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
