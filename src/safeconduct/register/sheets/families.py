"""Rows of families taken into the register: memberships and relations, dated and perhaps disputed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, action, remark
from safeconduct.register.imports.families import FamilyRow
from safeconduct.register.imports.kinds import Compared
from safeconduct.register.models import FamilyUnit, Membership, Person, Relation, RelationKind, RelationToHead, RowState

Progress = Callable[[int, int], None]
# What the person of the row is to the other → how the relation is kept: (kind, whether the two change places).
_RELATIONS = {
    "spouse": (RelationKind.SPOUSE, False),
    "child": (RelationKind.PARENT, True),
    "parent": (RelationKind.PARENT, False),
    "sibling": (RelationKind.SIBLING, False),
}
_DUTIES = {"guardian": RelationKind.GUARDIAN, "custody": RelationKind.CUSTODY, "dependant": RelationKind.DEPENDANT}


@dataclass(frozen=True)
class Member:
    """A membership as a row tells it."""

    family: str
    person: str
    relationship: str | None
    starts: date | None
    ends: date | None
    disputed_by: str
    if_none: bool = False  # told beside a relation: it makes a membership only where there is none


@dataclass(frozen=True)
class Related:
    """A relation as a row tells it."""

    person: str
    other: str
    kind: str
    starts: date | None
    ends: date | None
    disputed_by: str


def told(row: FamilyRow, heads: dict[str, str]) -> tuple[Member | None, Related | None]:
    """What a row says: a membership, a relation, or both. `heads`: family → the number of its head."""
    disputed, related = row.disputed_by or "", None
    if row.related_to and row.kind in _DUTIES:
        related = Related(row.person, row.related_to, _DUTIES[row.kind], row.starts, row.ends, disputed)
    elif row.related_to:
        kind, turned = _RELATIONS.get(row.relationship or "", (RelationKind.OTHER_RELATIVE, False))
        pair = (row.related_to, row.person) if turned else (row.person, row.related_to)
        related = Related(*pair, kind, row.starts, row.ends, disputed)
    if row.kind != "member" or not row.family:
        return None, related
    to_head = not row.related_to or heads.get(row.family) == row.related_to
    relationship = row.relationship if to_head else None
    return Member(row.family, row.person, relationship, row.starts, row.ends, disputed, bool(row.related_to)), related


def _heads(rows: Sequence[FamilyRow]) -> dict[str, str]:
    return heads_on_record() | {row.family: row.person for row in rows if row.relationship == "head" and not row.related_to}


def heads_on_record() -> dict[str, str]:
    """Family → the number of its head."""
    found = Membership.objects.filter(ends=None, relationship=RelationToHead.HEAD)
    return dict(found.values_list("family__number", "person__number"))


class _Standing:
    """Memberships and relations that are on record now."""

    def __init__(self, rows: Sequence[FamilyRow]) -> None:
        people = {row.person for row in rows} | {row.related_to for row in rows if row.related_to}
        self.members: dict[str, Membership] = {
            each.person.number: each for each in Membership.objects.filter(ends=None).select_related("person", "family")
        }
        self.past = set(Membership.objects.exclude(ends=None).values_list("person__number", "family__number", "ends"))
        self.relations = {
            (each.person.number, each.other.number, each.kind, each.ends): each
            for each in Relation.objects.select_related("person", "other")
        }
        self.people = {number: pk for number, pk in Person.objects.values_list("number", "pk") if number in people}

    def holds(self, member: Member | None, related: Related | None) -> bool:
        """Whether all that a row tells is on record."""
        return (member is None or self._has(member)) and (related is None or self._knows(related))

    def _has(self, told: Member) -> bool:
        if told.ends is not None:
            return (told.person, told.family, told.ends) in self.past
        found = self.members.get(told.person)
        if told.if_none and found is not None:
            return True
        return (
            found is not None and found.family.number == told.family
            and (told.relationship is None or found.relationship == told.relationship)
            and (told.starts is None or found.starts == told.starts) and found.disputed_by == told.disputed_by
        )  # fmt: skip

    def _knows(self, told: Related) -> bool:
        found = self.relations.get((told.person, told.other, told.kind, told.ends))
        return found is not None and (told.starts is None or found.starts == told.starts) and found.disputed_by == told.disputed_by


def compare_families(rows: Sequence[FamilyRow]) -> Iterator[Compared]:
    """Each row: new, changed, or on record already."""
    standing, heads = _Standing(rows), _heads(rows)
    for row in rows:
        member, related = told(row, heads)
        if standing.holds(member, related):
            yield Compared(row, RowState.UNCHANGED)
        else:
            yield Compared(row, RowState.CHANGED if row.person in standing.members else RowState.NEW)


@action(permission="register.import", audit=gettext_noop("sheet of families taken in"))
def take_families(*, by: Actor, rows: Sequence[FamilyRow], at: datetime, progress: Progress = lambda done, of: None) -> int:
    """Record the memberships and relations of these rows; a person who moves to another family leaves the first."""
    standing, heads = _Standing(rows), _heads(rows)
    wanted = sorted({row.family for row in rows if row.family})
    found = FamilyUnit.every.filter(number__in=wanted).select_related("merged_into")
    known = {unit.number: unit.merged_into or unit for unit in found}
    made = FamilyUnit.objects.bulk_create(FamilyUnit(number=number) for number in wanted if number not in known)
    families = known | {unit.number: unit for unit in made}
    members: list[Membership] = []
    for n, row in enumerate(rows, 1):
        member, related = told(row, heads)
        if member is not None and not standing.holds(member, None):
            _take_member(member, families, standing, members, at)
        if related is not None and not standing.holds(None, related):
            _take_relation(related, standing)
        if n % 500 == 0 or n == len(rows):
            progress(n, len(rows))
    Membership.objects.bulk_create(members)
    remark(rows=len(rows))
    return len(rows)


def _take_member(
    told: Member, families: dict[str, FamilyUnit], standing: _Standing, members: list[Membership], at: datetime
) -> None:
    values: dict[str, Any] = {"disputed_by": told.disputed_by}
    if told.relationship:
        values["relationship"] = told.relationship
    if told.starts:
        values["starts"] = told.starts
    found = standing.members.get(told.person)
    if found is not None and found.family.number == told.family:
        Membership.objects.filter(pk=found.pk).update(**values, ends=told.ends)
        return
    if found is not None and told.ends is None:
        moved = day_of_move(found, at)
        Membership.objects.filter(pk=found.pk).update(ends=moved)
        values.setdefault("starts", moved)  # or the person would seem to have belonged to both before
    made = Membership(person_id=standing.people[told.person], family=families[told.family], ends=told.ends, **values)
    if told.ends is None:
        standing.members[told.person] = made
        made.person = Person(pk=standing.people[told.person], number=told.person)
    members.append(made)


def day_of_move(left: Membership, at: datetime) -> date:
    """The day on which a person who is told in another family leaves this one, and begins there."""
    return max(clock.day_of(at), left.starts or clock.day_of(at))


def _take_relation(told: Related, standing: _Standing) -> None:
    pair = {"person_id": standing.people[told.person], "other_id": standing.people[told.other], "kind": told.kind}
    values = {"starts": told.starts, "ends": told.ends, "disputed_by": told.disputed_by}
    standing.relations[(told.person, told.other, told.kind, told.ends)] = Relation.objects.update_or_create(
        **pair, ends=told.ends, defaults=values
    )[0]


def standing_rows() -> list[FamilyRow]:
    """The memberships and relations that hold now."""
    return [row for row in family_rows() if row.ends is None]


def family_rows() -> Iterator[FamilyRow]:
    """Every membership and relation as rows that `take_families` takes back."""
    memberships = Membership.objects.select_related("person", "family").order_by("family__number", "pk")
    unit_of: dict[str, str] = {}
    for each in memberships:
        if each.ends is None:
            unit_of[each.person.number] = each.family.number
        yield FamilyRow(
            each.family.number,
            each.person.number,
            each.relationship,
            None,
            "member",
            each.starts,
            each.ends,
            each.disputed_by or None,
        )
    words = {RelationKind.SPOUSE: "spouse", RelationKind.PARENT: "parent", RelationKind.SIBLING: "sibling"}
    duties = {kind: word for word, kind in _DUTIES.items()}
    for each in Relation.objects.select_related("person", "other").order_by("pk"):
        kind = RelationKind(each.kind)
        # Another's family would make this person a member of it when the sheet is read back.
        family = unit_of.get(each.person.number, "")
        yield FamilyRow(
            family, each.person.number, words.get(kind, "other_relative"), each.other.number, duties.get(kind, "member"),
            each.starts, each.ends, each.disputed_by or None,
        )  # fmt: skip
