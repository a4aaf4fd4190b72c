"""The pages for what goes wrong outside a view."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.pages import refusal_page
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.reads.watching import shown_nothing


class FormExpired(Refusal):
    code = "site.form_expired"
    says = _("This form came from a page that is no longer current. Nothing was changed.")
    mend = _("Go back, load the page again and repeat the entry.")
    status = 403


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refusal_page(request, FormExpired())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    shown_nothing()
    return render(request, "design/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    shown_nothing()
    return render(request, "design/500.html", status=500)
