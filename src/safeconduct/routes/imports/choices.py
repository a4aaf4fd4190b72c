"""Rows of choices: one answer of one person to one offer a row, with every fault of every row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.spreadsheets.cells import RowReader, headers_by_column, row_fault
from safeconduct.core.spreadsheets.faults import RowFault, declare
from safeconduct.core.spreadsheets.rows import Parsed, Row, Table
from safeconduct.core.spreadsheets.settling import note_formulas, settle
from safeconduct.core.spreadsheets.stored import day_from_json
from safeconduct.register.api import read_language
from safeconduct.routes.imports import words

# Told once a talk, so rows of one talk may not tell them differently.
_OF_THE_TALK = ("alone", "language", "read_aloud", "present", "interpreter_chosen", "taken_by")


@dataclass(frozen=True)
class ChoiceRow:
    """One answer. None: the sheet says nothing about it. `present` lists roles, never names."""

    person: str
    offer: str
    answer: str
    rank: int | None = None
    alone: bool | None = None
    sheet_version: int | None = None
    language: str | None = None
    read_aloud: bool | None = None
    present: tuple[str, ...] | None = None
    interpreter_chosen: bool | None = None
    taken_by: str | None = None
    taken_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """For a staged row; from_json() reads it back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ChoiceRow:
        present = None if stored.get("present") is None else tuple(stored["present"])
        return cls(**{**stored, "taken_on": day_from_json(stored.get("taken_on")), "present": present})


Taken = list[tuple[ChoiceRow, Row]]


def read_choices(
    table: Table,
    mapping: Mapping[str, str],
    *,
    known_people: Collection[str],
    known_offers: Collection[str],
    today: date,
) -> Parsed[ChoiceRow]:
    """Read every row of a table of choices.

    Faulty: a person or an offer that is not known, a rank without a yes, one rank for two offers, two answers to one
    offer in one talk, and a talk that is told in two ways. Rows of one person on one day are one talk. Silence is no
    answer: an empty answer is a fault, never a no.
    """
    headers = headers_by_column(mapping)
    offers = {offer.lower(): offer for offer in known_offers}
    parsed: Parsed[ChoiceRow] = Parsed()
    faults: list[RowFault] = []
    taken: Taken = []
    seen: set[ChoiceRow] = set()
    memory: dict[Any, Any] = {}
    for row in table.rows:
        reader = RowReader(row, headers, today, memory)
        choice = _choice(reader, known_people, offers)
        if row.marks:
            note_formulas(parsed, row, headers)
        if not reader.faults and choice in seen:
            parsed.warnings.append(row_fault(row, headers, "person_id", "rows.repeated"))
            continue
        seen.add(choice)
        faults += reader.faults
        parsed.warnings += reader.warnings
        taken.append((choice, row))
    settle(parsed, taken, [*faults, *_across(taken, headers)])
    return parsed


def _choice(reader: RowReader, people: Collection[str], offers: Mapping[str, str]) -> ChoiceRow:
    person = reader.id("person_id", required=True) or ""
    offer = reader.id("offer_id", required=True) or ""
    if person and person not in people:
        reader.fault("person_id", "choices.unknown_person")
    if offer and offer.lower() not in offers:
        reader.fault("offer_id", "choices.unknown_offer")
    choice = ChoiceRow(
        person=person,
        offer=offers.get(offer.lower(), offer),
        answer=reader.word("answer", words.ANSWER, required=True) or "",
        rank=reader.whole("rank", least=1, most=1000),
        alone=reader.flag("alone"),
        sheet_version=reader.whole("sheet_version", least=1, most=100_000),
        language=_language(reader),
        read_aloud=reader.flag("read_aloud"),
        present=reader.listed("present", words.PRESENT.read, "choices.not_a_role", known=", ".join(words.PRESENT.codes)),
        interpreter_chosen=reader.flag("interpreter_chosen"),
        taken_by=reader.text("taken_by", longest=150),
        taken_on=reader.day("taken_on"),
    )
    if choice.rank is not None and choice.answer in ("no", "not_now"):
        reader.fault("rank", "choices.rank_without_yes")
    return choice


def _language(reader: RowReader) -> str | None:
    text = reader.text("language")
    code = read_language(text) if text else None
    if text and code is None:
        reader.fault("language", "choices.unknown_language")
    return code


def _across(taken: Taken, headers: Mapping[str, str]) -> list[RowFault]:
    """What rows of one talk must not say of each other."""
    talks: dict[tuple[str, date | None], Taken] = {}
    for choice, row in taken:
        if choice.person:
            talks.setdefault((choice.person, choice.taken_on), []).append((choice, row))
    faults: list[RowFault] = []
    for talk in talks.values():
        if len(talk) > 1:
            faults += _twice(talk, "offer", "offer_id", "choices.two_answers", headers)
            faults += _twice(talk, "rank", "rank", "choices.rank_twice", headers)
            faults += _told_differently(talk, headers)
    return faults


def _twice(talk: Taken, value: str, column: str, code: str, headers: Mapping[str, str]) -> list[RowFault]:
    groups: dict[Any, list[Row]] = {}
    for choice, row in talk:
        if getattr(choice, value):
            groups.setdefault(getattr(choice, value), []).append(row)
    return [
        row_fault(row, headers, column, code, {"other": rows[0 if row is not rows[0] else 1].number})
        for rows in groups.values()
        if len(rows) > 1
        for row in rows
    ]


def _told_differently(talk: Taken, headers: Mapping[str, str]) -> list[RowFault]:
    faults = []
    for column in _OF_THE_TALK:
        told: dict[Any, Row] = {}
        for choice, row in talk:
            value = getattr(choice, column)
            if value is not None:
                told.setdefault(tuple(sorted(value)) if column == "present" else value, row)
        if len(told) > 1:
            first, second, *_more = told.values()
            faults += [
                row_fault(
                    row,
                    headers,
                    column,
                    "choices.told_differently",
                    {"other": (second if row is first else first).number},
                )
                for _choice, row in talk
            ]
    return faults


def spread_talk(rows: list[ChoiceRow]) -> list[ChoiceRow]:
    """Rows of one talk, each with what any of them tells about it: a form may fill it in once."""
    told: dict[str, Any] = {
        column: next((value for row in rows if (value := getattr(row, column)) is not None), None) for column in _OF_THE_TALK
    }
    return [replace(row, **told) for row in rows]


declare(
    {
        "choices.unknown_person": (
            _("Nobody with this number is registered."),
            _("Check the number, or import the person first."),
        ),
        "choices.unknown_offer": (
            _("There is no offer with this short name."),
            _("Check the short name, or import the offer first."),
        ),
        "choices.rank_without_yes": (
            _("A rank is given to an offer that the person did not accept."),
            _("Leave the rank empty, or correct the answer after asking the person."),
        ),
        "choices.rank_twice": (
            _("The person gave this rank to two offers; the other stands in row %(other)s."),
            _("Give each offer a rank of its own, as the person wishes."),
        ),
        "choices.two_answers": (
            _("The person answered this offer twice on one day; the other answer stands in row %(other)s."),
            _("Keep the answer that the person gave last, or give each talk its day."),
        ),
        "choices.told_differently": (
            _("Row %(other)s tells the same talk in another way."),
            _("Make both rows say the same, or give each talk its day."),
        ),
        "choices.not_a_role": (
            _("The cell holds something that is no role of those present."),
            _("Write roles, never names: %(known)s."),
        ),
        "choices.unknown_language": (
            _("The language is not known."),
            _("Write its code, such as fa, ar or en."),
        ),
    }
)
