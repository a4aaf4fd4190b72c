from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.actions import action, remark
from safeconduct.core.access.actors import Actor
from safeconduct.core.access.models import OpenSession, ShellSession
from safeconduct.core.access.roles import Role
from safeconduct.core.access.sessions import end_rows

# Whoever is at the machine may lock, without a passphrase or a sign-in: then nobody is known who did.
AT_THE_MACHINE = Actor(account=None, roles=frozenset(Role), via="machine")


@action(permission="storage.lock_site", audit=gettext_noop("site locked"))
def end_all_sessions(*, by: Actor, at: datetime, since: str = "") -> int:
    """End every session, in browsers and shells, in one statement each. `since`: when the lock was given, if earlier.

    What was searched stands in browsers' sessions, so that they are deleted; shells' are ended and stay on record.
    """
    browsers = Session.objects.all()._raw_delete(Session.objects.db)
    end_rows(OpenSession.objects.filter(ended_at=None), OpenSession.Why.EMERGENCY, clock.real())
    shells = ShellSession.objects.filter(ended_at=None).update(ended_at=at)
    remark(browsers=browsers, shells=shells, **({"since": since} if since else {}))
    return browsers + shells
