"""The rows of the people list, as a reader sees them, and the numbers beside them; in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import seen
from safeconduct.register.access import has_case
from safeconduct.register.levels import NEEDS
from safeconduct.register.models import Membership, Person, Presence
from safeconduct.register.queries import stays_counted
from safeconduct.register.residents import adults, guards
from safeconduct.register.rules import is_child, is_unaccompanied_or_separated
from safeconduct.register.showing import Age, InTwoScripts, age_of, father_of, name_of
from safeconduct.register.waiting import NO_DECISION, NOT_HEARD, Wait, waits


@dataclass(frozen=True)
class Row:
    """One person in a list."""

    person: Person
    name: InTwoScripts
    father: InTwoScripts
    age: Age
    presence: Presence | None  # where the person is, or the last stay
    membership: Membership | None
    waits: tuple[Wait, ...]


def rows(people: Iterable[Person], *, seen_by: Actor, on: date, language: str) -> list[Row]:
    """People, fetched by `for_list`, as rows. One query more where a child is among them."""
    people = list(people)
    may_see_needs = seen_by.may("register.see_needs")
    young = [p.pk for p in people if is_child(p.born_latest, needs=needs_of(p), on=on)] if may_see_needs else []
    beside = company_of(young, seen_by=seen_by, on=on) if young else {}
    return [_row(person, beside.get(person.pk), on, language) for person in people]


def company_of(children: Collection[UUID], *, seen_by: Actor, on: date) -> dict[UUID, tuple[bool, bool]]:
    """For each child: whether an adult of its family unit is here, and whether somebody here is its guardian, undisputed.

    Only for children whose case the reader has.
    """
    with_adult = Exists(adults(on).filter(family__memberships__person=OuterRef("pk"), family__memberships__ends=None))
    guardian = Exists(guards().filter(other=OuterRef("pk")))
    found = Person.objects.filter(has_case(seen_by), pk__in=children).annotate(with_adult=with_adult, guarded=guardian)
    return {pk: (adult_there, guarded) for pk, adult_there, guarded in found.values_list("pk", "with_adult", "guarded")}


def waits_for(person: Person, company: tuple[bool, bool] | None, *, on: date) -> tuple[Wait, ...]:
    """What waits for a person; `company` is known for whoever may be a child, and None where the reader may not know."""
    made = (each for each in person.best_interests.all() if each.decided_on <= on)
    decision = max(made, key=lambda each: (each.decided_on, each.pk), default=None)
    needs = needs_of(person)
    alone = company is not None and is_unaccompanied_or_separated(
        child=is_child(person.born_latest, needs=needs, on=on), needs=needs,
        adults_in_family=int(company[0]), has_guardian=company[1],
    )  # fmt: skip
    return tuple(waits(
        here=any(stay.ends is None for stay in person.presences.all()),
        unaccompanied=alone,
        decision_allows=bool(decision and decision.allows_plan),
        own_views_heard=bool(decision and decision.own_views_heard),
        scripts={name.script for name in person.names.all()},
        birth_known=person.born_earliest is not None,
    ))  # fmt: skip


def needs_of(person: Person) -> list[str]:
    """The codes of the needs that last."""
    return [need.code for need in person.needs.all() if need.ends is None]


def _row(person: Person, company: tuple[bool, bool] | None, on: date, language: str) -> Row:
    waiting = waits_for(person, company, on=on)
    if NO_DECISION in waiting or NOT_HEARD in waiting:  # it tells that a child is unaccompanied or separated
        seen(person, NEEDS)
    return Row(
        person=person,
        name=name_of(person, language=language),
        father=father_of(person, language=language),
        age=age_of(person, on=on, language=language),
        presence=stay_of(person),
        membership=next((m for m in person.memberships.all() if m.ends is None), None),
        waits=waiting,
    )


def stay_of(person: Person) -> Presence | None:
    """The stay that lasts, or else the last one that ended."""
    stays = list(person.presences.all())
    lasting = next((stay for stay in stays if stay.ends is None), None)
    return lasting or max(stays, key=lambda stay: stay.ends or date.min, default=None)


def blocks(*, seen_by: Actor) -> list[tuple[str, int]] | None:
    """Each block with the people there now whom the reader may see; somebody without a block is counted under the empty name.

    None where they are too many to be counted on a page.
    """
    found = stays_counted(seen_by=seen_by)
    return None if found is None else in_order(found.items())


def in_order(blocks: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Blocks as people count them: 2 before 10."""
    return sorted(blocks, key=lambda each: (len(each[0]), each[0]))
