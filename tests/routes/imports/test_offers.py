"""Offers out of sheets: numbers, days, words and sources; nothing is called open that nobody confirmed."""

# ruff: noqa: E501 - a sheet a line

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from safeconduct.core.spreadsheets.api import Parsed, count_known, read_table, recognise
from safeconduct.routes.imports import OFFERS, OfferRow, read_offers
from safeconduct.routes.imports import words as lists
from safeconduct.routes.models.choices import Answer
from safeconduct.routes.models.offers import OfferKind, OfferStatus
from tests.register.imports.sheets import table

COLUMNS = [column.name for column in OFFERS]
GOOD = {
    "id": "ALB-2013", "title": "Albania", "provider": "Government of Albania", "destination": "آلبانی", "kind": "humanitarian admission",
    "quota": "۲۱۰", "status": "باز", "status_source": "VOA, 15 May 2013",
}  # fmt: skip
CASE = Path(__file__).parents[3] / "cases/liberty/facts/offers.csv"


def check(text: str) -> Any:
    return SimpleNamespace(code="criteria.unreadable", says="It is not read.", mend="Write it anew.") if "?" in text else None


def offers(*changes: dict[str, Any], on_record: dict[str, Any] | None = None) -> Parsed[OfferRow]:
    rows = [GOOD | {"id": f"O-{place}"} | change for place, change in enumerate(changes)]
    made = table(COLUMNS, *([row.get(column) for column in COLUMNS] for row in rows))
    mapping = {name: name for name in COLUMNS}
    return read_offers(made, mapping, today=date(2013, 12, 31), check_criteria=check, on_record=on_record)


def codes(parsed: Parsed[Any]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in parsed.faults]


def test_an_offer_becomes_clean_values_and_travels_as_json() -> None:
    parsed = offers({"opens_on": "2014-03-01", "closes_on": "1393/1/31", "conditions": "One.\nTwo.", "assumed": "quota; criteria",
                     "criteria": "age >= 18", "medical_quota": 6, "minimum_fill": "1,0"[:1]})  # fmt: skip
    assert not parsed.faults
    offer = parsed.rows[0]
    assert (offer.destination, offer.kind, offer.status, offer.quota) == ("ALB", "humanitarian_transfer", "open", 210)
    assert (offer.opens_on, offer.closes_on) == (date(2014, 3, 1), date(2014, 4, 20))
    assert (offer.conditions, offer.assumed, offer.reserved_for_links) == ("One.\nTwo.", ("quota", "criteria"), None)
    assert OfferRow.from_json(json.loads(json.dumps(offer.to_json()))) == offer


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"quota": -5}, "quota", "rows.too_small"),
        ({"quota": "−5"}, "quota", "rows.too_small"),
        ({"quota": "about 20"}, "quota", "rows.not_a_number"),
        ({"quota": 10.5}, "quota", "rows.not_a_number"),
        ({"medical_quota": 211}, "medical_quota", "offers.beyond_quota"),
        ({"reserved_for_links": 211}, "reserved_for_links", "offers.beyond_quota"),
        ({"minimum_fill": 211}, "minimum_fill", "offers.beyond_quota"),
        ({"kind": "teleport"}, "kind", "rows.unknown_word"),
        ({"status": "perhaps"}, "status", "rows.unknown_word"),
        ({"destination": "Atlantis"}, "destination", "rows.unknown_country"),
        ({"destination": None}, "destination", "rows.missing"),
        ({"opens_on": "2013-05-02", "closes_on": "2013-05-01"}, "closes_on", "offers.closes_before_it_opens"),
        ({"status_source": None}, "status_source", "offers.no_source"),
        ({"status": "confirmed", "status_source": " "}, "status_source", "offers.no_source"),
        ({"criteria": "who knows?"}, "criteria", "criteria.unreadable"),
        ({"assumed": "weather"}, "assumed", "offers.no_such_column"),
        ({"id": "a b"}, "id", "offers.not_an_id"),
        ({"status_on": "2014-01-01"}, "status_on", "dates.in_the_future"),
    ],
)
def test_a_fault_has_its_column_and_its_code(change: dict[str, Any], column: str, code: str) -> None:
    parsed = offers(change, {})
    assert codes(parsed) == [(2, column, code)] and [offer.id for offer in parsed.rows] == ["O-1"]
    assert parsed.faults[0].says and parsed.faults[0].mend


def test_what_is_only_reported_needs_no_source_and_an_empty_quota_is_no_limit() -> None:
    parsed = offers({"status": "reported", "status_source": None}, {"quota": None, "minimum_fill": 3100})
    assert not parsed.faults and parsed.rows[1].quota is None


def test_what_is_on_record_holds_where_the_sheet_is_silent() -> None:
    standing = SimpleNamespace(key="Alb", quota=20, medical_quota=10, reserved_for_links=0, minimum_fill=0,
                               opens_on=date(2013, 6, 1), closes_on=None)  # fmt: skip
    found = {"alb": standing}
    assert codes(offers({"id": "ALB", "quota": 5}, on_record=found)) == [(2, "quota", "offers.below_its_parts")]
    assert codes(offers({"id": "ALB", "quota": None, "minimum_fill": 21}, on_record=found)) == [
        (2, "minimum_fill", "offers.beyond_quota")
    ]
    assert codes(offers({"id": "ALB", "closes_on": "2013-05-01"}, on_record=found)) == [
        (2, "closes_on", "offers.closes_before_it_opens")
    ]
    told = offers({"id": "ALB", "quota": 5, "medical_quota": 5}, on_record=found)
    assert [row.id for row in told.rows] == ["Alb"]


def test_two_offers_of_one_id_are_both_faulty() -> None:
    assert codes(offers({"id": "X"}, {"id": "x", "quota": 3})) == [(2, "id", "rows.twice"), (3, "id", "rows.twice")]


def test_the_lists_of_words_are_those_of_the_routes() -> None:
    assert set(lists.KIND.codes) == set(OfferKind.values)
    assert set(lists.STATUS.codes) == set(OfferStatus.values)
    assert set(lists.ANSWER.codes) == set(Answer.values)


def test_the_offers_of_the_case_are_read_whole() -> None:
    sheet = read_table(CASE, recognised=count_known(OFFERS))
    found = recognise(sheet.headers, OFFERS)
    parsed = read_offers(sheet, found.mapping, today=date(2013, 12, 31), check_criteria=lambda _text: None)
    assert not parsed.faults and not found.missing
    assert {offer.destination: offer.quota for offer in parsed.rows}["ALB"] == 210
