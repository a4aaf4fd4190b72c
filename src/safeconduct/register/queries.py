"""What pages and other rooms read of the register; every query starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from safeconduct.core.access.api import Actor
from safeconduct.register.access import visible_to
from safeconduct.register.models import (
    Consent,
    FamilyUnit,
    Membership,
    Need,
    Person,
    Presence,
    Relation,
)

PAGE = 25
T = TypeVar("T")
_AT_ONCE = 5000  # a statement takes only so many values


@dataclass(frozen=True)
class PeopleFilter:
    """What the people list shows; each empty field shows all."""

    presence: str = "here"  # here | left | ""
    age: str = ""  # child | adult | older
    need: str = ""  # any | none
    block: str = ""


def people(*, seen_by: Actor, shown: PeopleFilter, on: date) -> QuerySet[Person]:
    """The people of the list, by registration number."""
    found = visible_to(seen_by)
    if shown.presence == "here":
        found = found.filter(is_here("pk"))
    elif shown.presence == "left":
        found = found.filter(~is_here("pk"))
    if shown.age:
        adult_since, older_since = years_before(on, 18), years_before(on, 60)
        found = found.filter(
            {
                "child": Q(born_latest__gt=adult_since),
                "adult": Q(born_latest__lte=adult_since, born_earliest__gt=older_since),
                "older": Q(born_earliest__lte=older_since),
            }.get(shown.age, Q())
        )
    if shown.need:
        has = Exists(Need.objects.filter(person=OuterRef("pk"), ends=None))
        found = found.filter(has if shown.need == "any" else ~has)
    if shown.block:
        found = found.filter(Exists(Presence.objects.filter(person=OuterRef("pk"), ends=None, block=shown.block)))
    return found.order_by("number")


def for_list(found: QuerySet[Person]) -> QuerySet[Person]:
    """With all that a row of the list shows, in a fixed number of queries."""
    membership = Prefetch("memberships", Membership.objects.select_related("family"))
    return found.prefetch_related("names", "presences", "needs", "best_interests", membership)


def page_after(found: QuerySet[Person], *, after: str = "", size: int = PAGE) -> tuple[list[Person], str]:
    """One page of a list by number, and the number after which the next begins; empty at the end."""
    if after:
        found = found.filter(number__gt=after)
    rows = list(for_list(found)[: size + 1])
    return rows[:size], rows[size - 1].number if len(rows) > size else ""


def person(pk: UUID, *, seen_by: Actor) -> Person | None:
    """A person with all that the page shows, or None where the reader may not see that there is one."""
    return (
        visible_to(seen_by)
        .prefetch_related(
            "names",
            "nationalities",
            "presences",
            "needs",
            "statuses",
            "languages",
            "earlier_residences",
            "family_links",
            Prefetch("memberships", Membership.objects.select_related("family")),
            "best_interests",
            Prefetch("consents", Consent.objects.select_related("withdrawal")),
        )
        .filter(pk=pk)
        .first()
    )


def family(pk: UUID, *, seen_by: Actor) -> FamilyUnit | None:
    """A family unit, when the reader may see people at all."""
    return FamilyUnit.objects.filter(pk=pk).first() if seen_by.may("register.see_people") else None


def families(*, seen_by: Actor, after: str = "", size: int = PAGE) -> tuple[list[FamilyUnit], str]:
    """One page of family units with their number of members now."""
    if not seen_by.may("register.see_people"):
        return [], ""
    found = FamilyUnit.objects.annotate(people=Count("memberships", filter=Q(memberships__ends=None))).filter(number__gt=after)
    rows = list(found.order_by("number")[: size + 1])
    return rows[:size], rows[size - 1].number if len(rows) > size else ""


def count_families(*, seen_by: Actor) -> dict[str, int]:
    """Family units that have members now, and the people in them."""
    if not seen_by.may("register.see_people"):
        return {"families": 0, "people": 0}
    return Membership.objects.filter(ends=None).aggregate(families=Count("family", distinct=True), people=Count("pk"))


def members(unit: FamilyUnit) -> list[Membership]:
    """Who belongs to a family unit now, the head first."""
    people = Prefetch("person", for_list(Person.objects.all()))
    found = unit.memberships.filter(ends=None).prefetch_related(people)
    return sorted(found, key=lambda m: (m.relationship != "head", m.person.number))


def relations_of(someone: Person) -> list[Relation]:
    """What the person is to others, and others to the person."""
    both = Relation.objects.filter(Q(person=someone) | Q(other=someone)).select_related("person", "other")
    return list(both.prefetch_related("person__names", "other__names").order_by("kind", "pk"))


def counts(*, on: date, since: date) -> dict[str, int]:
    """People here, people who have left, and people who left since a day."""
    gone = Presence.objects.filter(ends__gte=since, ends__lte=on).exclude(person__presences__ends=None)
    return {
        "here": Presence.objects.filter(ends=None).count(),
        "left": left(),
        "left_since": gone.values("person").distinct().count(),
    }


def count_here(people: Collection[UUID]) -> int:
    """How many of these people are here now."""
    return sum(Presence.objects.filter(ends=None, person__in=part).count() for part in in_parts(list(people)))


def left() -> int:
    """How many people have left. Nobody is in two places at once, so those who are here are counted by their stays."""
    here = Presence.objects.filter(ends=None).order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    return Person.objects.aggregate(left=Count("pk") - Coalesce(Subquery(here), 0))["left"]


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at once as a statement takes."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def is_here(person: str) -> Exists:
    """Whether the person whom a field names is at the site; asked row by row, where few rows are read."""
    return Exists(Presence.objects.filter(person=OuterRef(person), ends=None))


def years_before(on: date, years: int) -> date:
    return on.replace(year=on.year - years, day=min(on.day, 28) if (on.month, on.day) == (2, 29) else on.day)
