"""What the pages on merges and splits read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import only_computing
from safeconduct.register.access import visible_to
from safeconduct.register.merging.compare import PART_OF, PART_WORDS
from safeconduct.register.merging.ties import table, ties
from safeconduct.register.models import Assignment, FamilyUnit, Merge, MergedRow, Person


def record_that_holds(pk: UUID, *, seen_by: Actor) -> Person | None:
    """The record into which this one was merged, when the reader may see that one."""
    return visible_to(seen_by).filter(merged__pk=pk).first()


def merges_of(person: Person) -> QuerySet[Merge]:
    """Merges and splits of a record, the newest first; those that were undone too."""
    own = Q(person=person) | Q(other_person=person)
    return Merge.objects.filter(own).select_related("other_person", "person", "done_by", "undone_by").order_by("-done_at", "-pk")


def merges_of_family(family: FamilyUnit) -> QuerySet[Merge]:
    """The same for a family unit."""
    own = Q(family=family) | Q(other_family=family)
    return Merge.objects.filter(own).select_related("other_family", "family", "done_by", "undone_by").order_by("-done_at", "-pk")


def last_merge(person: Person) -> Merge | None:
    """The newest merge or split of a record that was not undone."""
    return merges_of(person).filter(undone_at=None).first()


def who_loses_sight(person: Person, other: Person) -> list[Assignment]:
    """Who has the case of the other record alone, and no longer sees it once it is merged into this one."""
    lasting = Assignment.objects.filter(ended_at=None, ends_at=None).select_related("team", "account")
    here = {(one.team_id, one.account_id) for one in lasting.filter(case=person.case_id)}
    return [one for one in lasting.filter(case=other.case_id) if (one.team_id, one.account_id) not in here]


@dataclass(frozen=True)
class Row:
    """One row of a person in words, with the value by which a form names it."""

    key: str
    says: str
    row: models.Model


def rows_of(person: Person, *, reader: Actor, language: str) -> Iterator[Row]:
    """What is recorded of a person, row by row, as far as the reader may know it."""
    for each in ties():
        if each.shown is None:
            continue
        for row in each.model._base_manager.filter(**{each.field: person}).order_by("pk"):
            says = each.shown(row, reader, language)
            if says:
                yield Row(f"{each.model._meta.label_lower}:{each.field}:{row.pk}", says, row)


@dataclass(frozen=True)
class Step:
    """One step of a merge in words: what, and what became of it."""

    what: str
    became: str


def steps_of(merge: Merge, *, reader: Actor, language: str) -> list[Step]:
    """The origin of what a merge or a split touched, as far as the reader may know it."""
    found = []
    with only_computing():
        for step in merge.rows.all():
            model = table(step.table)
            if model is Person:
                found += _fields_in_words(step)
                continue
            shown = next((each.shown for each in ties() if each.model is model and each.shown), None)
            says = shown(_as_it_stood(model, step), reader, language) if shown else ""
            if says:
                found.append(Step(says, _became(step)))
    return found


def _as_it_stood(model: type[models.Model], step: MergedRow) -> models.Model:
    told = step.before or step.after or {}
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{
        name: (fields[name].target_field if isinstance(fields[name], models.ForeignKey) else fields[name]).to_python(value)  # type: ignore[union-attr]
        for name, value in told.items()
    })  # fmt: skip


def _became(step: MergedRow) -> str:
    if step.before is None:
        return _("came with it")
    if step.after is None:
        return _("set aside: the other record says the same, or was taken to hold")
    if "kind" in step.after:
        return _("went over as a further name")
    return _("went over")


def _fields_in_words(step: MergedRow) -> list[Step]:
    if step.before is None or step.after is None:
        return []
    parts = dict.fromkeys(PART_OF[name] for name in step.after if name in PART_OF)
    return [Step(str(PART_WORDS[part]), _("taken from the other record")) for part in parts]


def pick(person: Person, keys: list[str], *, reader: Actor, language: str) -> list[Any]:
    """The rows that a form named, of those that the reader may know."""
    wanted = set(keys)
    return [one.row for one in rows_of(person, reader=reader, language=language) if one.key in wanted]
