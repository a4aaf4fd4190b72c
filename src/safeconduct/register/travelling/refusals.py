from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.access.api import Refusal
from safeconduct.core.dates import show_date


def day_of(at: datetime) -> str:
    """The day of a moment as whoever reads the refusal writes it."""
    return show_date(clock.day_of(at), language=get_language() or "en")


class StillOut(Refusal):
    code = "register.travel_still_out"
    says = _("You have cases along already, since %(day)s.")
    mend = _("Bring that copy back first. If it is lost, declare it lost.")


class NoCases(Refusal):
    code = "register.travel_no_cases"
    says = _("None of your cases can be taken along.")
    mend = _("Only cases that are assigned to you or to your team travel; one that was opened in an emergency does not.")


class TooManyPeople(Refusal):
    code = "register.travel_too_many"
    says = _("These cases hold %(people)s people; a copy takes %(most)s at most.")
    mend = _("Name the cases that you need: what is not on the laptop cannot be lost with it.")


class UnknownCopy(Refusal):
    code = "register.travel_unknown_copy"
    says = _("This is not a copy that left this register.")
    mend = _("Name the folder of the travelling copy, and with --site the register that it was taken from.")


class LostCopy(Refusal):
    code = "register.travel_lost_copy"
    says = _("This copy was declared lost on %(day)s; nothing of it is taken back.")
    mend = _("Who had it in hands meanwhile is not known. Ask the people again for what was recorded on it.")


class BackBefore(Refusal):
    code = "register.travel_back_before"
    says = _("This copy came back before, and was worked on since.")
    mend = _("Enter by hand what was recorded since; then destroy the copy.")


class OtherVersion(Refusal):
    code = "register.travel_other_version"
    says = _("The copy and the register are of two versions of the software.")
    mend = _("Run the same version on both machines, and on both: safeconduct migrate")


class BrokenCopy(Refusal):
    code = "register.travel_broken_copy"
    says = _("The records of this copy do not hold together: %(faults)s")
    mend = _("Nothing was taken back. Keep the copy as it is, and tell the data-protection officer: somebody may have changed it.")


class CopyInUse(Refusal):
    code = "register.travel_copy_in_use"
    says = _("Somebody is working on this copy at this moment.")
    mend = _("Close its pages and end “safeconduct serve” on it. Then bring it back.")


class NotTheTravellers(Refusal):
    code = "register.travel_not_yours"
    says = _("These cases were taken along by a colleague.")
    mend = _("The colleague brings them back, or a supervisor does.")


class NotOut(Refusal):
    code = "register.travel_not_out"
    says = _("This copy is back, or was declared lost before.")


class ChangedSince(Refusal):
    code = "register.travel_changed_since"
    says = _("What stands in the register was changed while this was decided.")
    mend = _("Look at both again.")


class StillClashes(Refusal):
    code = "register.travel_still_clashes"
    says = _("This contradicts something else that stands in the register.")
    mend = _("Correct that first; or keep what stands, and correct it by hand.")


class DecidedBefore(Refusal):
    code = "register.travel_decided_before"
    says = _("This was decided before.")


class WithdrawnSince(Refusal):
    code = "register.travel_withdrawn_since"
    says = _("The person took this consent back since.")
    mend = _("Ask the person. Where the answer is yes, record a new consent.")


class OnACopy(Refusal):
    code = "register.travel_on_a_copy"
    says = _("This is a travelling copy itself.")
    mend = _("Do it in the register that the copy was taken from.")
