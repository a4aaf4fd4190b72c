from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Account, Actor, action, remark
from safeconduct.core.spreadsheets.api import Parsed, Table
from safeconduct.register.api import Compared, Person, RowState
from safeconduct.routes.imports import CHOICES, ChoiceRow, read_choices
from safeconduct.routes.models import Choice, ChoiceEntry, InformationSheet, Offer

Progress = Callable[[int, int], None]
UNRECORDED = "unrecorded"  # a sheet that does not say who was in the room
CHUNK = 500

Answers = frozenset[tuple[str, str, int | None]]


def read(table: Table, mapping: Mapping[str, str], *, today: date) -> Parsed[ChoiceRow]:
    """Read a sheet of choices."""
    people = set(Person.objects.values_list("number", flat=True))
    offers = set(Offer.objects.values_list("key", flat=True))
    return read_choices(table, mapping, known_people=people, known_offers=offers, today=today)


def talks(rows: Sequence[ChoiceRow], today: date) -> Iterator[tuple[str, date, list[ChoiceRow]]]:
    """Rows of one person on one day are one talk, in the order of the days."""

    def key(row: ChoiceRow) -> tuple[date, str]:
        return row.taken_on or today, row.person

    for (day, person), group in groupby(sorted(rows, key=key), key=key):
        yield person, day, list(group)


def _answers(rows: Sequence[ChoiceRow]) -> Answers:
    return frozenset((row.offer, row.answer, row.rank) for row in rows)


def _known(numbers: set[str]) -> dict[tuple[str, date], list[Answers]]:
    """(person, day) → the answers of each talk on record."""
    entries: dict[UUID, set[tuple[str, str, int | None]]] = {}
    about: dict[UUID, tuple[str, date]] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        for pk, number, day in Choice.objects.filter(person__number__in=part).values_list("pk", "person__number", "taken_on"):
            about[pk], entries[pk] = (number, day), set()
        rows = ChoiceEntry.objects.filter(choice__person__number__in=part)
        for pk, offer, answer, rank in rows.values_list("choice_id", "offer__key", "answer", "rank"):
            entries[pk].add((offer, answer, rank))
    found: dict[tuple[str, date], list[Answers]] = {}
    for pk, key in about.items():
        found.setdefault(key, []).append(frozenset(entries[pk]))
    return found


def compare_choices(rows: Sequence[ChoiceRow]) -> Iterator[Compared]:
    """Each row: part of a new talk, of a change of mind, or of one that is on record."""
    known = _known({row.person for row in rows})
    had = {person for person, _day in known}
    for person, day, group in talks(rows, clock.today()):
        same = _answers(group) in known.get((person, day), [])
        state = RowState.UNCHANGED if same else RowState.CHANGED if person in had else RowState.NEW
        yield from (Compared(row, state) for row in group)


@action(permission="routes.import_choices", audit=gettext_noop("sheet of choices taken in"))
def take_choices(*, by: Actor, rows: Sequence[ChoiceRow], at: datetime, progress: Progress = lambda done, of: None) -> int:
    """Record each talk; the newest of a person stands, the others stay as history. A talk on record changes nothing."""
    known, today = _known({row.person for row in rows}), clock.day_of(at)
    new = [(p, d, group) for p, d, group in talks(rows, today) if _answers(group) not in known.get((p, d), [])]
    write = _Writer({p for p, _d, _g in new}, at)
    for n, (person, day, group) in enumerate(new, 1):
        write.talk(person, day, group)
        if n % CHUNK == 0 or n == len(new):
            progress(n, len(new))
    write.finish()
    remark(rows=len(rows), talks=len(new))
    return len(rows)


class _Writer:
    """Collects the talks of a sheet and writes each table once."""

    def __init__(self, numbers: set[str], at: datetime) -> None:
        self.at = at
        self.people = {n: pk for n, pk in Person.objects.values_list("number", "pk") if n in numbers}
        self.offers = dict(Offer.objects.values_list("key", "pk"))
        self.sheets = {(o, v): pk for o, v, pk in InformationSheet.objects.values_list("offer__key", "version", "pk")}
        self.accounts = dict(Account.objects.values_list("username", "pk"))
        standing = Choice.objects.filter(superseded_at=None, person__in=self.people.values()).values_list(
            "person_id", "pk", "taken_on"
        )
        self.standing: dict[UUID, tuple[UUID, date]] = {person: (pk, day) for person, pk, day in standing}
        self.made: dict[UUID, Choice] = {}
        self.choices: list[Choice] = []
        self.entries: list[ChoiceEntry] = []
        self.superseded: list[UUID] = []

    def talk(self, number: str, day: date, rows: Sequence[ChoiceRow]) -> None:
        """One talk; whichever of this and the standing one is older becomes history."""
        person, first = self.people[number], rows[0]
        choice = Choice(
            person_id=person, taken_on=day, taken_by_id=self.accounts.get((first.taken_by or "").lower()),
            language=first.language or "", read_aloud=bool(first.read_aloud),
            present=sorted(first.present) if first.present else [UNRECORDED], interpreter_chosen=bool(first.interpreter_chosen),
            alone=bool(first.alone), recorded_at=self.at,
        )  # fmt: skip
        last = self.standing.get(person)
        if last is not None and last[1] > day:
            choice.superseded_at = self.at
        else:
            if last is not None:
                self._supersede(last[0])
            self.standing[person] = (choice.pk, day)
        self.made[choice.pk] = choice
        self.choices.append(choice)
        self.entries += [
            ChoiceEntry(
                choice=choice, offer_id=self.offers[row.offer], answer=row.answer, rank=row.rank,
                sheet_id=self.sheets.get((row.offer, row.sheet_version or 0)),
            )
            for row in rows
        ]  # fmt: skip

    def _supersede(self, pk: UUID) -> None:
        if pk in self.made:
            self.made[pk].superseded_at = self.at
        else:
            self.superseded.append(pk)

    def finish(self) -> None:
        """Old choices first, or two would stand for one person."""
        for start in range(0, len(self.superseded), CHUNK):
            Choice.objects.filter(pk__in=self.superseded[start : start + CHUNK]).update(superseded_at=self.at)
        Choice.objects.bulk_create(self.choices, batch_size=CHUNK)
        ChoiceEntry.objects.bulk_create(self.entries, batch_size=2 * CHUNK)


def export_choices(on: date) -> Iterator[Sequence[Any]]:
    """Every answer of every talk, the standing ones and the history, in the order of the columns."""
    rows = ChoiceEntry.objects.select_related("choice__person", "choice__taken_by", "offer", "sheet").order_by(
        "choice__taken_on", "choice__person__number", F("rank").asc(nulls_last=True), "pk"
    )
    for entry in rows.iterator(chunk_size=2000):
        talk = entry.choice
        told: dict[str, Any] = {
            "person_id": talk.person.number, "offer_id": entry.offer.key, "answer": entry.answer, "rank": entry.rank,
            "alone": _yes(talk.alone), "sheet_version": entry.sheet.version if entry.sheet else "", "language": talk.language,
            "read_aloud": _yes(talk.read_aloud), "present": ";".join(p for p in talk.present if p != UNRECORDED),
            "interpreter_chosen": _yes(talk.interpreter_chosen), "taken_by": talk.taken_by.username if talk.taken_by else "",
            "taken_on": talk.taken_on.isoformat(),
        }  # fmt: skip
        yield [told.get(column.name) for column in CHOICES]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
