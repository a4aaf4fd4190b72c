"""Attempts that failed stand in the audit chain: of which account, where there is one; never what was typed.

While an account rests after five wrong passwords, further attempts are not written: nobody fills the chain by guessing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.signals import user_locked_out  # noqa: F401  (its receivers run before ours)
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.actors import NOBODY
from safeconduct.core.access.models import Account
from safeconduct.core.audit import chain
from safeconduct.core.audit.models import AuditEntry, Outcome
from safeconduct.core.signin.refusals import WrongCode

FAILED = gettext_noop("sign-in")
FACTOR = gettext_noop("second factor")
RESTS = gettext_noop("account rests")
TWO_MACHINES = gettext_noop("session used from two machines")
MOST, WITHIN = 5, timedelta(minutes=15)


def write(act: str, *, account: int | None, at: datetime, **facts: Any) -> None:
    """Append a refusal that no action made: nobody was signed in yet."""
    about = f"access.account:{account}" if account else ""
    with transaction.atomic():
        chain.append(at=at, actor=NOBODY.mark, act=act, outcome=Outcome.REFUSED, subject=about, facts=facts)


def too_many(account: int, *, at: datetime) -> bool:
    """Whether so many wrong codes were given for an account lately that none is tried now; an administrator ends that."""
    about = AuditEntry.objects.filter(subject=f"access.account:{account}")
    ended = about.filter(act="rest of an account ended", outcome=Outcome.DONE).aggregate(number=Max("number"))["number"] or 0
    wrong = about.filter(
        outcome=Outcome.REFUSED, number__gt=ended, at__gt=at - WITHIN, at__lte=at, facts__contains=f'"{WrongCode.code}"'
    )
    return wrong[:MOST].count() >= MOST


def listen() -> None:
    """Hear of every wrong password, on pages and in the shell."""
    user_login_failed.connect(_failed, dispatch_uid="safeconduct.signin")


def _failed(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    resting = getattr(request, "axes_locked_out", False)
    counted = getattr(request, "axes_failures_since_start", None)
    if resting and not counted:
        return
    name = str(credentials.get("username", ""))
    account = Account.objects.filter(username=name).values_list("pk", flat=True).first()
    write(FAILED, account=account, at=clock.now(), code="access.wrong_password")
    if resting:
        write(RESTS, account=account, at=clock.now(), failures=counted)
