"""From the password to an open session: between the two steps nobody is signed in, and nothing of the site opens."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from safeconduct.core import clock
from safeconduct.core.access import sessions
from safeconduct.core.access.actors import NOBODY
from safeconduct.core.access.models import Account, OpenSession
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.access.seat import Seat
from safeconduct.core.signin.machines import machine_of, place_of
from safeconduct.core.signin.queries import lacks_factor
from safeconduct.core.signin.refusals import TooLong

_KEY = "entering"
STEP_HOLDS = 10 * 60


def first_step(request: HttpRequest, account: Account, wanted: str) -> None:
    """The password was right, and a second factor is to come. The session gets a new id and still opens nothing."""
    leave(request)
    request.session[_KEY] = {
        "account": account.pk, "since": clock.real().timestamp(), "password": account.get_session_auth_hash(), "next": wanted,
    }  # fmt: skip
    request.session.cycle_key()


def waiting(request: HttpRequest) -> tuple[Account, str]:
    """Whose second step is awaited, and where it leads. Raises TooLong where nobody's is, any more."""
    kept = request.session.get(_KEY) or {}
    account = Account.objects.filter(pk=kept.get("account"), is_active=True).prefetch_related("grants").first()
    if account is None or not 0 <= clock.real().timestamp() - kept["since"] < STEP_HOLDS:
        request.session.pop(_KEY, None)
        raise TooLong()
    if kept["password"] != account.get_session_auth_hash():
        raise TooLong()
    return account, str(kept["next"])


def is_waiting(request: HttpRequest) -> bool:
    """Whether the second step of somebody is awaited in this browser."""
    return _KEY in request.session


def enter(request: HttpRequest, account: Account, proof: str) -> None:
    """Open the session: a new id, its row, and what its holder still owes. Where the account may not, nobody is signed in."""
    leave(request)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    request.session.pop(_KEY, None)
    if not request.session.session_key:
        request.session.cycle_key()
    now, machine, place = clock.real(), machine_of(request), place_of(request)
    try:
        opened = sessions.open_session(
            by=account.actor(), account=account, key=request.session.session_key or "", machine=machine, address=place,
            proof=proof, at=clock.now(), real=now,
        )  # fmt: skip
    except Refusal:
        logout(request)
        raise
    owes = ["password"] * account.password_is_first + ["factor"] * lacks_factor(account)
    Seat(opened.pk, now.timestamp(), now.timestamp(), now.timestamp(), machine, place, owes=owes).keep(request.session)


def leave(request: HttpRequest) -> None:
    """Sign out whoever is signed in in this browser; what the session held goes."""
    seat = Seat.of(request.session)
    if seat is not None and request.user.is_authenticated:
        row = OpenSession.objects.filter(pk=seat.row, ended_at=None).first()
        if row is not None:
            sessions.sign_out(by=request.user.actor(), session=row, at=clock.now(), real=clock.real())
    if request.user.is_authenticated:
        nobody(request)


def nobody(request: HttpRequest) -> None:
    """Take everything from the session; from here on nobody is signed in."""
    request.session.flush()
    request.user = AnonymousUser()
    request.actor = NOBODY  # type: ignore[attr-defined]


def new_key(request: HttpRequest) -> None:
    """Go on under a new session id; where the session was ended meanwhile, there is none to go on with."""
    seat = Seat.of(request.session)
    request.session.cycle_key()
    if seat is not None and seat.row:
        kept = sessions.renew_key(by=request.user.actor(), session=seat.row, key=request.session.session_key or "", at=clock.now())
        if not kept:
            nobody(request)


def paid(request: HttpRequest, debt: str) -> None:
    """What a session owed was done."""
    seat = Seat.of(request.session)
    if seat is not None:
        seat.owes = [each for each in seat.owes if each != debt]
        seat.keep(request.session)


def proven(request: HttpRequest) -> None:
    """Its holder proved again who it is: the screen opens, and for ten minutes factors may be changed."""
    seat = Seat.of(request.session)
    if seat is not None:
        seat.locked, seat.seen, seat.proven = False, clock.real().timestamp(), clock.real().timestamp()
        seat.keep(request.session)
        request.session.opened = True  # or a lock in the table would stay


def cover(request: HttpRequest) -> None:
    """Lock the screen of this session, in all its windows. Its id is renewed when it opens again.

    Not now: what another window asks for at this moment, still under the old id, would sign its holder out.
    """
    seat = Seat.of(request.session)
    if seat is not None:
        seat.locked = True
        seat.keep(request.session)
