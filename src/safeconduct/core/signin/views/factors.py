"""Setting up and ending one's own second factors, and recovery codes, which are shown once."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from safeconduct.core import clock
from safeconduct.core.access.pages import page
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.signin import asking, codes, entering, sealing
from safeconduct.core.signin.actions import factors as actions
from safeconduct.core.signin.forms import AppForm, PasskeyForm
from safeconduct.core.signin.queries import app_of, has_factor, lacks_factor, open_codes, open_factors
from safeconduct.core.signin.views.own import proven_lately
from safeconduct.core.signin.webauthn import host_of

_NEW_APP = "new_app"


@page("signin.own_factors", stage="factor")
@proven_lately
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up a second factor: a passkey here, an app on the next page."""
    return _factor_page(request, PasskeyForm())


def _factor_page(request: HttpRequest, form: PasskeyForm, *, said: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form, "said": said, "needed": lacks_factor(request.user), "app": app_of(request.user),
        "factors": open_factors(request.user), "host": host_of(request),
    }  # fmt: skip
    return render(request, "signin/second_factor.html", context, status=status)


@page("signin.own_factors", stage="factor")
@require_POST
@proven_lately
def new_passkey_question(request: HttpRequest) -> HttpResponse:
    return JsonResponse(asking.question_for_new(request, request.user))


@page("signin.own_factors", stage="factor")
@require_POST
@proven_lately
def add_passkey(request: HttpRequest) -> HttpResponse:
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return _factor_page(request, form, status=422)
    had_one = has_factor(request.user)
    try:
        actions.add_passkey(
            by=request.actor, account=request.user, made=asking.new_one(request), host=host_of(request),
            name=form.cleaned_data["name"], at=clock.now(), real=clock.real(),
        )  # fmt: skip
    except Refusal as refusal:
        return _factor_page(request, form, said=str(refusal), status=refusal.status)
    return _added(request, had_one)


@page("signin.own_factors", stage="factor")
@proven_lately
def add_app(request: HttpRequest) -> HttpResponse:
    """The picture that the app reads, and the first code that it shows. The secret waits, sealed, in the session."""
    if app_of(request.user):
        return redirect("own_account" if not lacks_factor(request.user) else "second_factor")
    secret = _new_secret(request)
    form, had_one = AppForm(request.POST or None), has_factor(request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_app(
                by=request.actor, account=request.user, secret=secret, code=given["code"], name=given["name"], at=clock.now(),
                real=clock.real(),
            )  # fmt: skip
            request.session.pop(_NEW_APP, None)
            return _added(request, had_one)
        except Refusal:
            form.add_error("code", _("This is not the code that the app shows now. Is the clock of the phone right?"))
    side, path = codes.picture(codes.address(secret, request.user.username))
    context = {"form": form, "side": side, "path": path, "typed": codes.in_groups(secret), "issuer": codes.ISSUER}
    return render(request, "signin/add_app.html", context, status=422 if form.errors else 200)


def _new_secret(request: HttpRequest) -> bytes:
    """The secret that is being set up; it stays the same until a code was right, or one pressed wrong would need a new picture."""
    kept = request.session.get(_NEW_APP)
    if kept:
        try:
            return sealing.unseal(base64.b64decode(kept), account=request.user.pk)
        except sealing.NotOurs:
            pass
    made = codes.new_secret()
    request.session[_NEW_APP] = base64.b64encode(sealing.seal(made, account=request.user.pk)).decode()
    return made


def _added(request: HttpRequest, had_one: bool) -> HttpResponse:
    """With the first factor come its recovery codes; the session owes nothing more."""
    entering.paid(request, "factor")
    return redirect("own_account") if had_one else _show_codes(request)


@page("signin.own_factors")
@proven_lately
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(open_factors(request.user), pk=pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        actions.remove_factor(by=request.actor, account=request.user, factor=found, at=clock.now(), real=clock.real())
        return redirect(f"{reverse('own_account')}#factors")
    return render(request, "design/confirm.html", {
        "heading": _("End a second factor"),
        "sentence": _("“%(name)s” will not open your account any more.") % {"name": found.name},
        "consequences": _what_follows(request, found),
        "action_label": _("End it"), "cancel_url": reverse("own_account"),
    })  # fmt: skip


def _what_follows(request: HttpRequest, found: Any) -> list[str]:
    if open_factors(request.user).exclude(pk=found.pk).exists():
        return [_("Your other second factors stay as they are.")]
    return [_("It is your last one: your recovery codes end with it."), _("Your password alone then opens the account.")]


@page("signin.own_factors")
@proven_lately
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, in place of those that are left."""
    if not has_factor(request.user):
        return redirect("second_factor")
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        return _show_codes(request)
    left = open_codes(request.user).count()
    return render(request, "design/confirm.html", {
        "heading": _("Make new recovery codes"),
        "sentence": _("Ten new codes are shown once, on the next page."),
        "consequences": [_("The codes that you have now open nothing any more: %(left)s of them are left.") % {"left": left}],
        "action_label": _("Make new codes"), "cancel_url": reverse("own_account"),
    })  # fmt: skip


def _show_codes(request: HttpRequest) -> HttpResponse:
    shown, salt, derived = actions.prepared()
    actions.make_recovery_codes(
        by=request.actor, account=request.user, salt=salt, derived=derived, at=clock.now(), real=clock.real()
    )
    return render(request, "signin/recovery_codes.html", {"codes": shown})
