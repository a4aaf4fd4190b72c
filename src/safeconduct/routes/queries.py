"""What pages and other rooms read of offers and choices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from safeconduct.core.access.api import Actor, Verdict
from safeconduct.core.reads.api import only_computing
from safeconduct.register.api import Person, Resident, has_case, is_here, reader_of
from safeconduct.routes.asking import may_be_asked
from safeconduct.routes.criteria import Facts
from safeconduct.routes.models import Choice, ChoiceEntry, InformationSheet, Instrument, Mark, Offer, StatusEntry
from safeconduct.routes.rules import LEAST_AT_ONCE, Change, answer_counts, choice_counts, rooms_that_count, simultaneous_changes

_AT_ONCE = 2000
_TALK = ("person_id", "present", "interpreter_chosen", "alone", "taken_on")


def offers(*, seen_by: Actor) -> QuerySet[Offer]:
    """The offers that the actor may see, with their ladder and sheets."""
    found = Offer.objects.all() if seen_by.may("routes.see_offers") else Offer.objects.none()
    return found.prefetch_related(
        Prefetch("statuses", StatusEntry.objects.select_related("source").order_by("on", "pk")), "sheets"
    ).order_by("key")


def known_offers(actor: Actor, on: date) -> list[Offer]:
    """Each offer with its `standing` and the `newest` version of its sheet on a day; one question a page, whoever asks."""
    if "offers" not in actor.asked:
        said = StatusEntry.objects.filter(offer=OuterRef("pk"), counts=True, on__lte=on).order_by("-on", "-pk")
        sheets = InformationSheet.objects.filter(offer=OuterRef("pk"), published_on__lte=on).order_by("-version")
        found = Offer.objects.all() if actor.may("routes.see_offers") else Offer.objects.none()
        told = {"standing": Subquery(said.values("status")[:1]), "newest": Subquery(sheets.values("version")[:1])}
        actor.asked["offers"] = list(found.annotate(**told).order_by("key"))
    return actor.asked["offers"]


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
    return _newest(InformationSheet.objects.filter(published_on__lte=on).values_list("offer_id", "version"))


def _newest(sheets: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for offer, version in sheets:
        found[offer] = max(version, found.get(offer, 0))
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


def _counts() -> Q:
    """`choice_counts`, asked of the database."""
    said = Q()
    for present, interpreter_chosen in rooms_that_count():
        said |= Q(present=present, interpreter_chosen=True) if interpreter_chosen else Q(present=present)
    return said


def count_chosen(*, on: date) -> int:
    """How many people who are here said yes to an offer in a choice that counts: what `standing_choices` says, asked at once."""
    known = list(InformationSheet.objects.values_list("pk", "offer_id", "version", "published_on"))
    newest = _newest((offer, version) for _pk, offer, version, published_on in known if published_on <= on)
    sheets = [pk for pk, offer, version, _day in known if offer in newest and version >= newest[offer]]
    yes = ChoiceEntry.objects.filter(
        choice=OuterRef("pk"), answer="yes", sheet__in=sheets, sheet__published_on__lte=OuterRef("taken_on")
    )
    return Choice.objects.filter(_counts(), Exists(yes), is_here("person"), superseded_at=None).count()


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
    """Read in steps, each of fewer rows: who changed, where that was many in one block on one day, and what they answered."""
    earlier = Choice.objects.filter(person=OuterRef("person")).exclude(superseded_at=None)
    changed = Choice.objects.filter(Exists(earlier), superseded_at=None, taken_on__gte=since, person__presences__ends=None)
    where = {pk: (person, block or "", on) for pk, person, block, on in
             changed.order_by().values_list("pk", "person_id", "person__presences__block", "taken_on")}  # fmt: skip
    people = Counter((block, on) for _person, block, on in where.values())
    new = {pk: told for pk, told in where.items() if people[told[1:]] >= LEAST_AT_ONCE}
    former: dict[UUID, UUID] = {}
    for part in _in_parts([person for person, _block, _on in new.values()]):
        rows = Choice.objects.filter(person__in=part).exclude(superseded_at=None).order_by("recorded_at")
        former.update(rows.values_list("person_id", "pk"))
    answers = _answers([*new, *former.values()])
    return simultaneous_changes([
        Change(block, on, answers[pk], answers[former[person]]) for pk, (person, block, on) in new.items() if person in former
    ])  # fmt: skip


def _answers(choices: Sequence[UUID]) -> dict[UUID, tuple[tuple[str, str], ...]]:
    """Choice → its answers, sorted."""
    found: dict[UUID, list[tuple[str, str]]] = {choice: [] for choice in choices}
    for part in _in_parts(choices):
        for choice, offer, answer in (
            ChoiceEntry.objects.filter(choice__in=part).order_by().values_list("choice", "offer", "answer")
        ):
            found[choice].append((str(offer), answer))
    return {choice: tuple(sorted(said)) for choice, said in found.items()}


def _in_parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """As many at once as a statement takes."""
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def provisional(*, seen_by: Actor, on: date) -> list[StandingChoice]:
    """Choices of people here that were taken with others in the room, the longest waiting first; without their answers."""
    if not seen_by.may("routes.record_choices"):
        return []
    # Most choices count; the database tells them apart, so that few rows are read.
    rows = Choice.objects.filter(
        superseded_at=None, taken_on__lte=on, person__presences__isnull=False, person__presences__ends=None
    )
    rows = rows.exclude(_counts()).filter(has_case(seen_by, "person__case"))
    found = map(_standing, rows.order_by("taken_on", "recorded_at", "pk").values_list(*_TALK))
    return [each for each in found if not each.counts.allowed]


def regime(*, seen_by: Actor) -> QuerySet[Instrument]:
    """Decisions, agreements, deadlines, monitors and mandates, each with how they are read and by whom."""
    found = Instrument.objects.all() if seen_by.may("routes.see_offers") else Instrument.objects.none()
    return found.select_related("source").prefetch_related("readings__source")
