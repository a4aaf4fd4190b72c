"""What is refused about erasures, each with its mend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Refusal


class ErasureWaits(Refusal):
    code = "register.erasure_waits"
    says = _("An erasure of this record was asked for already.")
    mend = _("A data-protection officer decides on it.")


class ErasureDecided(Refusal):
    code = "register.erasure_decided"
    says = _("This request was decided already.")


class ErasureWithoutReason(Refusal):
    code = "register.erasure_without_reason"
    says = _("No reason is told.")
    mend = _("Whoever asked must be able to tell the person why the record stays.")
