"""How another account is opened, for whoever manages accounts: which factors and how many sessions; ended, never seen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access import queries, resting, sessions
from safeconduct.core.access.models import Account
from safeconduct.core.access.pages import page
from safeconduct.core.signin.actions.factors import end_lost_factors
from safeconduct.core.signin.queries import open_codes, open_factors


@page("access.manage_accounts")
def account_opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Which second factors an account has, since when, and how many sessions are open."""
    account = _other_or_404(request, pk)
    return render(request, "signin/account_opening.html", {
        "account": account, "is_own": account.pk == request.actor.account, "factors": open_factors(account),
        "codes_left": open_codes(account).count(), "sessions": sessions.open_now(account.pk, real=clock.real()),
    })  # fmt: skip


@page("access.manage_accounts")
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    account = _other_or_404(request, pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        sessions.end_all_of(by=request.actor, account=account, at=clock.now(), real=clock.real())
        return redirect("account_opening", pk=pk)
    return render(request, "design/confirm.html", {
        "heading": _("End all sessions of an account"),
        "sentence": _("The account “%(name)s” is signed out everywhere, at once.") % {"name": account.username},
        "consequences": [_("What is typed there and not yet sent is lost."), _("Its holder can sign in again.")],
        "action_label": _("End all sessions"), "cancel_url": reverse("account_opening", args=[pk]),
    })  # fmt: skip


@page("access.manage_accounts")
def end_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """A phone was lost, a key was taken: the factors end, and every session with them."""
    account = _other_or_404(request, pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        end_lost_factors(by=request.actor, account=account, at=clock.now(), real=clock.real())
        return redirect("account_opening", pk=pk)
    return render(request, "design/confirm.html", {
        "heading": _("End the second factors of an account"),
        "sentence": _("Passkeys, app and recovery codes of “%(name)s” open nothing any more.") % {"name": account.username},
        "consequences": [
            _("All its sessions end at once."),
            _("Until its holder sets up a new one, the password alone leads to the page for that. Do it together, in person."),
            _("If the password may be known too, close the account and open another one."),
        ],
        "action_label": _("End the second factors"), "cancel_url": reverse("account_opening", args=[pk]),
    })  # fmt: skip


@page("access.manage_accounts")
@require_POST
def wake(request: HttpRequest, pk: int) -> HttpResponse:
    """End the rest of an account after wrong passwords."""
    resting.end_rest(by=request.actor, account=_other_or_404(request, pk), at=clock.now())
    return redirect("account_opening", pk=pk)


def _other_or_404(request: HttpRequest, pk: int) -> Account:
    found = queries.account(pk, seen_by=request.actor)
    if found is None:
        raise Http404
    return found
