"""People and families as kinds of sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.dates import write_birth_date
from safeconduct.core.spreadsheets.api import Parsed, Table
from safeconduct.register.exports import columns as exports
from safeconduct.register.imports import FAMILIES, PEOPLE, FamilyRow, PersonRow, read_families, read_people
from safeconduct.register.imports.kinds import Kind, declare
from safeconduct.register.models import NameKind, Person, Presence
from safeconduct.register.names import script_of
from safeconduct.register.sheets.compare import compare_people
from safeconduct.register.sheets.families import compare_families, family_rows, heads_on_record, standing_rows, take_families
from safeconduct.register.sheets.people import take_people
from safeconduct.register.sheets.snapshot import known_people


def _read_people(table: Table, mapping: Mapping[str, str], *, today: date) -> Parsed[PersonRow]:
    return read_people(table, mapping, today=today, heads=heads_on_record(), stays=_stays())


def _stays() -> dict[str, tuple[date | None, date | None]]:
    """Each person's stay that lasts, or else the one that was written last."""
    found: dict[str, tuple[date | None, date | None]] = {}
    for number, starts, ends in Presence.objects.order_by("pk").values_list("person__number", "starts", "ends"):
        if number not in found or ends is None or found[number][1] is not None:
            found[number] = (starts, ends)
    return found


def _read_families(table: Table, mapping: Mapping[str, str], *, today: date) -> Parsed[FamilyRow]:
    known = set(Person.objects.values_list("number", flat=True))
    return read_families(table, mapping, known_people=known, today=today, on_record=standing_rows())


def _export_people(on: date) -> Iterator[Sequence[Any]]:
    for known in known_people():
        told = person_cells(known.row)
        yield [told.get(column.name, "") for column in PEOPLE]


def person_cells(row: PersonRow) -> dict[str, Any]:
    """A row as cells by column, as `read_people` reads them back."""
    cells: dict[str, Any] = {
        "id": row.number, "sex": row.sex, "birth_date": write_birth_date(row.birth) if row.birth else "",
        "nationality": ";".join(row.nationalities or ()), "family_id": row.family, "relationship": row.relationship,
        "specific_needs": ";".join(row.needs or ()), "urgency": row.urgency, "status": row.status,
        "status_since": _day(row.status_since), "block": row.block, "arrived_on": _day(row.arrived_on),
        "left_on": _day(row.left_on), "languages": ";".join(row.languages or ()),
        "earlier_residence": ";".join(_stay(*each) for each in row.earlier_residences or ()),
        "family_links": ";".join(f"{country}:{kin}" if kin else country for country, kin in row.family_links or ()),
    }  # fmt: skip
    for kind in (NameKind.GIVEN, NameKind.FAMILY, NameKind.FATHER, NameKind.GRANDFATHER):
        texts = [text for each, text in row.names if each == kind]
        first = [text for text in texts if script_of(text) == script_of(texts[0])]
        cells[f"{kind.value}_name"] = " ".join(first)
        cells[f"{kind.value}_name_other"] = " ".join(text for text in texts if text not in first)
    cells["alias"] = ";".join(text for each, text in row.names if each == NameKind.ALIAS)
    return cells


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _stay(country: str, start: int | None, end: int | None) -> str:
    return f"{country}:{start or ''}-{end or ''}" if start or end else country


def _export_families(on: date) -> Iterator[Sequence[Any]]:
    for row in family_rows():
        told = {
            "family_id": row.family, "person_id": row.person, "relationship": row.relationship, "related_to": row.related_to,
            "kind": row.kind, "starts": _day(row.starts), "ends": _day(row.ends), "disputed_by": row.disputed_by,
        }  # fmt: skip
        yield [told.get(column.name) or "" for column in FAMILIES]


def declare_kinds() -> None:
    """Make the sheets of the register known; called when the room is loaded."""
    declare(Kind(
        "people", _("people"), "register.import", PEOPLE, _read_people, compare_people, take_people, PersonRow.from_json,
        _export_people, "register.export", exports.PEOPLE,
    ))  # fmt: skip
    declare(Kind(
        "families", _("families"), "register.import", FAMILIES, _read_families, compare_families, take_families,
        FamilyRow.from_json, _export_families, "register.export", exports.FAMILIES,
    ))  # fmt: skip
