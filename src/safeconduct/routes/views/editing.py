"""Entering offers: the offer itself, what is said about its standing, and the next version of its information sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal, page
from safeconduct.routes import actions
from safeconduct.routes.forms.offer import OfferForm, StatusForm
from safeconduct.routes.forms.sheet import SheetForm
from safeconduct.routes.models import Offer
from safeconduct.routes.showing import title_of
from safeconduct.routes.views.common import offer_or_404


@page("routes.edit_offers")
def offer_new(request: HttpRequest) -> HttpResponse:
    form = OfferForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: actions.save_offer(
        by=request.actor, key=form.cleaned_data["key"], values=form.values(), at=clock.now()
    )):  # fmt: skip
        return redirect("offer", slug=form.cleaned_data["key"])
    return _form(request, "routes/offer_form.html", form, None)


@page("routes.edit_offers")
def offer_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = offer_or_404(request, slug)
    form = OfferForm(request.POST or None, offer=found)
    if form.is_valid() and _done(form, lambda: actions.save_offer(
        by=request.actor, key=found.key, values=form.values(), at=clock.now()
    )):  # fmt: skip
        return redirect("offer", slug=slug)
    return _form(request, "routes/offer_form.html", form, found)


@page("routes.edit_offers")
def offer_status(request: HttpRequest, slug: str) -> HttpResponse:
    found = offer_or_404(request, slug)
    form = StatusForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: actions.add_status(
        by=request.actor, offer=found, at=clock.now(), **form.cleaned_data
    )):  # fmt: skip
        return redirect("offer", slug=slug)
    return _form(request, "routes/status_form.html", form, found)


@page("routes.edit_offers")
def offer_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    found = offer_or_404(request, slug)
    newest = max(found.sheets.all(), key=lambda sheet: sheet.version, default=None)
    version = newest.version + 1 if newest else 1
    form = SheetForm(request.POST or None, newest=newest)
    if form.is_valid() and _done(form, lambda: actions.publish_sheet(
        by=request.actor, offer=found, version=version, published_on=clock.today(), sections=form.sections(), at=clock.now()
    )):  # fmt: skip
        return redirect("offer", slug=slug)
    return _form(request, "routes/sheet_form.html", form, found, version=version, newest=newest)


def _done(form: forms.Form, act: Any) -> bool:
    """Run an action; what it refuses stands in the form."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _form(request: HttpRequest, template: str, form: forms.Form, offer: Offer | None, **more: Any) -> HttpResponse:
    context = {"form": form, "offer": offer, "title": title_of(offer) if offer else "", **more}
    return render(request, template, context, status=422 if form.is_bound else 200)
