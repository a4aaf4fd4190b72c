"""Rows of families: memberships and relations, with what contradicts itself across rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.spreadsheets.cells import RowReader, clean_id, headers_by_column, row_fault
from safeconduct.core.spreadsheets.faults import RowFault, declare
from safeconduct.core.spreadsheets.rows import Parsed, Row, Table
from safeconduct.core.spreadsheets.settling import note_formulas, settle
from safeconduct.core.spreadsheets.stored import day_from_json
from safeconduct.register.imports import words
from safeconduct.register.imports.circles import in_circle


@dataclass(frozen=True)
class FamilyRow:
    """One person in one family unit, or (with `related_to`) what one person is to another.

    `relationship` is the person's to the head, or to `related_to`: "child" means that the person is the child. `kind`
    is member, guardian, custody or dependant. `ends` is the first day on which it no longer holds.
    """

    family: str
    person: str
    relationship: str | None = None
    related_to: str | None = None
    kind: str = "member"
    starts: date | None = None
    ends: date | None = None
    disputed_by: str | None = None

    def to_json(self) -> dict[str, Any]:
        """For a staged row; from_json() reads it back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> FamilyRow:
        days = {key: day_from_json(stored.get(key)) for key in ("starts", "ends")}
        return cls(**{**stored, **days})


Taken = list[tuple[FamilyRow, Row]]


def read_families(
    table: Table,
    mapping: Mapping[str, str],
    *,
    known_people: Collection[str],
    today: date,
    on_record: Sequence[FamilyRow] = (),
) -> Parsed[FamilyRow]:
    """Read every row of a table of families: one row a membership or relation, or one a family with its members.

    A row of a whole family becomes several FamilyRow. Faulty, each with its place: a person whom `known_people` does
    not hold, two heads, two families at a time, somebody related to himself or herself, a circle (a parent of one's own
    parent, a guardian of one's own guardian), an end before its start. What holds `on_record` and is not told anew
    counts too. A faulty row is left out whole.
    """
    headers = headers_by_column(mapping)
    parsed: Parsed[FamilyRow] = Parsed()
    faults: list[RowFault] = []
    taken: Taken = []
    memory: dict[Any, Any] = {}
    for row in table.rows:
        reader = RowReader(row, headers, today, memory)
        found = _rows(reader, known_people)
        faults += reader.faults
        parsed.warnings += reader.warnings
        if row.marks:
            note_formulas(parsed, row, headers)
        taken += [(one, row) for one in found] or [(FamilyRow("", ""), row)]
    sound = _sound(taken, faults)
    standing = _not_told_anew(on_record, sound)
    faults += [*_two_heads(sound, headers), *_another_head(sound, standing, headers)]
    faults += [*_two_families(sound, headers), *_circles(sound, standing, headers)]
    settle(parsed, taken, faults)
    _drop_repeated(parsed, headers)
    return parsed


def _sound(taken: Taken, faults: list[RowFault]) -> Taken:
    bad = {(fault.sheet, fault.row) for fault in faults}
    return [(one, row) for one, row in taken if (row.sheet, row.number) not in bad]


def _not_told_anew(on_record: Sequence[FamilyRow], taken: Taken) -> list[FamilyRow]:
    """What stays on record after these rows: a membership that a row tells again gives way to it."""
    members = {one.person for one, _row in _memberships(taken)}
    return [one for one in on_record if one.related_to or one.person not in members]


def _rows(reader: RowReader, known: Collection[str]) -> list[FamilyRow]:
    common: dict[str, Any] = {
        "kind": reader.word("kind", words.LINK_KIND) or "member",
        "starts": reader.day("starts"),
        "ends": reader.day("ends", future=True),
        "disputed_by": reader.text("disputed_by", longest=120),
    }
    if common["starts"] and common["ends"] and common["ends"] < common["starts"]:
        reader.fault("ends", "families.ends_before_start")
    person, head = _person(reader, "person_id", known), _person(reader, "head_id", known)
    relationship = reader.word("relationship", words.RELATIONSHIP)
    related_to = _person(reader, "related_to", known)
    family = reader.id("family_id", required=not (person and related_to)) or ""
    members = [clean_id(item) for item in reader.items("members")]
    if any(member not in known for member in members):
        reader.fault("members", "families.unknown_member", count=sum(member not in known for member in members))
    if not (person or head or members) and not reader.faults:
        reader.fault("person_id", "families.nobody")
    if person and person == related_to:
        reader.fault("related_to", "families.to_oneself")
    if related_to and common["kind"] == "member" and relationship in (None, "head"):
        reader.fault("relationship", "families.relationship_is_missing")
    found = [FamilyRow(family, person, relationship, related_to, **common)] if person else []
    if head and head != person:
        found.append(FamilyRow(family, head, "head", **{**common, "kind": "member"}))
    elif head and found and relationship is None:
        found = [FamilyRow(family, head, "head", related_to, **common)]
    return found + [FamilyRow(family, one, None, **common) for one in members if one not in (person, head)]


def _person(reader: RowReader, column: str, known: Collection[str]) -> str | None:
    number = reader.id(column)
    if number is not None and number not in known:
        reader.fault(column, "families.unknown_person")
        return None
    return number


def _memberships(taken: Taken) -> Taken:
    return [(one, row) for one, row in taken if one.kind == "member" and one.related_to is None]


def _two_heads(taken: Taken, headers: Mapping[str, str]) -> list[RowFault]:
    heads = [(one.family, one, row) for one, row in _memberships(taken) if one.relationship == "head"]
    column = "relationship" if "relationship" in headers else "head_id"
    return _clashes(heads, headers, column, "families.two_heads", lambda a, b: a.person != b.person)


def _another_head(taken: Taken, standing: list[FamilyRow], headers: Mapping[str, str]) -> list[RowFault]:
    heads = {one.family for one in standing if one.relationship == "head"}
    column = "relationship" if "relationship" in headers else "head_id"
    return [
        row_fault(row, headers, column, "families.another_head")
        for one, row in _memberships(taken)
        if one.relationship == "head" and one.family in heads and one.ends is None
    ]


def _two_families(taken: Taken, headers: Mapping[str, str]) -> list[RowFault]:
    members = [(one.person, one, row) for one, row in _memberships(taken)]
    return _clashes(members, headers, "family_id", "families.two_families", lambda a, b: a.family != b.family)


def _clashes(
    keyed: Iterable[tuple[str, FamilyRow, Row]], headers: Mapping[str, str], column: str, code: str, differ: Any
) -> list[RowFault]:
    """Faults of rows that share a key and a day, and differ where they must not."""
    groups: dict[str, list[tuple[FamilyRow, Row]]] = {}
    for key, one, row in keyed:
        groups.setdefault(key, []).append((one, row))
    faults = []
    for group in groups.values():
        for one, row in group if len(group) > 1 else ():
            other = next((found for rival, found in group if differ(one, rival) and _share_a_day(one, rival)), None)
            if other is not None:
                faults.append(row_fault(row, headers, column, code, {"other": other.number}))
    return faults


def _share_a_day(one: FamilyRow, other: FamilyRow) -> bool:
    return (one.starts or date.min) < (other.ends or date.max) and (other.starts or date.min) < (one.ends or date.max)


def _circles(taken: Taken, standing: list[FamilyRow], headers: Mapping[str, str]) -> list[RowFault]:
    """Nobody is an ancestor, or a guardian's guardian, of himself or herself."""
    heads = {one.family: one.person for one in standing if one.relationship == "head" and not one.related_to}
    heads |= {one.family: one.person for one, _row in _memberships(taken) if one.relationship == "head"}
    descent: list[tuple[str, str, Row | None]] = []
    care: list[tuple[str, str, Row | None]] = []
    for one, row in [*taken, *((one, None) for one in standing)]:
        other = one.related_to or heads.get(one.family)
        if other is None or other == one.person:
            continue
        if one.kind in ("guardian", "custody"):
            care.append((one.person, other, row))
        elif one.relationship in ("parent", "grandparent"):
            descent.append((one.person, other, row))
        elif one.relationship in ("child", "grandchild"):
            descent.append((other, one.person, row))
    faults = []
    for edges in (descent, care):
        inside = in_circle([(above, below) for above, below, _row in edges])
        column = "related_to" if "related_to" in headers else "relationship"
        faults += [
            row_fault(row, headers, column, "families.circle")
            for edge, (_a, _b, row) in enumerate(edges)
            if edge in inside and row is not None
        ]
    return faults


def _drop_repeated(parsed: Parsed[FamilyRow], headers: Mapping[str, str]) -> None:
    seen: set[FamilyRow] = set()
    kept: Taken = []
    for one, row in zip(parsed.rows, parsed.sources, strict=True):
        if one in seen:
            parsed.warnings.append(row_fault(row, headers, "person_id", "rows.repeated"))
        else:
            seen.add(one)
            kept.append((one, row))
    parsed.rows, parsed.sources = [one for one, _row in kept], [row for _one, row in kept]


declare(
    {
        "families.unknown_person": (
            _("Nobody with this number is registered."),
            _("Check the number, or import the person first."),
        ),
        "families.unknown_member": (
            _("%(count)s of these numbers belong to nobody who is registered."),
            _("Check the numbers, or import the people first."),
        ),
        "families.nobody": (_("The row names nobody."), _("Add the number of a member or of the head.")),
        "families.to_oneself": (
            _("A person cannot be related to himself or herself."),
            _("Give the number of the other person."),
        ),
        "families.relationship_is_missing": (
            _("Two people are given, and not what the first is to the second."),
            _("Add the relationship, such as child or spouse."),
        ),
        "families.ends_before_start": (_("It ends before it starts."), _("Check both dates and their calendars.")),
        "families.two_heads": (
            _("The family has two heads at a time; the other stands in row %(other)s."),
            _("Name one head, or give the days on which each was head."),
        ),
        "families.another_head": (
            _("The family has another head on record."),
            _("Add a row that tells what the other is now, or when he or she left the family."),
        ),
        "families.two_families": (
            _("The person belongs to two families at a time; the other stands in row %(other)s."),
            _("Keep one, or give the days on which the person belonged to each."),
        ),
        "families.circle": (
            _("The family runs in a circle: somebody would be the parent or guardian of his or her own parent or guardian."),
            _("Check who is the parent and who the child in this row and the rows with the same fault."),
        ),
    }
)
