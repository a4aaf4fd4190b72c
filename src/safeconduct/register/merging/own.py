"""What a merge does with the register's own tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from safeconduct.register.merging import words
from safeconduct.register.merging.steps import Steps
from safeconduct.register.merging.ties import OTHER, all_over, one_lasting, tie, unless_alike
from safeconduct.register.models import (
    BestInterestsDecision,
    Consent,
    Document,
    EarlierResidence,
    Erasure,
    ExportedPerson,
    FamilyLink,
    HeldChange,
    Membership,
    Merge,
    NameKey,
    NameKind,
    Nationality,
    Need,
    Person,
    PersonName,
    Presence,
    ProtectionStatus,
    Relation,
    SpokenLanguage,
    TravellingRecord,
)
from safeconduct.register.names import key_rows

# What one record alone can hold, and the columns of it; of the other parts the tables know.
SCALARS = {
    "sex": ("sex",),
    "birth": ("born_earliest", "born_latest", "birth_precision", "birth_calendar", "birth_as_told"),
    "urgency": ("urgency",),
}
PARTS = ("names", *SCALARS, "place", "status", "family")


def names_go_over(steps: Steps, person: Person, other: Person, take: Mapping[str, str], at: datetime) -> None:
    """The names of the record that holds stay what they are; the other's become further names, so that a search finds both.

    A kind of name that the holding record lacks in a script comes over as it is.
    """
    holds, yields = (other, person) if take.get("names") == OTHER else (person, other)
    standing = list(PersonName.objects.filter(person=holds))
    kinds = {(name.kind, name.script) for name in standing}
    texts = {(name.script, name.text) for name in standing}
    further = []
    for name in PersonName.objects.filter(person=yields):
        if (name.script, name.text) in texts:
            steps.park(name)
        else:
            texts.add((name.script, name.text))
            further.append(name)
    for name in standing:
        steps.change(name, person_id=person.pk)
    for name in further:
        kept = (name.kind, name.script) not in kinds
        steps.change(name, person_id=person.pk, kind=name.kind if kept else NameKind.ALIAS)
    keys_follow(steps, person)
    keys_follow(steps, other)


def keys_follow(steps: Steps, person: Person) -> None:
    """Make the keys by which a person is found those of the names as they stand now."""
    names = PersonName.objects.filter(person=person).values_list("kind", "text")
    wanted = {(key.kind, key.key): key for key in key_rows(person.pk, names)}
    for key in NameKey.objects.filter(person=person):
        if wanted.pop((key.kind, key.key), None) is None:
            steps.park(key)
    for key in wanted.values():
        steps.add(key)


def _relations_go_over(steps: Steps, person: Person, other: Person, take: Mapping[str, str], at: datetime) -> None:
    """What the two were to others; what they were said to be to each other is parked, for they are one."""

    def alike(one: Relation, pk: Any) -> tuple[Any, ...]:
        return (pk,) if one.ends is not None else (one.person_id, one.other_id, one.kind)

    both = Relation.objects.filter(person__in=[person.pk, other.pk]) | Relation.objects.filter(other__in=[person.pk, other.pk])
    rows = sorted(both.distinct(), key=lambda row: (other.pk in (row.person_id, row.other_id), row.pk))
    held: set[tuple[Any, ...]] = set()
    for row in rows:
        ends = {row.person_id, row.other_id}
        if ends <= {person.pk, other.pk}:
            steps.park(row)
            continue
        to = {name: person.pk for name in ("person_id", "other_id") if getattr(row, name) == other.pk}
        merged = Relation(kind=row.kind, ends=row.ends, person_id=row.person_id, other_id=row.other_id)
        for name, value in to.items():
            setattr(merged, name, value)
        if alike(merged, row.pk) in held:
            steps.park(row)
        else:
            held.add(alike(merged, row.pk))
            steps.change(row, **to)


def scalars(parts: Collection[str], source: Person) -> dict[str, Any]:
    """The columns of some parts of a person, as another record holds them."""
    return {name: getattr(source, name) for part in parts for name in SCALARS[part]}


def declare_own() -> None:
    """Every table of the register that holds something of a person; called when the room is loaded."""
    tie(PersonName, move=names_go_over, shown=words.name)
    tie(NameKey)  # follows the names
    tie(Nationality, move=unless_alike(Nationality, "country"), shown=words.nationality)
    tie(SpokenLanguage, move=unless_alike(SpokenLanguage, "language"), shown=words.spoken)
    tie(EarlierResidence, move=unless_alike(EarlierResidence, "country", "from_year", "to_year"), shown=words.residence)
    tie(FamilyLink, move=unless_alike(FamilyLink, "country", "kinship"), shown=words.relative_abroad)
    tie(Presence, move=one_lasting(Presence, "place"))
    tie(Need, move=unless_alike(Need, "code", ends="ends"), shown=words.need)
    tie(ProtectionStatus, move=one_lasting(ProtectionStatus, "status"), shown=words.status)
    tie(Membership, move=one_lasting(Membership, "family"), shown=words.membership)
    tie(Relation, move=_relations_go_over, shown=words.relation)
    tie(Relation, field="other", shown=words.relation_to)  # went with the line above
    tie(BestInterestsDecision, move=all_over(BestInterestsDecision), shown=words.decision)
    tie(Document, move=all_over(Document), shown=words.document, erased=False)  # its keys and words go
    tie(TravellingRecord)  # as it left under its own record
    tie(HeldChange, move=all_over(HeldChange))
    # History: what was agreed to and what left under a record is never written anew.
    tie(Consent, erased=False)
    tie(ExportedPerson, erased=False)
    tie(Merge, erased=False)  # its steps go
    tie(Merge, field="other_person", erased=False)
    tie(Person, field="merged_into", erased=False)  # erased with it
    tie(Erasure, erased=False)
