"""What is refused about long work, and why work fails, each with its mend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Refusal


class Cancelled(Refusal):
    code = "jobs.cancelled"
    says = _("The work was cancelled. Nothing was changed by it.")


class NotAllowedAnyMore(Refusal):
    code = "jobs.not_allowed_any_more"
    says = _("Whoever asked for it may no longer do this. Nothing was changed.")
    mend = _("Ask a colleague with the right role.")


class EndedByAnError(Refusal):
    code = "jobs.ended_by_an_error"
    says = _("The work ended by an error in the software. Nothing was half-written.")
    mend = _("Try again. If it ends the same way, tell the administrator the day and the hour.")


class TooOften(Refusal):
    code = "jobs.too_often"
    says = _("The work was broken off three times, by a lack of memory or of power perhaps. Nothing was half-written.")
    mend = _("Try again when the machine has less to do, or from the shell.")


class WorkIsOver(Refusal):
    code = "jobs.over"
    says = _("This work is over.")
