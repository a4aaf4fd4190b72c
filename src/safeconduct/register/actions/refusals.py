"""What the register refuses, each with its mend."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Refusal


class NumberTaken(Refusal):
    code = "register.number_taken"
    says = _("This registration number belongs to somebody already.")
    mend = _("Search for the number: perhaps the person is registered. Else check the number on the card.")


class NoName(Refusal):
    code = "register.no_name"
    says = _("No name is given.")
    mend = _("Give at least one name, in either script.")


class EndsTooEarly(Refusal):
    code = "register.ends_too_early"
    says = _("This would end before it starts.")
    mend = _("Give a day on or after the day on which it started.")


class SameBlock(Refusal):
    code = "register.same_block"
    says = _("The person lives in this block already.")
    mend = _("Nothing needs to be changed.")


class NotHere(Refusal):
    code = "register.not_here"
    says = _("The person is not recorded as being here.")
    mend = _("Record first that the person is here, with the block and the day.")


class InAFamily(Refusal):
    code = "register.in_a_family"
    says = _("The person belongs to a family unit already.")
    mend = _("End that membership first, with its day.")


class SecondHead(Refusal):
    code = "register.second_head"
    says = _("This family unit has a head already.")
    mend = _("Say what the person is to that head, or end the other membership first.")


class EndedBefore(Refusal):
    code = "register.ended_before"
    says = _("This has ended already.")


class RelationStands(Refusal):
    code = "register.relation_stands"
    says = _("This relation is recorded already.")
    mend = _("Nothing needs to be changed.")


class RelatedToHimself(Refusal):
    code = "register.related_to_himself"
    says = _("Nobody is related to himself or herself.")
    mend = _("Give the registration number of the other person.")


class NoChild(Refusal):
    code = "register.no_child"
    says = _("The person is 18 or older on the day of the decision.")
    mend = _("Correct the birth date first if it is wrong. A best-interests decision is made for a child.")


class InTheFuture(Refusal):
    code = "register.in_the_future"
    says = _("This day is still to come.")
    mend = _("Give the day on which it happened.")


class NoSuchRecord(Refusal):
    """The same answer for a record that does not exist and for one that the asker may not see."""

    code = "register.no_such_record"
    says = _("There is no record here that you may see.")
    mend = _(
        "You see the people of the cases that are assigned to you or to your team. If you need another one, ask a supervisor to "
        "assign it. In an emergency open it by its registration number, with a reason."
    )
    status = 404


class NoCasework(Refusal):
    code = "register.no_casework"
    says = _("This account does no casework; no case can be assigned to it.")
    mend = _("Choose a colleague who works on cases.")


class EmptyAssignment(Refusal):
    code = "register.empty_assignment"
    says = _("Nobody was chosen.")
    mend = _("Choose one colleague or one team.")


class SameCase(Refusal):
    code = "register.same_case"
    says = _("The person is in this case already.")


class NoReason(Refusal):
    code = "register.no_reason"
    says = _("No reason is told.")
    mend = _("Tell in one sentence why the case has to be opened now; without names.")


class AlreadyYours(Refusal):
    code = "register.already_yours"
    says = _("This case is open to you already.")
    mend = _("Search for the person, or look under your cases.")


class OwnOpening(Refusal):
    code = "register.own_opening"
    says = _("Whoever opened a case in an emergency does not judge it.")
    mend = _("Ask another supervisor.")
    status = 403


class MergedSince(Refusal):
    code = "register.merged_since"
    says = _("A record of this sheet was merged into another since the sheet was read.")
    mend = _("Discard what was read and read the sheet in again: its rows are then held against the records of today.")
