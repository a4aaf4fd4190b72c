"""What is refused about documents, each with its mend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Refusal


class RemovedBefore(Refusal):
    code = "register.document_removed"
    says = _("This document was removed.")
    mend = _("Its pages can no longer be opened by anybody.")
    status = 410


class NoConsentToTakeOut(Refusal):
    code = "register.no_consent_to_take_out"
    says = _("No consent is in force that lets this document leave as a file.")
    mend = _("Look at its pages here. Or ask the person for a consent to a working copy that includes documents of this kind.")
    status = 403


class PageDamaged(Refusal):
    code = "register.page_damaged"
    says = _("The file of this page is missing or was changed.")
    mend = _("Ask the administrator to run: safeconduct audit verify. An earlier backup may hold it.")
    status = 500
