from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, action, remark
from safeconduct.register.api import Person
from safeconduct.routes.models import Answer, Choice, ChoiceEntry, InformationSheet, Offer
from safeconduct.routes.rules import choice_counts


@dataclass(frozen=True)
class Given:
    """One answer as it was given: to which offer, which, its rank, on which version of the sheet."""

    offer: Offer
    answer: str
    rank: int | None = None
    sheet_version: int | None = None


class RanksClash(Refusal):
    code = "routes.ranks_clash"
    says = _("Two offers have the same place in the order, or an offer without a yes has one.")
    mend = _("Give each offer that was answered with yes its own place: 1 for the first wish, 2 for the second.")


@action(permission="routes.record_choices", audit=gettext_noop("choice recorded"))
def record_choice(
    *, by: Actor, person: Person, answers: Sequence[Given], language: str, read_aloud: bool, present: Sequence[str],
    interpreter_chosen: bool, alone: bool, taken_on: date, at: datetime,
) -> Choice:  # fmt: skip
    """Record what a person answered in one private talk; it replaces the choice before, which stays on record."""
    choice = write_choice(
        person, answers, language=language, read_aloud=read_aloud, present=present, interpreter_chosen=interpreter_chosen,
        alone=alone, taken_on=taken_on, taken_by=by.account, at=at,
    )  # fmt: skip
    counts = choice_counts(present=present, interpreter_chosen=interpreter_chosen)
    remark(person=person.pk, counts=counts.allowed)
    return choice


def write_choice(
    person: Person, answers: Sequence[Given], *, language: str, read_aloud: bool, present: Sequence[str], interpreter_chosen: bool,
    alone: bool, taken_on: date, taken_by: int | None, at: datetime,
) -> Choice:  # fmt: skip
    """The rows of one choice. Inside an action only."""
    ranks = [given.rank for given in answers if given.rank is not None]
    if len(ranks) != len(set(ranks)) or any(g.rank is not None and g.answer != Answer.YES for g in answers):
        raise RanksClash()
    sheets = _sheets([given.offer for given in answers])
    Choice.objects.filter(person=person, superseded_at=None).update(superseded_at=at)
    choice = Choice.objects.create(
        person=person, taken_on=taken_on, taken_by_id=taken_by, language=language, read_aloud=read_aloud,
        present=sorted(present), interpreter_chosen=interpreter_chosen, alone=alone, recorded_at=at,
    )  # fmt: skip
    ChoiceEntry.objects.bulk_create(
        ChoiceEntry(
            choice=choice, offer=given.offer, answer=given.answer, rank=given.rank,
            sheet=sheets.get((given.offer.pk, given.sheet_version or 0)),
        )
        for given in answers
    )  # fmt: skip
    return choice


def write_brought(choice: Choice, answers: Sequence[ChoiceEntry], *, counts: bool) -> Choice:
    """The rows of a talk that was held on a travelling copy; where it does not count it stays with the older ones.

    Inside an action only.
    """
    if counts:
        Choice.objects.filter(person=choice.person_id, superseded_at=None).update(superseded_at=choice.recorded_at)
    else:
        choice.superseded_at = choice.recorded_at
    choice.save(force_insert=True)
    for answer in answers:
        answer.choice = choice
    ChoiceEntry.objects.bulk_create(answers)
    return choice


def _sheets(offers: Sequence[Offer]) -> Mapping[tuple[object, int], InformationSheet]:
    found = InformationSheet.objects.filter(offer__in=offers)
    return {(sheet.offer_id, sheet.version): sheet for sheet in found}
