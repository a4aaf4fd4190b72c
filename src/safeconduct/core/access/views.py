from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access import accounts, queries
from safeconduct.core.access.forms import OpenAccountForm, RoleForm
from safeconduct.core.access.models import Account
from safeconduct.core.access.pages import page
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.access.roles import Role


@page(public=True)
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Language by a form: a link that changed something would be a GET that writes."""
    language = request.POST.get("language", "")
    answer = redirect(safe(request, request.POST.get("next", "")))
    if language in dict(settings.LANGUAGES):
        remember_language(answer, language)
        if request.user.is_authenticated and request.user.language != language:
            accounts.choose_language(by=request.actor, account=request.user, language=language, at=clock.now())
    return answer


@page("access.see_roles")
def roles(request: HttpRequest) -> HttpResponse:
    return render(request, "access/roles.html", {"roles": queries.what_each_role_may()})


@page("access.manage_accounts")
def account_list(request: HttpRequest) -> HttpResponse:
    form = OpenAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            accounts.open_account(
                by=request.actor, username=given["username"], display_name=given["display_name"], password=given["password"],
                roles=[Role(r) for r in given["roles"]], at=clock.now(),
            )  # fmt: skip
            return redirect("accounts")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "access/accounts.html", {"accounts": queries.accounts(seen_by=request.actor), "form": form})


@page("access.manage_accounts")
def account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles, since when and by whom; one more, or one less."""
    account = _account_or_404(request, pk)
    form = RoleForm(request.POST or None, held=account.roles())
    if request.method == "POST" and form.is_valid():
        try:
            accounts.give_role(by=request.actor, account=account, role=Role(form.cleaned_data["role"]), at=clock.now())
            return redirect("account", pk=pk)
        except Refusal as refusal:
            form.add_error("role", str(refusal))
    own = account.pk == request.actor.account
    context = {"account": account, "form": form, "is_own": own, "may_change": account.is_active and not own}
    return render(request, "access/account.html", context, status=422 if form.errors else 200)


@page("access.manage_accounts")
@require_POST
def end_role(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    if role not in Role.values:
        raise Http404
    accounts.end_role(by=request.actor, account=_account_or_404(request, pk), role=Role(role), at=clock.now())
    return redirect("account", pk=pk)


@page("access.manage_accounts")
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account_or_404(request, pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        accounts.close_account(by=request.actor, account=account, at=clock.now())
        return redirect("account", pk=pk)
    return render(request, "design/confirm.html", {
        "heading": _("Close an account"),
        "sentence": _("The account “%(name)s” will never sign in again.") % {"name": account.username},
        "consequences": [
            _("Its open sessions end at once."),
            _("What it did stays on record."),
            _("Whoever comes back gets a new account, with another name."),
        ],
        "action_label": _("Close the account"), "cancel_url": reverse("account", args=[pk]),
    })  # fmt: skip


def _account_or_404(request: HttpRequest, pk: int) -> Account:
    found = queries.account(pk, seen_by=request.actor)
    if found is None:
        raise Http404
    return found


def safe(request: HttpRequest, target: str) -> str:
    """An address of this site, where one was meant; else the first page."""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and allowed else "/"


def remember_language(answer: HttpResponse, language: str) -> None:
    """Keep a language in the browser, and speak it from here on."""
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, samesite="Lax", httponly=True,
                      secure=settings.SESSION_COOKIE_SECURE)  # fmt: skip
    translation.activate(language)
