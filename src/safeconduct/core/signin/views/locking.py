"""The screen is covered, and opens again to its holder; the same proof is asked for before factors change."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.pages import page
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.access.seat import Seat
from safeconduct.core.access.views import safe
from safeconduct.core.signin import asking, entering
from safeconduct.core.signin.forms import ProofForm
from safeconduct.core.signin.queries import passkeys
from safeconduct.core.signin.webauthn import host_of


@page(signed_in=True, stage="locked")
def locked(request: HttpRequest) -> HttpResponse:
    """The covered screen: it shows nothing of the site, and opens by password or passkey to where one was."""
    seat = Seat.of(request.session)
    if seat is None or not seat.is_locked(clock.real().timestamp()):
        return redirect(safe(request, request.GET.get("next", "")))
    return _asked(request, "signin/locked.html", fresh_key=True)


@page(signed_in=True, stage="password")
def prove(request: HttpRequest) -> HttpResponse:
    """Who it is, once more, before it changes how the account is opened (OWASP ASVS 5.0, 7.5.1)."""
    return _asked(request, "signin/prove.html")


def _asked(request: HttpRequest, template: str, *, fresh_key: bool = False) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    form = ProofForm(request.POST if "password" in request.POST else None)
    said = ""
    if request.method == "POST":
        try:
            if "credential" in request.POST:
                asking.shown(request, request.user)
                return _opened(request, wanted, fresh_key)
        except Refusal as refusal:
            said = str(refusal)
        if form.is_valid():
            if authenticate(request, username=request.user.username, password=form.cleaned_data["password"]):
                return _opened(request, wanted, fresh_key)
            form.add_error("password", _("This is not the password. After five wrong tries an account rests for 15 minutes."))
    return ask_page(request, template, form, wanted, said=said, status=403 if form.errors or said else 200)


def ask_page(request: HttpRequest, template: str, form: ProofForm, wanted: str, *, said: str = "", status: int) -> HttpResponse:
    """One of the two pages that ask who it is."""
    context = {
        "form": form, "next": wanted, "said": said, "lost": "lost" in request.GET,
        "passkeys": passkeys(request.user, host=host_of(request)).exists(),
    }  # fmt: skip
    return render(request, template, context, status=status)


def _opened(request: HttpRequest, wanted: str, fresh_key: bool) -> HttpResponse:
    entering.proven(request)
    if fresh_key:
        entering.new_key(request)
    return redirect(safe(request, wanted))


@page(signed_in=True, stage="locked")
@require_POST
def cover(request: HttpRequest) -> HttpResponse:
    """Cover the screen now: by hand, or by the page's own script when nobody was there for a quarter of an hour."""
    seat = Seat.of(request.session)
    if seat is not None and not seat.locked:
        entering.cover(request)
    return redirect(f"{reverse('locked')}?{urlencode({'next': safe(request, request.POST.get('next', ''))})}")


@page(signed_in=True, stage="password")
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Somebody is still at this page, and types: the page's script says so now and then."""
    return HttpResponse(status=204)
