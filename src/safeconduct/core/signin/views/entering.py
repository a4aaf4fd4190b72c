"""Signing in, in one step or two, and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.models import Account
from safeconduct.core.access.pages import page
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.access.views import remember_language, safe
from safeconduct.core.signin import asking, entering, said
from safeconduct.core.signin.actions.proofs import prove_code
from safeconduct.core.signin.forms import CodeForm, SignInForm
from safeconduct.core.signin.queries import app_of, has_factor, open_codes, passkeys
from safeconduct.core.signin.webauthn import host_of


@page(public=True)
@cache_control(no_store=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if request.method == "POST" and form.is_valid():
        account = authenticate(
            request, username=form.cleaned_data["username"].strip().lower(), password=form.cleaned_data["password"]
        )
        if account is None:
            return refused_page(request, form)
        request.session.clear_expired()  # what was searched stands in sessions: none outlives its time
        if has_factor(account):
            entering.first_step(request, account, wanted)
            return redirect("second_step")
        return _entered(request, account, "password", wanted)
    return _sign_in_page(request, form, wanted, status=403 if form.errors else 200)


def refused_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """The same page for an unknown name, a wrong password, a closed account and one that rests: nothing tells which exist."""
    form.add_error(None, _("This name and password do not open the site. After five wrong tries an account rests for 15 minutes."))
    return _sign_in_page(request, form, request.POST.get("next", ""), status=403)


def _sign_in_page(request: HttpRequest, form: SignInForm, wanted: str, *, said_first: str = "", status: int) -> HttpResponse:
    demonstration = (
        Account.objects.filter(is_demonstration=True, is_active=True).prefetch_related("grants").order_by("username")
        if settings.SITE_KIND == "demonstration" else ()
    )  # fmt: skip
    context = {
        "form": form, "next": wanted, "demonstration": demonstration, "demonstration_password": settings.DEMONSTRATION_PASSWORD,
        "ended": said.ended(request.GET.get("why", "")), "lost": "lost" in request.GET,
        "said": said_first,
    }  # fmt: skip
    return render(request, "signin/sign_in.html", context, status=status)


@page(public=True)
@cache_control(no_store=True)
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a passkey, a code of the app, or a recovery code."""
    if not entering.is_waiting(request):
        return redirect(settings.LOGIN_URL)
    account, wanted = entering.waiting(request)
    form, said_first, status = CodeForm(request.POST if "code" in request.POST else None), "", 200
    try:
        if request.method == "POST" and "credential" in request.POST:
            asking.shown(request, account)
            return _entered(request, account, "password and passkey", wanted)
        if form.is_valid():
            kind = prove_code(account, form.cleaned_data["code"], at=clock.now(), real=clock.real())
            return _entered(request, account, f"password and {kind}", wanted)
        status = 403 if form.errors else 200
    except Refusal as refusal:
        said_first, status, form = str(refusal), refusal.status, CodeForm()
    context = {
        "form": form, "said": said_first, "passkeys": passkeys(account, host=host_of(request)).exists(),
        "app": app_of(account), "codes": open_codes(account).exists(),
    }  # fmt: skip
    return render(request, "signin/second_step.html", context, status=status)


@page(public=True)
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the browser is asked for: of whoever is signed in or in the second step their own passkeys; else any."""
    account = request.user if request.user.is_authenticated else None
    if account is None and entering.is_waiting(request):
        account, _wanted = entering.waiting(request)
    return JsonResponse(asking.question(request, account))


@page(public=True)
@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """A passkey alone: it verifies its user, so that it is two factors in one."""
    wanted = request.POST.get("next", "")
    try:
        factor = asking.shown(request, None)
    except Refusal as refusal:
        return _sign_in_page(request, SignInForm(), wanted, said_first=str(refusal), status=refusal.status)
    return _entered(request, factor.account, "passkey", wanted)


def _entered(request: HttpRequest, account: Account, proof: str, wanted: str) -> HttpResponse:
    entering.enter(request, account, proof)
    answer = redirect(safe(request, wanted))
    if account.language:
        remember_language(answer, account.language)
    return answer


@page(signed_in=True, stage="locked")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    entering.leave(request)
    answer = redirect(settings.LOGIN_URL)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
