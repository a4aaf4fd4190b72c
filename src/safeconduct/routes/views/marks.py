"""Pins and bars: made with a reason and a name, ended, and put up for review when the person asks."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.api import page
from safeconduct.routes import actions, queries
from safeconduct.routes.forms.mark import MarkForm
from safeconduct.routes.models import Mark
from safeconduct.routes.views.common import name_of, person_or_404


@page("routes.mark_pairs")
def mark_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(request, pk)
    form = MarkForm(request.POST or None, offers=queries.offers(seen_by=request.actor))
    if form.is_valid():
        given = form.cleaned_data
        actions.mark_pair(
            by=request.actor,
            person=person,
            offer=form.offers[given["offer"]],
            kind=given["kind"],
            reason=given["reason"],
            at=clock.now(),
        )
        return _back(pk)
    return render(request, "routes/mark_form.html", {
        "form": form, "person": person, "name": name_of(person),
    }, status=422 if form.is_bound else 200)  # fmt: skip


@page("routes.mark_pairs")
@require_POST
def mark_end(request: HttpRequest, pk: UUID, mark: int) -> HttpResponse:
    actions.end_mark(by=request.actor, mark=_mark(request, pk, mark), at=clock.now())
    return _back(pk)


@page("routes.record_choices")
@require_POST
def mark_review(request: HttpRequest, pk: UUID, mark: int) -> HttpResponse:
    actions.ask_review(by=request.actor, mark=_mark(request, pk, mark), at=clock.now())
    return _back(pk)


def _mark(request: HttpRequest, pk: UUID, mark: int) -> Mark:
    found = queries.marks_of(person_or_404(request, pk), seen_by=request.actor).filter(pk=mark).first()
    if found is None:
        raise Http404
    return found


def _back(pk: UUID) -> HttpResponse:
    return redirect(f"{reverse('person', args=[pk])}#marks")
