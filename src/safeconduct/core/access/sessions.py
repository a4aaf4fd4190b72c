"""Sessions in browsers: begun, listed, ended; each beginning and each end is an action."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_noop

from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import Account, OpenSession, ShellSession
from safeconduct.core.access.refusals import NotSignedIn
from safeconduct.core.access.seat import KEY

Why = OpenSession.Why


@action(permission="access.sign_in", audit=gettext_noop("signed in"))
def open_session(
    *, by: Actor, account: Account, key: str, machine: str, address: str, proof: str, at: datetime, real: datetime
) -> OpenSession:
    """Record that somebody signed in, in which kind of browser, and with which proof. `real`: the real clock's moment."""
    opened = OpenSession.objects.create(
        account=account, session_key=key, key_digest=digest(key), machine=machine, address=address, began_at=real
    )
    remark(subject=f"access.account:{account.pk}", via=by.via, proof=proof, session=opened.pk)
    return opened


@action(permission="access.sign_in", audit=gettext_noop("signed out"))
def sign_out(*, by: Actor, session: OpenSession, at: datetime, real: datetime) -> int:
    """End the session in which one is."""
    if session.account_id != by.account:
        raise NotSignedIn()
    return _end(OpenSession.objects.filter(pk=session.pk), Why.SIGNED_OUT, real)


@action(permission="access.sign_in", audit=gettext_noop("own sessions ended"))
def end_own(*, by: Actor, sessions: Iterable[int], at: datetime, real: datetime, why: Why = Why.ELSEWHERE) -> int:
    """End some of one's own sessions; gives their number. What is not one's own stays as it is."""
    return _end(OpenSession.objects.filter(pk__in=list(sessions), account_id=by.account), why, real)


@action(permission="access.sign_in", audit=gettext_noop("session ended by its rules"))
def cut_off(*, by: Actor, session: int, why: Why, at: datetime, real: datetime) -> int:
    """End a session that its own rules end: its time is over, or it is used from two machines."""
    return _end(OpenSession.objects.filter(pk=session), why, real)


@action(permission="access.manage_accounts", audit=gettext_noop("sessions of an account ended"))
def end_all_of(*, by: Actor, account: Account, at: datetime, real: datetime, why: Why = Why.ADMINISTRATOR) -> int:
    """End every session of an account, in browsers and in the shell; gives their number."""
    remark(subject=f"access.account:{account.pk}")
    shells = ShellSession.objects.filter(account=account, ended_at=None).update(ended_at=at)
    return _end(OpenSession.objects.filter(account=account), why, real) + shells


@action(permission="access.sign_in", audit=gettext_noop("session goes on under a new key"))
def renew_key(*, by: Actor, session: int, key: str, at: datetime) -> int:
    """The browser was given a new key for the same session, so that a copy of the old one opens nothing."""
    return OpenSession.objects.filter(pk=session, account_id=by.account, ended_at=None).update(
        session_key=key, key_digest=digest(key)
    )


def _end(sessions: QuerySet[OpenSession], why: Why, real: datetime) -> int:
    """The rows of the library go at once: what was searched stands in them."""
    open_ones = sessions.filter(ended_at=None)
    keys = list(open_ones.values_list("session_key", flat=True))
    ended = end_rows(open_ones, why, real)
    Session.objects.filter(session_key__in=keys).delete()
    remark(why=why.value, sessions=ended)
    return ended


def end_rows(rows: QuerySet[OpenSession], why: Why, real: datetime) -> int:
    """Write down when and why sessions ended; one that seems to begin later (the clock was set back) ends as it begins."""
    ended = Greatest(Value(real, output_field=DateTimeField()), F("began_at"))
    return rows.update(ended_at=ended, why=why, session_key="")


def digest(key: str) -> str:
    """What is kept of a session's key after its end."""
    return hashlib.sha256(key.encode()).hexdigest()


def why_ended(key: str) -> str:
    """Why a session ended whose key a browser still sends; empty where no session of that key was ended by anybody."""
    if not key:
        return ""
    return OpenSession.objects.filter(key_digest=digest(key)).exclude(ended_at=None).values_list("why", flat=True).first() or ""


def open_now(account: int | None, *, real: datetime) -> list[OpenSession]:
    """The open sessions of an account, the one used last first, each with `seen_at`. What the library forgot is over."""
    rows = list(OpenSession.objects.filter(account_id=account, ended_at=None))
    kept = {
        each.session_key: _data(each)
        for each in Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=real)
    }
    found = [row for row in rows if row.session_key in kept]
    for row in found:
        seen = kept[row.session_key].get(KEY, {}).get("seen")
        row.seen_at = datetime.fromtimestamp(seen, UTC) if seen else row.began_at  # type: ignore[attr-defined]
    return sorted(found, key=lambda row: row.seen_at, reverse=True)  # type: ignore[attr-defined]


def _data(session: Session) -> dict[str, Any]:
    return session.get_decoded()
