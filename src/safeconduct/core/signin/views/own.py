"""One's own account: its roles, how it is opened, its sessions, its password."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access import accounts, queries, sessions
from safeconduct.core.access.models import OpenSession, ShellSession
from safeconduct.core.access.pages import page
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.access.seat import Seat
from safeconduct.core.signin import entering
from safeconduct.core.signin.forms import NewPasswordForm, PasswordForm
from safeconduct.core.signin.machines import in_words
from safeconduct.core.signin.queries import open_codes, open_factors

View = Callable[..., HttpResponse]


def proven_lately(view: View) -> View:
    """Whoever opens this page proved within ten minutes who it is; else that comes first."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seat = Seat.of(request.session)
        if seat is not None and seat.is_proven(clock.real().timestamp()):
            return view(request, *args, **kwargs)
        back = request.path if request.method == "GET" else reverse("own_account")
        return redirect(f"{reverse('prove')}?{urlencode({'next': back})}")

    return asked


@page("access.change_own_password")
def own_account(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    changed = False
    if request.method == "POST" and form.is_valid():
        if not authenticate(request, username=request.user.username, password=form.cleaned_data["current"]):
            form.add_error("current", _("This is not your current password."))
        else:
            changed = _changed(request, form)
    context = {
        "form": form, "changed": changed, "account": queries.account(request.user.pk, seen_by=request.actor),
        "factors": open_factors(request.user), "codes_left": open_codes(request.user).count(), **own_sessions(request),
    }  # fmt: skip
    return render(request, "signin/own_account.html", context)


@page("access.change_own_password", stage="password")
def first_password(request: HttpRequest) -> HttpResponse:
    """In place of a password that somebody else chose."""
    if not request.user.password_is_first:
        entering.paid(request, "password")
        return redirect("/")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        entering.paid(request, "password")
        return redirect("/")
    return render(request, "signin/first_password.html", {"form": form}, status=422 if form.errors else 200)


def _changed(request: HttpRequest, form: NewPasswordForm) -> bool:
    """Change the password: the session goes on under a new id, every other one ends."""
    try:
        accounts.change_password(by=request.actor, account=request.user, password=form.cleaned_data["new"], at=clock.now())
    except Refusal as refusal:
        form.add_error("new", str(refusal))
        return False
    _end_others(request, OpenSession.Why.NEW_PASSWORD)
    update_session_auth_hash(request, request.user)
    entering.new_key(request)
    return True


def own_sessions(request: HttpRequest) -> dict[str, Any]:
    """The open sessions of whoever is signed in, in words, and which of them this one is."""
    seat, now = Seat.of(request.session), clock.real()
    found = sessions.open_now(request.user.pk, real=now)
    for each in found:
        each.in_words = in_words(each.machine)  # type: ignore[attr-defined]
    shells = ShellSession.objects.filter(account=request.user, ended_at=None, expires_at__gt=clock.now())
    return {"sessions": found, "this_session": seat.row if seat else 0, "shells": shells}


@page("access.sign_in")
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions; this one by signing out."""
    seat = Seat.of(request.session)
    if seat is not None and seat.row == pk:
        entering.leave(request)
        return redirect(settings.LOGIN_URL)
    sessions.end_own(by=request.actor, sessions=[pk], at=clock.now(), real=clock.real())
    return redirect(f"{reverse('own_account')}#sessions")


@page("access.sign_in")
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one; in the shell too."""
    _end_others(request, OpenSession.Why.ELSEWHERE)
    return redirect(f"{reverse('own_account')}#sessions")


def _end_others(request: HttpRequest, why: OpenSession.Why) -> None:
    seat = Seat.of(request.session)
    others = OpenSession.objects.filter(account=request.user, ended_at=None).exclude(pk=seat.row if seat else None)
    sessions.end_own(by=request.actor, sessions=others.values_list("pk", flat=True), at=clock.now(), real=clock.real(), why=why)
    accounts.end_shell_sessions(by=request.actor, at=clock.now())
