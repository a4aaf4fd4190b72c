"""What pages and other rooms read of the register; every query starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Case, Count, Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import only_computing, seen
from safeconduct.register.access import assigned_to, few_people, has_case, listed_for, sees_everybody, visible_to
from safeconduct.register.models import (
    Consent,
    Document,
    Erasure,
    ExportedPerson,
    FamilyUnit,
    HeldChange,
    Membership,
    Merge,
    Need,
    Person,
    Presence,
    Relation,
)
from safeconduct.register.together import read_together

PAGE = 25
T = TypeVar("T")
_OF_A_PERSON = (
    "names", "nationalities", "presences", "needs", "statuses", "languages", "earlier_residences", "family_links", "memberships",
    "best_interests",
)  # fmt: skip
# What other rooms keep of people: name → table. A person's page asks once which of them say anything of that person.
_OF_A_ROW = ("names", "presences", "needs", "best_interests", "memberships")
_mentions: dict[str, type[Model]] = {}
_AT_ONCE = 5000  # a statement takes only so many values


def mention(name: str, model: type[Model]) -> None:
    """Let `queries.person` say as `has_…` whether a table holds anything of the person. Called once, when the room is loaded."""
    _mentions[name] = model


@dataclass(frozen=True)
class PeopleFilter:
    """What the people list shows; each empty field shows all."""

    presence: str = "here"  # here | left | ""
    age: str = ""  # child | adult | older
    need: str = ""  # any | none
    block: str = ""


def people(*, seen_by: Actor, shown: PeopleFilter, on: date, among: Collection[UUID] | None = None) -> QuerySet[Person]:
    """The people of the list, by registration number; `among`: only of these."""
    found = listed_for(seen_by) if among is None else visible_to(seen_by).filter(pk__in=among)
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
        found = found.filter(has if shown.need == "any" else ~has, has_case(seen_by))  # needs are of the case
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
    with only_computing():  # one more is loaded than is shown
        rows = list(found[: size + 1])
    read_together(rows[:size], *_OF_A_ROW)
    seen(rows[:size])
    return rows[:size], rows[size - 1].number if len(rows) > size else ""


def person(pk: UUID, *, seen_by: Actor) -> Person | None:
    """A person with all that the page shows and whether the reader has the case (`is_open`); None where the reader may not see
    that there is one."""
    by_which = assigned_to(seen_by).filter(case=OuterRef("case")).order_by("opening", "since")
    found = (
        visible_to(seen_by)
        .annotate(
            is_open=has_case(seen_by),
            by_team=Subquery(by_which.values("team__name")[:1]),
            by_opening=Subquery(by_which.values("opening")[:1]),
            was_merged=_is_in(Merge, "person", "other_person"),
            was_asked=_is_in(Erasure, "person"),
            has_held=_is_in(HeldChange, "person"),
            has_documents=_is_in(Document, "person"),
            has_left=_is_in(ExportedPerson, "person"),
            has_relations=_is_in(Relation, "person", "other"),
            **{f"has_{name}": _is_in(model, "person") for name, model in _mentions.items()},
        )
        .select_related("case")
        .prefetch_related(Prefetch("consents", Consent.objects.select_related("withdrawal")))
        .filter(pk=pk)
        .first()
    )
    read_together([found] if found else [], *_OF_A_PERSON)
    return found


def _is_in(model: type[Model], *fields: str) -> Exists:
    """Whether a table says anything of the person: what most people are not in costs no query of its own."""
    named = Q()
    for field in fields:
        named |= Q(**{field: OuterRef("pk")})
    return Exists(model._base_manager.filter(named))


def family(pk: UUID, *, seen_by: Actor) -> FamilyUnit | None:
    """A family unit, when the reader may see anybody who belongs or belonged to it."""
    known = visible_to(seen_by).filter(memberships__family=OuterRef("pk"))
    return FamilyUnit.objects.filter(Exists(known), pk=pk).first()


def families(*, seen_by: Actor, after: str = "", size: int = PAGE) -> tuple[list[FamilyUnit], str]:
    """One page of family units with their number of members now; those in which the reader may see anybody."""
    if not seen_by.may("register.see_people"):
        return [], ""
    found = FamilyUnit.objects.annotate(people=Count("memberships", filter=Q(memberships__ends=None))).filter(number__gt=after)
    if not sees_everybody(seen_by):
        found = found.filter(Exists(Membership.objects.filter(has_case(seen_by, "person__case"), family=OuterRef("pk"))))
    rows = list(found.order_by("number")[: size + 1])
    return rows[:size], rows[size - 1].number if len(rows) > size else ""


def count_families(*, seen_by: Actor) -> dict[str, int]:
    """Family units that have members now whom the reader may see, and those people."""
    if not seen_by.may("register.see_people"):
        return {"families": 0, "people": 0}
    found = Membership.objects.filter(ends=None)
    if not sees_everybody(seen_by):
        found = found.filter(has_case(seen_by, "person__case"))
    return found.aggregate(families=Count("family", distinct=True), people=Count("pk"))


def members(unit: FamilyUnit, *, seen_by: Actor, for_tree: bool = False) -> list[Membership]:
    """Who belongs to a family unit now, the head first; those whom the reader may see. `for_tree`: with names and stays only."""
    known = Exists(visible_to(seen_by).filter(pk=OuterRef("person")))
    found = list(Membership.objects.filter(known, family=unit, ends=None).select_related("person"))
    more = () if for_tree else ("needs", "memberships", "best_interests")
    read_together([each.person for each in found], "names", "presences", *more)
    return sorted(found, key=lambda m: (m.relationship != "head", m.person.number))


def relations_of(someone: Person, *, seen_by: Actor, loaded: Mapping[UUID, Person] | None = None) -> list[Relation]:
    """What the person is to others, and others to the person; `is_known`: the reader may see the other one.

    `loaded`: people whom the page has read with their names already.
    """
    if not getattr(someone, "has_relations", True):
        return []
    other = Case(When(person=someone.pk, then=F("other_id")), default=F("person_id"))
    known = Exists(visible_to(seen_by).filter(pk=OuterRef("beside")))
    with only_computing():  # among them are people of whom the reader is told nothing
        both = Relation.objects.filter(Q(person=someone) | Q(other=someone)).select_related("person", "other")
        found = list(both.annotate(beside=other, is_known=known).order_by("kind", "pk"))
    have = loaded or {}
    for each in found:
        side = "other" if each.person_id == someone.pk else "person"
        setattr(each, side, have.get(each.beside, getattr(each, side)))  # type: ignore[attr-defined]
    others = [each.other if each.person_id == someone.pk else each.person for each in found if each.is_known]  # type: ignore[attr-defined]
    read_together([each for each in others if each.pk not in have], "names")
    seen(others)
    return found


def stays_counted(*, seen_by: Actor) -> dict[str, int] | None:
    """Block → people there now whom the reader may see; None where they are too many to be counted on a page."""
    here = Presence.objects.filter(ends=None)
    if not sees_everybody(seen_by):
        if few_people(seen_by) is None:
            return None
        here = here.filter(person__in=listed_for(seen_by))
    return dict(here.order_by("block").values_list("block").annotate(people=Count("person")))


def left_counted(here: int, *, seen_by: Actor) -> int:
    """How many of the people whom the reader may see have left, where so many of them are here."""
    return left() if sees_everybody(seen_by) else (few_people(seen_by) or 0) - here


def counts(*, on: date, since: date) -> dict[str, int]:
    """People here, people who have left, and people who left since a day."""
    gone = Presence.objects.filter(ends__gte=since, ends__lte=on).exclude(person__presences__ends=None)
    known, gone_away = _counted()
    return {"here": known - gone_away, "left": gone_away, "left_since": gone.values("person").distinct().count()}


def left() -> int:
    """How many people have left."""
    return _counted()[1]


def _counted() -> tuple[int, int]:
    """People on record, and those who have left. Nobody is in two places at once: those here are counted by their stays."""
    here = Presence.objects.filter(ends=None).order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    counted = Person.objects.aggregate(known=Count("*"), left=Count("*") - Coalesce(Subquery(here), 0))
    return counted["known"], counted["left"]


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at once as a statement takes."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def is_here(person: str) -> Exists:
    """Whether the person whom a field names is at the site; asked row by row, where few rows are read."""
    return Exists(Presence.objects.filter(person=OuterRef(person), ends=None))


def years_before(on: date, years: int) -> date:
    return on.replace(year=on.year - years, day=min(on.day, 28) if (on.month, on.day) == (2, 29) else on.day)
