"""What the sign-in page says where a session has ended, and the words for what ended it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.models import OpenSession

Why = OpenSession.Why
ENDED: dict[str, Any] = {
    Why.ELSEWHERE: _("This session was ended from another session of your account."),
    Why.ADMINISTRATOR: _("This session was ended by an administrator."),
    Why.TWO_MACHINES: _(
        "This session was used from a second machine, so it has ended. If that was not you, tell your administrator."
    ),
    Why.LONGEST: _("A session lasts eight hours at most. Sign in again to go on."),
    Why.NEW_PASSWORD: _("The password of this account was changed, and its other sessions have ended."),
    Why.FACTORS_ENDED: _("An administrator ended the second factors of this account. Sign in and set up a new one."),
}


def ended(why: str) -> Any:
    """The sentence for a reason; nothing for one that is no reason."""
    return ENDED.get(why, "")
