"""What pages and other rooms read of the register; every query starts from `visible_to`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from safeconduct.core.access.api import Actor
from safeconduct.register.access import visible_to
from safeconduct.register.models import (
    BestInterestsDecision,
    Consent,
    EarlierResidence,
    FamilyLink,
    FamilyUnit,
    Membership,
    Nationality,
    Need,
    Person,
    Presence,
    ProtectionStatus,
    Relation,
    RelationKind,
    Urgency,
)
from safeconduct.register.needs import is_medical
from safeconduct.register.rules import (
    UNACCOMPANIED_OR_SEPARATED,
    is_child,
    is_unaccompanied_or_separated,
    whole_years,
)

PAGE = 25
_AT_ONCE = 5000  # a statement takes only so many values
_GUARDS = (RelationKind.GUARDIAN, RelationKind.CUSTODY)
_OF_CHILDREN = Q(code__startswith="CR-") | Q(code__startswith="SC-")


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
        found = found.filter(_is_here("pk"))
    elif shown.presence == "left":
        found = found.filter(~_is_here("pk"))
    if shown.age:
        adult_since, older_since = _years_before(on, 18), _years_before(on, 60)
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
    return sum(Presence.objects.filter(ends=None, person__in=part).count() for part in _parts(list(people)))


def left() -> int:
    """How many people have left. Nobody is in two places at once, so those who are here are counted by their stays."""
    here = Presence.objects.filter(ends=None).order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    return Person.objects.aggregate(left=Count("pk") - Coalesce(Subquery(here), 0))["left"]


@dataclass(frozen=True)
class Resident:
    """What placement needs to know of one person who is here; no name."""

    id: UUID
    number: str
    family: UUID | None
    child: bool
    unaccompanied: bool
    guardians: frozenset[UUID]  # who is here and guards the person or has custody, undisputed
    decision: Mapping[str, bool]  # plan, split, return, heard; empty where none was made
    urgency: str
    medical: bool
    ages: tuple[int, int] | None
    sex: str
    status: str
    nationalities: frozenset[str]
    earlier_residences: frozenset[str]
    family_links: frozenset[str]
    needs: frozenset[str]


def residents(*, on: date, only: Collection[UUID] | None = None) -> Iterator[Resident]:
    """Everybody who is at the site on a day, by number, with what eligibility and placement ask."""
    present = Presence.objects.filter(ends=None).values("person")
    found = Person.objects.filter(pk__in=present if only is None else only).order_by("number")
    side = _Side(only, on)
    for someone in found.iterator(chunk_size=2000):
        yield side.resident(someone, on)


def company(people: Collection[UUID]) -> set[UUID]:
    """Everybody here among these people, in their families, and among the children whom they guard."""
    families = Membership.objects.filter(ends=None, person__in=people).values("family")
    wards = Relation.objects.filter(ends=None, person__in=people, kind__in=_GUARDS)
    together = set(Membership.objects.filter(ends=None, family__in=families).values_list("person_id", flat=True))
    wanted = together.union(people, wards.values_list("other_id", flat=True))
    return set(Presence.objects.filter(ends=None, person__in=wanted).values_list("person_id", flat=True))


def guards() -> QuerySet[Relation]:
    """Guardianship and custody that hold. A guardian who has left, or whom somebody disputes, guards nobody here."""
    return Relation.objects.filter(_is_here("person"), kind__in=_GUARDS, ends=None, disputed_by="")


def adults(on: date) -> QuerySet[Membership]:
    """The memberships of those who are here and not treated as children (`rules.is_child`, as the database asks it)."""
    of_child = Need.objects.filter(_OF_CHILDREN, person=OuterRef("person"), ends=None)
    grown = Q(person__born_latest__lte=_years_before(on, 18)) | Q(person__born_latest=None) & ~Exists(of_child)
    return Membership.objects.filter(grown, _is_here("person"), ends=None)


class _Side:
    """The tables beside a person, read once each."""

    def __init__(self, only: Collection[UUID] | None, on: date) -> None:
        def rows(model: type, *fields: str, **where: object) -> QuerySet:
            found = model.objects.filter(**where)  # type: ignore[attr-defined]
            return (found if only is None else found.filter(person__in=only)).values_list("person_id", *fields)

        self.needs, self.nationalities = defaultdict(set), defaultdict(set)
        self.residences, self.links = defaultdict(set), defaultdict(set)
        for table, model in ((self.nationalities, Nationality), (self.residences, EarlierResidence), (self.links, FamilyLink)):
            for pk, country in rows(model, "country"):
                table[pk].add(country)
        for pk, code in rows(Need, "code", ends=None):
            self.needs[pk].add(code)
        self.status = dict(rows(ProtectionStatus, "status", ends=None))
        self.family = dict(rows(Membership, "family_id", ends=None))
        self.decision: dict[UUID, BestInterestsDecision] = {}
        found = BestInterestsDecision.objects.filter(decided_on__lte=on).order_by("decided_on", "pk")
        for made in found if only is None else found.filter(person__in=only):
            self.decision[made.person_id] = made
        guarding = guards() if only is None else guards().filter(other__in=only)
        self.guardians: dict[UUID, set[UUID]] = defaultdict(set)
        for guardian, ward in guarding.values_list("person_id", "other_id"):
            self.guardians[ward].add(guardian)
        units = adults(on)
        if only is not None:
            units = units.filter(family__in=Membership.objects.filter(ends=None, person__in=only).values("family"))
        self.adults = Counter(units.values_list("family_id", flat=True))

    def resident(self, someone: Person, on: date) -> Resident:
        pk = someone.pk
        needs = frozenset(self.needs.get(pk, ()))
        child = is_child(someone.born_latest, needs=needs, on=on)
        unit, made = self.family.get(pk), self.decision.get(pk)
        guardians = frozenset(self.guardians.get(pk, ()))
        return Resident(
            id=pk, number=someone.number, family=unit, child=child,
            unaccompanied=is_unaccompanied_or_separated(
                child=child, needs=needs, adults_in_family=self.adults[unit] if unit else 0, has_guardian=bool(guardians)
            ),
            guardians=guardians,
            decision={"plan": made.allows_plan, "split": made.allows_family_split, "return": made.allows_return,
                      "heard": made.own_views_heard} if made else {},
            urgency=someone.urgency or Urgency.NORMAL,
            medical=any(is_medical(code) for code in needs),
            ages=ages(someone, on), sex=someone.sex, status=self.status.get(pk, ""),
            nationalities=frozenset(self.nationalities.get(pk, ())),
            earlier_residences=frozenset(self.residences.get(pk, ())),
            family_links=frozenset(self.links.get(pk, ())), needs=needs,
        )  # fmt: skip


def ages(someone: Person, on: date) -> tuple[int, int] | None:
    """Youngest and oldest possible age in whole years; None where no birth date is known."""
    if someone.born_earliest is None or someone.born_latest is None:
        return None
    return max(whole_years(someone.born_latest, on), 0), max(whole_years(someone.born_earliest, on), 0)


def children_without_decision(*, seen_by: Actor, on: date) -> list[UUID]:
    """Unaccompanied or separated children for whom no decision allows a plan: their protection officer's first work."""
    need, adult_since = Need.objects.filter(person=OuterRef("pk"), ends=None), _years_before(on, 18)
    undated = Q(born_latest=None) & Exists(need.filter(_OF_CHILDREN))
    # Most children live with somebody who is surely an adult; all that the rule asks is read of the others only.
    adult = Membership.objects.filter(
        _is_here("person"), ends=None, person__born_latest__lte=adult_since,
        family__memberships__person=OuterRef("pk"), family__memberships__ends=None,
    )  # fmt: skip
    alone = Exists(need.filter(code__in=UNACCOMPANIED_OR_SEPARATED)) | ~Exists(adult)
    young = visible_to(seen_by).filter(Q(born_latest__gt=adult_since) | undated, _is_here("pk"), alone)
    found = list(young.values_list("pk", flat=True))
    return [r.id for part in _parts(found) for r in residents(on=on, only=part) if r.unaccompanied and not r.decision.get("plan")]


def _parts(people: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (people[start : start + _AT_ONCE] for start in range(0, len(people), _AT_ONCE))


def _is_here(person: str) -> Exists:
    """Whether the person whom a field names is at the site; asked row by row, where few rows are read."""
    return Exists(Presence.objects.filter(person=OuterRef(person), ends=None))


def _years_before(on: date, years: int) -> date:
    return on.replace(year=on.year - years, day=min(on.day, 28) if (on.month, on.day) == (2, 29) else on.day)
