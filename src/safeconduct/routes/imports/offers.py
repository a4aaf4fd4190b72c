"""Rows of offers: from a sheet to clean values, with every fault of every row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from safeconduct.core.spreadsheets.cells import RowReader, headers_by_column, row_fault
from safeconduct.core.spreadsheets.faults import RowFault, declare
from safeconduct.core.spreadsheets.limits import CELL
from safeconduct.core.spreadsheets.rows import Parsed, Row, Table
from safeconduct.core.spreadsheets.settling import note_formulas, settle
from safeconduct.core.spreadsheets.stored import day_from_json
from safeconduct.routes.imports import words
from safeconduct.routes.imports.columns import OFFERS

_TEXTS = tuple(f"{name}{ending}" for name in ("conditions", "exclusions", "unknowns") for ending in ("", "_fa", "_ar"))
_SHORT = {"title_fa": 200, "title_ar": 200, "guarantor": 200, "supervising_body": 200, "legal_basis": 300}
_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")


class Said(Protocol):
    """What a check of criteria gives back where it finds a fault."""

    code: str

    @property
    def says(self) -> Any: ...

    @property
    def mend(self) -> Any: ...


class Standing(Protocol):
    """What an offer on record tells where the sheet is silent."""

    key: str
    quota: int | None
    medical_quota: int | None
    reserved_for_links: int
    minimum_fill: int
    opens_on: date | None
    closes_on: date | None


@dataclass(frozen=True)
class OfferRow:
    """One offer as a sheet tells. None: the sheet says nothing about it. `assumed`: columns that nobody published."""

    id: str
    title: str
    provider: str
    destination: str
    kind: str
    status: str
    title_fa: str | None = None
    title_ar: str | None = None
    quota: int | None = None
    used: int | None = None
    medical_quota: int | None = None
    reserved_for_links: int | None = None
    minimum_fill: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    status_on: date | None = None
    status_source: str | None = None
    conditions: str | None = None
    conditions_fa: str | None = None
    conditions_ar: str | None = None
    exclusions: str | None = None
    exclusions_fa: str | None = None
    exclusions_ar: str | None = None
    unknowns: str | None = None
    unknowns_fa: str | None = None
    unknowns_ar: str | None = None
    guarantor: str | None = None
    supervising_body: str | None = None
    legal_basis: str | None = None
    assumed: tuple[str, ...] | None = None
    criteria: str | None = None

    def to_json(self) -> dict[str, Any]:
        """For a staged row; from_json() reads it back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> OfferRow:
        days = {key: day_from_json(stored.get(key)) for key in ("opens_on", "closes_on", "status_on")}
        assumed = None if stored.get("assumed") is None else tuple(stored["assumed"])
        return cls(**{**stored, **days, "assumed": assumed})


def read_offers(
    table: Table,
    mapping: Mapping[str, str],
    *,
    today: date,
    check_criteria: Callable[[str], Said | None],
    on_record: Mapping[str, Standing] | None = None,
) -> Parsed[OfferRow]:
    """Read every row of a table of offers. `check_criteria` says what is wrong with a criteria text, or None.

    `on_record`: offers by their short name in small letters; what a sheet does not tell holds as it stands there.

    Faulty: a number below zero, medical or reserved places, a minimum or used places beyond the quota, an unknown kind
    or status, a window that closes before it opens, and "confirmed" or "open" without a source. Two rows with one id
    are both faulty unless they say the same.
    """
    headers = headers_by_column(mapping)
    parsed: Parsed[OfferRow] = Parsed()
    seen: dict[str, tuple[OfferRow | None, Row]] = {}
    faults: list[RowFault] = []
    taken: list[tuple[OfferRow, Row]] = []
    memory: dict[Any, Any] = {}
    for row in table.rows:
        reader = RowReader(row, headers, today, memory)
        offer = _offer(reader, check_criteria, on_record or {})
        if row.marks:
            note_formulas(parsed, row, headers)
        sound = offer if not reader.faults else None
        key = offer.id.lower()
        if key and key in seen:
            before, other = seen[key]
            if before is not None and before == sound:
                parsed.warnings.append(row_fault(row, headers, "id", "rows.repeated"))
                continue
            faults.append(row_fault(row, headers, "id", "rows.twice", {"other": other.number}))
            faults.append(row_fault(other, headers, "id", "rows.twice", {"other": row.number}))
        elif key:
            seen[key] = (sound, row)
        faults += reader.faults
        parsed.warnings += reader.warnings
        taken.append((offer, row))
    once = {(fault.sheet, fault.row, fault.column, fault.code): fault for fault in faults}
    settle(parsed, taken, once.values())
    return parsed


def _offer(reader: RowReader, check_criteria: Callable[[str], Said | None], on_record: Mapping[str, Standing]) -> OfferRow:
    key = reader.id("id", required=True) or ""
    if key and not _KEY.fullmatch(key):
        reader.fault("id", "offers.not_an_id")
    known = on_record.get(key.lower())
    offer = OfferRow(
        id=known.key if known else key,
        title=reader.text("title", required=True) or "",
        provider=reader.text("provider", required=True) or "",
        destination=reader.country("destination", required=True) or "",
        kind=reader.word("kind", words.KIND, required=True) or "",
        status=reader.word("status", words.STATUS, required=True) or "",
        quota=reader.whole("quota"),
        used=reader.whole("used"),
        medical_quota=reader.whole("medical_quota"),
        reserved_for_links=reader.whole("reserved_for_links"),
        minimum_fill=reader.whole("minimum_fill"),
        opens_on=reader.day("opens_on", future=True),
        closes_on=reader.day("closes_on", future=True),
        status_on=reader.day("status_on"),
        status_source=reader.text("status_source", longest=300),
        assumed=_assumed(reader),
        criteria=_criteria(reader, check_criteria),
        **{column: reader.text(column, longest=longest) for column, longest in _SHORT.items()},
        **{column: reader.text(column, longest=CELL, lines=True) for column in _TEXTS},
    )
    _check(reader, offer, known)
    return offer


def _assumed(reader: RowReader) -> tuple[str, ...] | None:
    known = {column.name for column in OFFERS}
    return reader.listed("assumed", lambda name: name.strip() if name.strip() in known else None, "offers.no_such_column")


def _criteria(reader: RowReader, check: Callable[[str], Said | None]) -> str | None:
    text = reader.text("criteria", longest=CELL)
    wrong = check(text) if text else None
    if wrong is not None:
        header = reader.headers.get("criteria", "")
        said = (str(wrong.says), str(wrong.mend))
        place = reader.row
        reader.faults.append(RowFault(place.number, "criteria", text, wrong.code, header, place.sheet, {}, said))
    return text


def _check(reader: RowReader, offer: OfferRow, known: Standing | None) -> None:
    """What single cells cannot tell."""

    def holds(column: str) -> Any:
        told = getattr(offer, column)
        return getattr(known, column, None) if told is None else told

    quota, opens, closes = holds("quota"), holds("opens_on"), holds("closes_on")
    for column in ("medical_quota", "reserved_for_links", "minimum_fill"):
        part = holds(column)
        if quota is None or part is None or part <= quota:
            continue
        if getattr(offer, column) is not None:
            reader.fault(column, "offers.beyond_quota", quota=quota)
        else:
            reader.fault("quota", "offers.below_its_parts", part=part)
    if opens and closes and closes < opens:
        reader.fault("closes_on" if offer.closes_on else "opens_on", "offers.closes_before_it_opens")
    if offer.status in ("confirmed", "open") and not offer.status_source:
        reader.fault("status_source", "offers.no_source")


declare(
    {
        "offers.not_an_id": (
            _("The short name of an offer has letters of the Latin alphabet, digits, - and _."),
            _("Write for example ALB-2013."),
        ),
        "offers.beyond_quota": (
            _("The number is more than the quota of %(quota)s."),
            _("Correct this number or the quota. If there is no upper limit, leave the quota empty."),
        ),
        "offers.below_its_parts": (
            _("The quota is less than a part of it that is on record: %(part)s places."),
            _("Correct the quota, or give the medical and reserved places and the minimum in this sheet too."),
        ),
        "offers.closes_before_it_opens": (
            _("The offer closes before it opens."),
            _("Check both dates and their calendars."),
        ),
        "offers.no_source": (
            _("The offer is called confirmed or open, and nobody is named who says so."),
            _("Name the source, or call it reported, discussed or announced."),
        ),
        "offers.no_such_column": (
            _("The cell names a column that offers do not have."),
            _("Write names of columns, such as quota, parted by semicolons."),
        ),
    }
)
