"""What a merge or a split refuses, each with its mend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Refusal


class SameRecord(Refusal):
    code = "register.same_record"
    says = _("This is the same record.")
    mend = _("Give the number of the other record.")


class NothingToSplit(Refusal):
    code = "register.nothing_to_split"
    says = _("Each of the two records needs at least one name.")
    mend = _("Mark the names that belong to the other person, and leave those of this one.")


class NobodyLeft(Refusal):
    code = "register.nobody_left"
    says = _("Each of the two families needs at least one member.")
    mend = _("Mark those who belong to the other family, and leave the rest.")


class FamilyNumberTaken(Refusal):
    code = "register.family_number_taken"
    says = _("This family number is taken already.")
    mend = _("Give another number; to put two families together, merge them.")


class UndoLaterFirst(Refusal):
    code = "register.undo_later_first"
    says = _("This record was merged or split again since.")
    mend = _("Undo the later step first.")


class UndoneBefore(Refusal):
    code = "register.undone_before"
    says = _("This was undone already.")


class InUseSince(Refusal):
    code = "register.in_use_since"
    says = _("Something was recorded under the record that was split off.")
    mend = _("Merge the two records instead: nothing is lost by it.")
