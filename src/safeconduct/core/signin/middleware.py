"""Before any page: is this session still the one that began, on the same machine, in its time, unlocked, and whole?

Source: OWASP ASVS 5.0, 7.3.1, 7.3.2, 7.4.1; OWASP Session Management, "Binding the Session ID to Other User Properties".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from safeconduct.core import clock
from safeconduct.core.access import guard, sessions
from safeconduct.core.access.models import OpenSession
from safeconduct.core.access.pages import Policy
from safeconduct.core.access.seat import RENEWED, Seat, opens
from safeconduct.core.signin import entering, failures
from safeconduct.core.signin.actions.proofs import unproven
from safeconduct.core.signin.machines import machine_of, place_of

LEADS_TO = {"locked": "locked", "password": "first_password", "factor": "second_factor"}
Why = OpenSession.Why


class SessionsMiddleware:
    """Stands right outside AccessMiddleware: what a session's own rules end, ends before anybody acts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.real().timestamp()
            seat = Seat.of(request.session)
            if seat is None:  # nobody began it
                entering.nobody(request)
            elif seat.is_elsewhere(machine_of(request), place_of(request)):
                self._end(request, seat, Why.TWO_MACHINES)
                answer = render(request, "signin/two_machines.html", status=403)
                answer.headers["Cache-Control"] = "no-store"
                return answer
            elif seat.is_over(now):
                self._end(request, seat, Why.LONGEST)
                request.ended = Why.LONGEST.value  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        policy: Policy | None = getattr(view, "policy", None)
        if policy is None or policy.public:
            return None
        if not request.user.is_authenticated or not request.user.is_active:
            return _led(request, settings.LOGIN_URL, why=_why(request))
        seat, now = Seat.of(request.session), clock.real().timestamp()
        if seat is None:
            return None
        stage = seat.stage(now)
        if not opens(policy.stage, stage):
            return _led(request, LEADS_TO[stage])
        if stage != "locked" and now - seat.seen >= RENEWED and _is_somebody(request):
            seat.seen = now
            seat.keep(request.session)
        return None

    def _end(self, request: HttpRequest, seat: Seat, why: Why) -> None:
        account = request.user
        with guard.only_actions_write():
            sessions.cut_off(by=unproven(account), session=seat.row, why=why, at=clock.now(), real=clock.real())
            if why == Why.TWO_MACHINES:
                failures.write(failures.TWO_MACHINES, account=account.pk, at=clock.now(), session=seat.row)
        entering.nobody(request)


def _is_somebody(request: HttpRequest) -> bool:
    """Whether a person did something. A part of a page that renews itself keeps no session awake; the page's script tells."""
    return not (request.headers.get("HX-Request") == "true" and request.method == "GET")


def _why(request: HttpRequest) -> str:
    """Why nobody is signed in who was: it ended just now, or the browser still sends the key of a session that was ended."""
    ended = getattr(request, "ended", "")
    return ended or sessions.why_ended(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))


def _led(request: HttpRequest, name: str, *, why: str = "") -> HttpResponse:
    """To the page that comes first, which leads back. What was sent meanwhile is not saved, and that page says so."""
    sent = request.method not in ("GET", "HEAD", "OPTIONS")
    asked = {"next": urlsplit(request.headers.get("referer", "")).path or "/" if sent else request.get_full_path()}
    asked |= {"why": why} if why else {}
    asked |= {"lost": "1"} if sent else {}
    address = f"{reverse(name)}?{urlencode(asked)}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(address)
    return redirect(address)
