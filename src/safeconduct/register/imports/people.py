"""Rows of people: from a sheet to clean values, with every fault of every row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safeconduct.core.dates import BirthDate
from safeconduct.core.languages import STATELESS, ascii_digits, country_code
from safeconduct.core.spreadsheets.cells import RowReader, headers_by_column, row_fault
from safeconduct.core.spreadsheets.faults import RowFault, declare
from safeconduct.core.spreadsheets.rows import Parsed, Row, Table
from safeconduct.core.spreadsheets.settling import note_formulas, settle
from safeconduct.core.spreadsheets.stored import birth_from_json, birth_to_json, day_from_json
from safeconduct.register.imports import words

_NAMES: Final = (
    ("given_name", "given"),
    ("family_name", "family"),
    ("father_name", "father"),
    ("grandfather_name", "grandfather"),
    ("given_name_other", "given"),
    ("family_name_other", "family"),
    ("father_name_other", "father"),
    ("grandfather_name_other", "grandfather"),
)
_NO_NAME: Final = frozenset((
    "unknown", "not known", "unnamed", "no name", "inconnu", "inconnue", "نامعلوم", "نا معلوم", "بی\u200cنام", "بی نام",
    "بدون نام", "نامشخص", "غير معروف", "مجهول",
))  # fmt: skip
Stay = tuple[date | None, date | None]
_YEARS: Final = re.compile(r"(\d{4})?(?:\s*[-–—/]\s*(\d{4})?)?")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as a sheet tells. None: the sheet says nothing about it, so nothing that is known is touched.

    `names` are (kind, text), kinds given, family, father, grandfather, alias; `earlier_residences` (country, first
    year, last year); `family_links` (country, kind of relative). Countries are alpha-3, languages ISO 639.
    """

    number: str
    names: tuple[tuple[str, str], ...]
    sex: str | None = None
    birth: BirthDate | None = None
    nationalities: tuple[str, ...] | None = None
    family: str | None = None
    relationship: str | None = None
    needs: tuple[str, ...] | None = None
    urgency: str | None = None
    status: str | None = None
    status_since: date | None = None
    block: str | None = None
    arrived_on: date | None = None
    left_on: date | None = None
    languages: tuple[str, ...] | None = None
    earlier_residences: tuple[tuple[str, int | None, int | None], ...] | None = None
    family_links: tuple[tuple[str, str], ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """For a staged row; from_json() reads it back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["birth"] = birth_to_json(self.birth)
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> PersonRow:
        values = dict(stored)
        values["birth"] = birth_from_json(stored.get("birth"))
        for key in ("status_since", "arrived_on", "left_on"):
            values[key] = day_from_json(stored.get(key))
        for key in ("nationalities", "needs", "languages"):
            values[key] = None if stored.get(key) is None else tuple(stored[key])
        for key in ("names", "earlier_residences", "family_links"):
            values[key] = None if stored.get(key) is None else tuple(tuple(item) for item in stored[key])
        return cls(**values)


def read_people(
    table: Table,
    mapping: Mapping[str, str],
    *,
    today: date,
    heads: Mapping[str, str] | None = None,
    stays: Mapping[str, Stay] | None = None,
) -> Parsed[PersonRow]:
    """Read every row of a table of people. `mapping`: their header → our column; `today`: the day at the site; `heads`:
    family → the number of its head on record; `stays`: person → first and last day on record.

    A row with a fault is left out whole, the others are kept. Two rows with one id are both faulty, unless they say the
    same: then one is taken. SheetFault where the file itself gives out on the way.
    """
    headers = headers_by_column(mapping)
    parsed: Parsed[PersonRow] = Parsed()
    seen: dict[str, tuple[PersonRow | None, Row]] = {}
    faults: list[RowFault] = []
    taken: list[tuple[PersonRow, Row]] = []
    memory: dict[Any, Any] = {}
    for row in table.rows:
        reader = RowReader(row, headers, today, memory)
        number = reader.id("id", required=True)
        person = _person(reader, number or "", (stays or {}).get(number or "", (None, None)))
        if row.marks:
            note_formulas(parsed, row, headers)
        sound = person if not reader.faults else None
        if number is not None and number in seen:
            before, other = seen[number]
            if before is not None and before == sound:
                parsed.warnings.append(row_fault(row, headers, "id", "rows.repeated"))
                continue
            faults.append(row_fault(row, headers, "id", "rows.twice", {"other": other.number}))
            faults.append(row_fault(other, headers, "id", "rows.twice", {"other": row.number}))
        elif number is not None:
            seen[number] = (sound, row)
        faults += reader.faults
        parsed.warnings += reader.warnings
        taken.append((person, row))
    faults += [*_two_heads(taken, headers), *_another_head(taken, headers, heads or {})]
    settle(parsed, taken, _once(faults))
    return parsed


def _once(faults: list[RowFault]) -> list[RowFault]:
    """A third row of one id would tell the first again."""
    return list({(fault.sheet, fault.row, fault.column, fault.code): fault for fault in faults}.values())


def _person(reader: RowReader, number: str, stay: Stay) -> PersonRow:
    person = PersonRow(
        number=number,
        names=_names(reader),
        sex=reader.word("sex", words.SEX),
        birth=reader.birth("birth_date"),
        nationalities=reader.countries("nationality"),
        family=reader.id("family_id"),
        relationship=reader.word("relationship", words.RELATIONSHIP),
        needs=reader.listed("specific_needs", words.read_need, "people.unknown_need"),
        urgency=reader.word("urgency", words.URGENCY),
        status=reader.word("status", words.STATUS),
        status_since=reader.day("status_since"),
        block=reader.text("block", longest=40),
        arrived_on=reader.day("arrived_on"),
        left_on=reader.day("left_on", future=True),
        languages=reader.listed("languages", words.read_language, "people.unknown_language"),
        earlier_residences=_residences(reader),
        family_links=reader.listed("family_links", _link, "people.not_a_link", known=", ".join(words.KINSHIP)),
    )
    _check(reader, person, stay)
    return person


def _names(reader: RowReader) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for column, kind in _NAMES:
        text = reader.text(column, required=column == "given_name")
        if text is None:
            continue
        if text.casefold() in _NO_NAME:
            if column == "given_name":
                reader.fault(column, "people.unknown_name")
        elif not any(sign.isalpha() for sign in text):
            reader.fault(column, "people.not_a_name")
        else:
            found.append((kind, text))
    for text in reader.items("alias"):
        if len(text) > 200:
            reader.fault("alias", "rows.too_long", limit=200)
        else:
            found.append(("alias", text))
    return tuple(dict.fromkeys(found))


def _residences(reader: RowReader) -> tuple[tuple[str, int | None, int | None], ...] | None:
    found = []
    for item in reader.items("earlier_residence"):
        country, years = _country_and_rest(item)
        code = country_code(country)
        span = _YEARS.fullmatch(years)
        if code is None:
            reader.fault("earlier_residence", "rows.unknown_country")
            continue
        first, last = (int(year) if year else None for year in span.groups()) if span else (0, 0)
        if first is not None and last is None and not re.search(r"[-–—/]", years):
            last = first
        known = [year for year in (first, last) if year is not None]
        if not all(1900 <= year <= reader.today.year for year in known) or known != sorted(known):
            reader.fault("earlier_residence", "people.years_of_residence", last=reader.today.year)
            continue
        found.append((code, first, last))
    return tuple(dict.fromkeys(found)) or None


def _country_and_rest(item: str) -> tuple[str, str]:
    """ "DEU:1994-2001", "Germany (1994–2001)", "DEU 1994" → the country, and what follows it."""
    found = re.fullmatch(r"(.*?)\s*[:(]\s*(.*?)\)?", ascii_digits(item)) or re.fullmatch(r"(\D*?)\s+(\d.*)", ascii_digits(item))
    return (found[1], found[2].strip()) if found else (item, "")


def _link(item: str) -> tuple[str, str] | None:
    """ "DEU:sibling" → ("DEU", "sibling"). A word that is no kind of relative is refused: it may be a name."""
    country, kin = re.split(r"[:(]", item.rstrip(") "), maxsplit=1) if re.search("[:(]", item) else (item, "")
    code = country_code(country)
    kinship = words.RELATIONSHIP.read(kin) if kin.strip() else ""
    if code is None or kinship is None or (kinship and kinship not in words.KINSHIP):
        return None
    return code, kinship


def _check(reader: RowReader, person: PersonRow, stay: Stay) -> None:
    """What single cells cannot tell: days in their order, a status to its day."""
    arrived, left = person.arrived_on or stay[0], person.left_on or stay[1]
    if arrived and left and left < arrived:
        reader.fault("left_on" if person.left_on else "arrived_on", "people.left_before_arrival")
    if person.birth and person.birth.earliest and person.arrived_on and person.arrived_on < person.birth.earliest:
        reader.fault("arrived_on", "people.before_birth")
    if person.status_since and not person.status and "status" not in {fault.column for fault in reader.faults}:
        reader.fault("status_since", "people.status_is_missing")
    if person.nationalities and STATELESS in person.nationalities and len(person.nationalities) > 1:
        reader.fault("nationality", "people.stateless_and_more")
    if person.relationship and not person.family and "family_id" in reader.headers and person.relationship != "head":
        reader.fault("family_id", "people.family_is_missing")


def _two_heads(taken: list[tuple[PersonRow, Row]], headers: Mapping[str, str]) -> list[RowFault]:
    heads: dict[str, list[Row]] = {}
    for person, row in taken:
        if person.family and person.relationship == "head" and person.left_on is None:
            heads.setdefault(person.family, []).append(row)
    return [
        row_fault(row, headers, "relationship", "people.two_heads", {"other": rows[0 if row is not rows[0] else 1].number})
        for rows in heads.values()
        if len(rows) > 1
        for row in rows
    ]


def _another_head(taken: list[tuple[PersonRow, Row]], headers: Mapping[str, str], heads: Mapping[str, str]) -> list[RowFault]:
    """A family keeps its head on record unless the sheet tells what he or she is now."""
    told_anew = {person.number for person, _row in taken if person.family and person.relationship not in (None, "head")}
    return [
        row_fault(row, headers, "relationship", "families.another_head")
        for person, row in taken
        if person.family and person.relationship == "head"
        and heads.get(person.family, person.number) not in told_anew | {person.number}
    ]  # fmt: skip


declare(
    {
        "people.unknown_name": (
            _("The given name says that it is not known."),
            _("Write the name by which the person is called. Each person needs one."),
        ),
        "people.not_a_name": (_("The name has no letter."), _("Check whether the columns are in their places.")),
        "people.unknown_need": (
            _("The cell holds a specific need that is no code of UNHCR."),
            _("Write codes such as SM-CI or DS-PM, parted by semicolons. No diagnosis, no free text."),
        ),
        "people.unknown_language": (
            _("The cell holds a language that is not known."),
            _("Write codes such as fa or ckb, parted by semicolons."),
        ),
        "people.not_a_link": (
            _("This is not read as a country and a kind of relative."),
            _("Write “DEU:sibling”, never a name. Kinds: %(known)s."),
        ),
        "people.years_of_residence": (
            _("The years of residence are not read, or do not lie between 1900 and %(last)s in their order."),
            _("Write “DEU:1994-2001” or the country alone."),
        ),
        "people.left_before_arrival": (
            _("The person left before arriving."),
            _("Check both dates and their calendars."),
        ),
        "people.before_birth": (
            _("The person arrived before being born."),
            _("Check the birth date, the day of arrival, and their calendars."),
        ),
        "people.status_is_missing": (
            _("A day is given for a status, and no status."),
            _("Add the status, or leave the day empty."),
        ),
        "people.stateless_and_more": (
            _("The person is called stateless and has a nationality."),
            _("Write XXA alone, or the nationality alone."),
        ),
        "people.family_is_missing": (
            _("A relationship is given, and no family number."),
            _("Add the family number, or leave the relationship empty."),
        ),
        "people.two_heads": (
            _("The family has two heads; the other stands in row %(other)s."),
            _("Name one head, or give the second family a number of its own."),
        ),
    }
)
