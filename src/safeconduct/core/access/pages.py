"""`@page`: the one way to open a page. A route without it cannot be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from safeconduct.core.access import guard
from safeconduct.core.access.actors import NOBODY, Actor
from safeconduct.core.access.refusals import NotPermitted, Refusal
from safeconduct.core.access.seat import STAGES
from safeconduct.core.reads.watching import shown_nothing

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Policy:
    """Who may open a page: anybody, anybody signed in, or the holders of a permission; and from which stage of a session on."""

    permission: str | None = None
    public: bool = False
    signed_in: bool = False
    stage: str = "ready"


def page(permission: str | None = None, *, public: bool = False, signed_in: bool = False, stage: str = "ready") -> Callable[[V], V]:
    """Declare who may open a view: exactly one of a permission, `public=True`, `signed_in=True`.

    `stage`: one of `seat.STAGES`. Only what ends a lock, or pays what a session still owes, opens before it is "ready".
    """
    if sum([permission is not None, public, signed_in]) != 1 or stage not in STAGES:
        raise TypeError("a page is public, for the signed in, or needs one permission; and opens from a stage on")

    def decorate(view: V) -> V:
        view.policy = Policy(permission, public, signed_in, stage)  # type: ignore[attr-defined]
        return view

    return decorate


class AccessMiddleware:
    """Says who acts, opens only declared pages, turns refusals into a readable page, and arms the write guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        reading = request.method in ("GET", "HEAD", "OPTIONS")
        with guard.nothing_writes() if reading else guard.only_actions_write():
            response = self.get_response(request)
        if request.actor is not NOBODY:  # type: ignore[attr-defined]
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        policy: Policy | None = getattr(view, "policy", None)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if policy is None:
            return refusal_page(request, NotPermitted())
        if policy.public:
            return None
        if actor is NOBODY:
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path})}")
        if policy.permission and not actor.may(policy.permission):
            return refusal_page(request, NotPermitted(), policy.permission)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal_page(request, exception) if isinstance(exception, Refusal) else None


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in account as an actor, with the roles it holds now."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated or not account.is_active:
        return NOBODY
    return account.actor()


def refusal_page(request: HttpRequest, refusal: Refusal, permission: str | None = None) -> HttpResponse:
    """Why not, and who can help; the same for every view."""
    from safeconduct.core.access.permissions import declared, roles_with

    shown_nothing()
    context = {
        "refusal": refusal,
        "says": refusal.sentence(),
        "mend": refusal.way_out(),
        "wanted": declared()[permission].says if permission in declared() else "",
        "who_may": [role.label for role in sorted(roles_with(permission))] if permission else [],
    }
    return render(request, "design/refusal.html", context, status=refusal.status)
