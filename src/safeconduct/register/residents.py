"""What placement, and what waits for a child, need to know of everybody who is here; without a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from safeconduct.core.access.api import Actor
from safeconduct.core.reads.api import only_computing, quietly
from safeconduct.register.access import visible_to
from safeconduct.register.models import (
    BestInterestsDecision,
    EarlierResidence,
    FamilyLink,
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
from safeconduct.register.queries import in_parts, is_here, years_before
from safeconduct.register.rules import UNACCOMPANIED_OR_SEPARATED, is_child, is_unaccompanied_or_separated, whole_years
from safeconduct.register.together import read_together

_GUARDS = (RelationKind.GUARDIAN, RelationKind.CUSTODY)
_OF_CHILDREN = Q(code__startswith="CR-") | Q(code__startswith="SC-")


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
    for someone in quietly(found.iterator(chunk_size=2000)):
        yield side.resident(someone, on)


def here_since() -> dict[UUID, date]:
    """Person → the first day at the site, for those who are here and where it is known; moves between blocks do not count anew."""
    found = Presence.objects.filter(is_here("person")).values_list("person").annotate(first=Min("starts"))
    return {person: first for person, first in found if first is not None}


def company(people: Collection[UUID]) -> set[UUID]:
    """Everybody here among these people, in their families, and among the children whom they guard."""
    families = Membership.objects.filter(ends=None, person__in=people).values("family")
    wards = Relation.objects.filter(ends=None, person__in=people, kind__in=_GUARDS)
    together = set(Membership.objects.filter(ends=None, family__in=families).values_list("person_id", flat=True))
    wanted = together.union(people, wards.values_list("other_id", flat=True))
    return set(Presence.objects.filter(ends=None, person__in=wanted).values_list("person_id", flat=True))


def guards() -> QuerySet[Relation]:
    """Guardianship and custody that hold. A guardian who has left, or whom somebody disputes, guards nobody here."""
    return Relation.objects.filter(is_here("person"), kind__in=_GUARDS, ends=None, disputed_by="")


def adults(on: date) -> QuerySet[Membership]:
    """The memberships of those who are here and not treated as children (`rules.is_child`, as the database asks it)."""
    of_child = Need.objects.filter(_OF_CHILDREN, person=OuterRef("person"), ends=None)
    grown = Q(person__born_latest__lte=years_before(on, 18)) | Q(person__born_latest=None) & ~Exists(of_child)
    return Membership.objects.filter(grown, is_here("person"), ends=None)


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
    need, adult_since = Need.objects.filter(person=OuterRef("pk"), ends=None), years_before(on, 18)
    undated = Q(born_latest=None) & Exists(need.filter(_OF_CHILDREN))
    # Most children live with somebody who is surely an adult; all that the rule asks is read of the others only.
    adult = Membership.objects.filter(
        is_here("person"), ends=None, person__born_latest__lte=adult_since,
        family__memberships__person=OuterRef("pk"), family__memberships__ends=None,
    )  # fmt: skip
    alone = Exists(need.filter(code__in=UNACCOMPANIED_OR_SEPARATED)) | ~Exists(adult)
    young = visible_to(seen_by).filter(Q(born_latest__gt=adult_since) | undated, is_here("pk"), alone)
    with only_computing():
        return [pk for part in in_parts(list(young)) for pk in _without_decision(part, on)]


def _without_decision(people: Sequence[Person], on: date) -> Iterator[UUID]:
    """Those of these people to whom the rule applies; what it asks is read of them together."""
    read_together(people, "needs", "memberships", "best_interests")
    families = {each.pk: next((m.family_id for m in each.memberships.all() if m.ends is None), None) for each in people}
    grown = Counter(adults(on).filter(family__in={*families.values()} - {None}).values_list("family_id", flat=True))
    guarded = set(guards().filter(other__in=[each.pk for each in people]).values_list("other_id", flat=True))
    for each in people:
        needs = [need.code for need in each.needs.all() if need.ends is None]
        made = [one for one in each.best_interests.all() if one.decided_on <= on]
        newest = max(made, key=lambda one: (one.decided_on, one.pk), default=None)
        unit = families[each.pk]
        alone = is_unaccompanied_or_separated(
            child=is_child(each.born_latest, needs=needs, on=on), needs=needs, adults_in_family=grown[unit] if unit else 0,
            has_guardian=each.pk in guarded,
        )  # fmt: skip
        if alone and not (newest and newest.allows_plan):
            yield each.pk
