"""What pages and other rooms read of offers and choices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from safeconduct.core.access.api import Actor, Verdict
from safeconduct.core.reads.api import only_computing
from safeconduct.register.api import Person, Resident, has_case, reader_of
from safeconduct.routes.asking import may_be_asked
from safeconduct.routes.criteria import Facts
from safeconduct.routes.models import Choice, ChoiceEntry, InformationSheet, Instrument, Mark, Offer, StatusEntry
from safeconduct.routes.rules import Change, answer_counts, choice_counts, simultaneous_changes

_AT_ONCE = 2000
_TALK = ("person_id", "present", "interpreter_chosen", "alone", "taken_on")


def offers(*, seen_by: Actor) -> QuerySet[Offer]:
    """The offers that the actor may see, with their ladder and sheets."""
    found = Offer.objects.all() if seen_by.may("routes.see_offers") else Offer.objects.none()
    return found.prefetch_related(
        Prefetch("statuses", StatusEntry.objects.select_related("source").order_by("on", "pk")), "sheets"
    ).order_by("key")


def offer(key: str, *, seen_by: Actor) -> Offer | None:
    """One offer with its claims and the sections of its sheets."""
    return offers(seen_by=seen_by).prefetch_related("claims__source", "sheets__sections").filter(key=key).first()


def status_on(entries: Collection[StatusEntry], on: date) -> StatusEntry | None:
    """The entry that says how an offer stands on a day: the newest that counts."""
    standing = [entry for entry in entries if entry.counts and entry.on <= on]
    return max(standing, key=lambda entry: (entry.on, entry.pk), default=None)


def askable(*, seen_by: Actor, on: date) -> list[Offer]:
    """The offers that a person can be asked about, each with `sheet`, the newest of its sheets and its sections."""
    found = []
    for each in offers(seen_by=seen_by).prefetch_related("sheets__sections"):
        standing = status_on(each.statuses.all(), on)
        sheet = max((s for s in each.sheets.all() if s.published_on <= on), key=lambda s: s.version, default=None)
        status = standing.status if standing else ""
        if may_be_asked(status=status, closes_on=each.closes_on, on=on, has_sheet=sheet is not None).allowed:
            each.sheet = sheet  # type: ignore[attr-defined]
            found.append(each)
    return found


def newest_versions(on: date) -> dict[UUID, int]:
    """Offer → the newest version of its information sheet on a day."""
    found: dict[UUID, int] = {}
    for pk, version in InformationSheet.objects.filter(published_on__lte=on).values_list("offer_id", "version"):
        found[pk] = max(version, found.get(pk, 0))
    return found


@dataclass(frozen=True)
class StandingAnswer:
    """One answer of a standing choice, and whether it counts."""

    offer: UUID
    answer: str
    rank: int | None
    counts: Verdict


@dataclass(frozen=True)
class StandingChoice:
    """What a person chose last, whether the talk counts, and each answer."""

    person: UUID
    counts: Verdict
    alone: bool
    taken_on: date
    answers: tuple[StandingAnswer, ...] = field(default_factory=tuple)

    def wanted(self) -> list[StandingAnswer]:
        """The offers said yes to that count, best first."""
        if not self.counts.allowed:
            return []
        yes = [a for a in self.answers if a.answer == "yes" and a.counts.allowed]
        return sorted(yes, key=lambda a: a.rank or 99)


def count_choices() -> int:
    """How many people have a choice that was not overtaken by a newer one."""
    return Choice.objects.filter(superseded_at=None).count()


def standing_choices(*, on: date, only: Collection[UUID] | None = None) -> dict[UUID, StandingChoice]:
    """Person → the choice that stands now. For engines and for pages of those who may see it."""
    newest = newest_versions(on)
    answers: dict[UUID, list[StandingAnswer]] = defaultdict(list)
    entries, choices = ChoiceEntry.objects.filter(choice__superseded_at=None), Choice.objects.filter(superseded_at=None)
    if only is not None:
        entries, choices = entries.filter(choice__person__in=list(only)), choices.filter(person__in=list(only))
    said = entries.values_list(
        "choice_id", "offer_id", "answer", "rank", "sheet__version", "sheet__published_on", "choice__taken_on"
    )
    for choice, offer, answer, rank, version, published_on, taken_on in said:
        counts = answer_counts(
            sheet_version=version, newest_version=newest.get(offer), published_on=published_on, taken_on=taken_on
        )
        answers[choice].append(StandingAnswer(offer, answer, rank, counts))
    return {row[0]: _standing(row, answers.get(pk, ())) for pk, *row in choices.values_list("pk", *_TALK)}


def _standing(talk: Sequence[Any], answers: Sequence[StandingAnswer] = ()) -> StandingChoice:
    person, present, interpreter_chosen, alone, taken_on = talk
    counts = choice_counts(present=present, interpreter_chosen=interpreter_chosen)
    return StandingChoice(person, counts, alone, taken_on, tuple(answers))


def choices_of(person: Person, *, seen_by: Actor) -> QuerySet[Choice]:
    """Every choice of a person, newest first, for those who may see it."""
    may = reader_of(person, seen_by).may("routes.see_choices")
    found = Choice.objects.filter(person=person) if may else Choice.objects.none()
    return found.select_related("taken_by").prefetch_related(
        Prefetch("entries", ChoiceEntry.objects.select_related("offer", "sheet"))
    )


def marks_of(person: Person, *, seen_by: Actor) -> QuerySet[Mark]:
    """The marks in force on a person, newest first, for those who may see them."""
    may = reader_of(person, seen_by).may("routes.see_eligibility")
    found = Mark.objects.filter(person=person, ended_at=None) if may else Mark.objects.none()
    return found.select_related("offer", "made_by")


def facts_of(resident: Resident) -> Facts:
    """What eligibility asks of a resident."""
    return Facts(
        nationalities=resident.nationalities, ages=resident.ages, sex=resident.sex, status=resident.status,
        earlier_residences=resident.earlier_residences, family_links=resident.family_links, needs=resident.needs,
    )  # fmt: skip


def marks() -> dict[tuple[UUID, UUID], Mark]:
    """(person, offer) → the mark in force."""
    return {(mark.person_id, mark.offer_id): mark for mark in Mark.objects.filter(ended_at=None)}


def bursts(*, seen_by: Actor, since: date) -> list[tuple[str, date, int]]:
    """Where many people of one block changed to the same answers on one day: a prompt to speak with each in private."""
    if not seen_by.may("routes.record_choices"):
        return []
    with only_computing():  # blocks and numbers are told, nobody's name
        return _bursts(since)


def _bursts(since: date) -> list[tuple[str, date, int]]:
    earlier = Choice.objects.filter(person=OuterRef("person")).exclude(superseded_at=None)
    changed = Choice.objects.filter(Exists(earlier), superseded_at=None, taken_on__gte=since)
    # In parts: a statement takes only so many values, and beside each row stand others.
    new = list(changed.prefetch_related("entries", "person__presences").iterator(chunk_size=_AT_ONCE))
    former = Choice.objects.filter(person__in=changed.order_by().values("person")).exclude(superseded_at=None)
    before: dict[UUID, Choice] = {}
    for choice in former.order_by("recorded_at").prefetch_related("entries").iterator(chunk_size=_AT_ONCE):
        before[choice.person_id] = choice
    return simultaneous_changes([
        Change(_block(choice.person), choice.taken_on, _answers(choice), _answers(before[choice.person_id]))
        for choice in new if choice.person_id in before
    ])  # fmt: skip


def _answers(choice: Choice) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(e.offer_id), e.answer) for e in choice.entries.all()))


def _block(person: Person) -> str:
    return next((p.block for p in person.presences.all() if p.ends is None), "")


def provisional(*, seen_by: Actor, on: date) -> list[StandingChoice]:
    """Choices of people here that were taken with others in the room, the longest waiting first; without their answers."""
    if not seen_by.may("routes.record_choices"):
        return []
    # Whoever was alone with the interviewer cannot be among them; so most rows stay in the database.
    rows = Choice.objects.filter(
        superseded_at=None, taken_on__lte=on, person__presences__isnull=False, person__presences__ends=None
    ).exclude(present=["interviewer"])
    rows = rows.filter(has_case(seen_by, "person__case"))
    found = map(_standing, rows.order_by("taken_on", "recorded_at", "pk").values_list(*_TALK))
    return [each for each in found if not each.counts.allowed]


def regime(*, seen_by: Actor) -> QuerySet[Instrument]:
    """Decisions, agreements, deadlines, monitors and mandates, each with how they are read and by whom."""
    found = Instrument.objects.all() if seen_by.may("routes.see_offers") else Instrument.objects.none()
    return found.select_related("source").prefetch_related("readings__source")
