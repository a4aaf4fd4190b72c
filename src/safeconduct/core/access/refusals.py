"""A refusal: an answer, not an accident. It has a code for machines, a sentence and a mend for people, and never a name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An act that the rules do not allow. Numbers given to it fill its sentences."""

    code = "refused"
    says: Any = _("This cannot be done.")
    mend: Any = ""
    status = 409
    about = ""  # whom or what the audit entry of the refusal is about, such as access.account:5

    def __init__(self, **numbers: Any) -> None:
        self.numbers = numbers
        super().__init__(self.code)

    def sentence(self) -> str:
        """What happened, in the reader's language."""
        return str(self.says) % self.numbers if self.numbers else str(self.says)

    def way_out(self) -> str:
        """What can be done now, in the reader's language; empty where nothing can."""
        return str(self.mend) % self.numbers if self.numbers else str(self.mend)

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence(), self.way_out()) if part)


class NotPermitted(Refusal):
    """The asker holds no role that may do this."""

    code = "access.not_permitted"
    says = _("Your roles do not include this.")
    mend = _("Ask a supervisor who holds the role, or your administrator for the right role.")
    status = 403


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session has ended."""

    code = "access.not_signed_in"
    says = _("Nobody is signed in.")
    mend = _("Sign in and try again.")
    status = 403


class SamePerson(Refusal):
    """What needs two people was tried by one."""

    code = "access.same_person"
    says = _("This needs a second person, and you are the first.")
    mend = _("Ask a colleague with the right role to read it and decide.")
    status = 403
