"""What the log of reads says when it cannot go on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_null import gettext_noop

from safeconduct.core.access.refusals import Refusal
from safeconduct.core.storage.errors import StorageFault


class ReadsNotWritten(Refusal):
    """Nobody is shown whose reading cannot be written down first."""

    code = "reads.not_written"
    says = _("Nobody's record is shown now, because it cannot be written down who reads it: %(reason)s")
    mend = _(
        "Nothing is lost. Tell your administrator; “safeconduct audit verify” says what is wrong with the log of reads. "
        "If you had just sent a form, look afterwards whether it was kept."
    )
    status = 503


class ReadsMissing(StorageFault):
    code = "reads.missing"
    says = gettext_noop("The log of reads %(file)s is missing.")
    mend = gettext_noop(
        "After an update of the software run: safeconduct migrate. Else put the file back from a backup. If it is lost for good, "
        "an administrator begins a new one, and the audit chain keeps that: safeconduct audit new-reads-log"
    )


class ReadsThere(StorageFault):
    code = "reads.there"
    says = gettext_noop("The log of reads %(file)s is there; a new one is begun only where the old one is lost.")
    mend = gettext_noop("Move the file to a safe place first, and keep it: it tells who read what.")


class ReadsUnusable(StorageFault):
    code = "reads.unusable"
    says = gettext_noop("The log of reads %(file)s cannot be written: %(reason)s.")
    mend = gettext_noop("Check that the disk has room and that the folder belongs to you.")
