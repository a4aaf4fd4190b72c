"""Where sessions in browsers are kept: Django's own table, in which a lock is never lost.

A session is read when a request begins and written when it ends. Of two windows, the one that was asked earlier and answers
later would write the session back as it was: unlocked.
"""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as Kept
from django.db import transaction

from safeconduct.core.access.seat import Seat


class SessionStore(Kept):
    """A lock that another request has written stays, unless this one showed who it is (`opened`)."""

    opened = False

    def save(self, must_create: bool = False) -> None:
        """Write the session; the row is held meanwhile."""
        if must_create or self.opened or not self.session_key:
            return super().save(must_create)
        with transaction.atomic(using=self.model.objects.db):
            row = self.model.objects.select_for_update().filter(session_key=self.session_key).first()
            kept, own = Seat.of(self.decode(row.session_data)) if row else None, Seat.of(self)
            if kept and own and kept.locked and not own.locked:
                own.locked = True
                own.keep(self)
            super().save(must_create)
