"""Who may see a person: one policy, written once as a query.

Two levels. *Who is there* (names, number, age, sex, place, family): whoever works with the whole register, and whoever has
the case. *What is of the case* (needs, status, consents, choices, …): whoever has the case alone. A case is had by an
assignment to the account or to a team of it, or by an opening in an emergency, which is an assignment that ends by itself.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, teams_of
from safeconduct.core.reads.api import OUTSIDE, seen
from safeconduct.register.models import Assignment, Case, Person

# Up to so many people a list goes from the cases to their people; beyond, from the people in their order to their cases.
FEW = 2000


def visible_to(actor: Actor) -> QuerySet[Person]:
    """The people of whom the actor may know that they are there."""
    return Person.objects.all() if sees_everybody(actor) else open_to(actor)


def open_to(actor: Actor) -> QuerySet[Person]:
    """The people whose case the actor has; of them all may be seen that the actor's roles allow."""
    if not actor.may("register.see_people"):
        return Person.objects.none()
    return Person.objects.filter(has_case(actor))


def listed_for(actor: Actor) -> QuerySet[Person]:
    """`visible_to`, for pages that list: the same people, asked from the side where fewer rows are read."""
    if sees_everybody(actor) or not actor.may("register.see_people"):
        return visible_to(actor)
    if actor.via == "setup":
        return open_to(actor)
    return open_to(actor) if few_people(actor) is None else _of_cases(actor)


def few_people(actor: Actor) -> int | None:
    """How many people the actor's cases hold, where they are few enough to be counted on every page; else None."""
    if "people" not in actor.asked:
        # Each case holds somebody: of so many cases the people are too many, and the other cases need not be read.
        cases = assigned_to(actor).order_by().values("case")[: FEW + 1]
        counted = Person.objects.filter(case__in=cases).order_by()[: FEW + 1].count()
        actor.asked["people"] = counted if counted <= FEW else None
    return actor.asked["people"]


def _of_cases(actor: Actor) -> QuerySet[Person]:
    return Person.objects.filter(case__in=assigned_to(actor).values("case"))


def sees_everybody(actor: Actor) -> bool:
    """Whether the actor works with the whole register: registers, assigns, traces or submits."""
    return actor.may("register.see_people") and actor.may("register.see_whole_register")


def assigned_to(actor: Actor) -> QuerySet[Assignment]:
    """The assignments by which the actor has cases at this moment."""
    if actor.account is None:
        return Assignment.objects.none()
    lasts = Q(ends_at=None) | Q(ends_at__gt=clock.now())  # rights end by the clock, whoever asks
    mine = Q(account=actor.account) | Q(team__in=teams_of(actor))
    return Assignment.objects.filter(lasts, mine, ended_at=None)


def rights_that_end(actor: Actor) -> frozenset[UUID]:
    """The assignments that end by the clock alone, such as an opening: all else that the actor may see changes with an entry."""
    if "ending" not in actor.asked:
        actor.asked["ending"] = frozenset(
            assigned_to(actor).filter(ends_at__gt=clock.now()).order_by().values_list("pk", flat=True)
        )
    return actor.asked["ending"]  # type: ignore[no-any-return]


def has_case(actor: Actor, case: str = "case") -> Exists:
    """Whether the actor has the case that a field names, asked row by row. The software that sets up a site has every case."""
    if actor.via == "setup":
        return Exists(Case.objects.filter(pk=OuterRef(case)))
    return Exists(assigned_to(actor).filter(case=OuterRef(case)))


def all_open(actor: Actor, people: Collection[UUID]) -> bool:
    """Whether the actor has the cases of all these people."""
    return open_to(actor).filter(pk__in=people).count() == len(set(people))


def open_among(actor: Actor, people: Collection[UUID]) -> set[UUID]:
    """Those of these people whose case the actor has."""
    return set(open_to(actor).filter(pk__in=people).values_list("pk", flat=True))


def reader_of(person: Person, actor: Actor) -> Actor:
    """The actor in front of a person: as it is where the case is the actor's, else from outside."""
    if getattr(person, "is_open", None) is None:
        person.is_open = all_open(actor, [person.pk])  # type: ignore[attr-defined]
    if not person.is_open:
        seen(person, OUTSIDE)
    return actor if person.is_open else actor.from_outside()
