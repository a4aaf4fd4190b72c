"""From the register, the offers and the choices to the engine's problem: who moves together, and which offers exist for whom.

Pure: plain values in, plain values out. Two hard rules live here. An offer that a person did not choose does not exist for
that person. An unaccompanied or separated child enters no plan, split or return without a best-interests decision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from safeconduct.register.api import Resident, may_enter_plan
from safeconduct.routes.api import MarkKind, StandingChoice, check_case, clause_text, facts_of, rule_of

FIRST_CHOICE = 1000  # milli-points a person
LATER_CHOICE = 50  # less for each place further down
LOWEST = 500
STILL_PRIVATE = "group_choices_open"
LEVELS = {"normal": 0, "urgent": 1, "emergency": 2}


@dataclass(frozen=True)
class OfferCase:
    """An offer as it enters a problem."""

    id: UUID
    kind: str
    destination: str
    criteria: str
    refused: str = ""  # why it may not be planned, as a code; empty when it may


@dataclass(frozen=True)
class UnitOption:
    """One offer that exists for a unit."""

    offer: UUID
    value: int
    link: bool
    rank: int


@dataclass
class Unit:
    """People who move together or not at all."""

    members: list[Resident]
    options: list[UnitOption] = field(default_factory=list)
    alone: bool = False

    @property
    def adults(self) -> list[Resident]:
        return [m for m in self.members if not m.child]

    @property
    def children(self) -> list[Resident]:
        return [m for m in self.members if m.child]


@dataclass(frozen=True)
class Blocked:
    """Why an offer does not exist for a person: a code and numbers."""

    offer: UUID | None  # None: it concerns every offer
    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Cases:
    """Everything that a plan starts from: the units with options, and for each person what stood in the way before."""

    units: list[Unit] = field(default_factory=list)
    blocked: dict[UUID, list[Blocked]] = field(default_factory=lambda: defaultdict(list))
    outside: dict[UUID, str] = field(default_factory=dict)  # person → why the person enters no unit
    wanted: dict[UUID, list[UUID]] = field(
        default_factory=dict
    )  # person → the offers said yes to, best first, as far as choices count
    private: set[UUID] = field(default_factory=set)  # group transfers about which everybody still decides: nobody's answer is told


def build(
    residents: Sequence[Resident], choices: Mapping[UUID, StandingChoice], offers: Sequence[OfferCase],
    marks: Mapping[tuple[UUID, UUID], str], *, on: date,
) -> Cases:  # fmt: skip
    """Units and their options. `marks` gives “pin” or “bar” for (person, offer)."""
    cases = Cases(private={offer.id for offer in offers if offer.refused == STILL_PRIVATE})
    able = [r for r in residents if _enters(r, choices, cases)]
    tied = _children_tied_to(residents, cases)
    for unit in _units(able, residents, choices, cases):
        kept = _kept_by_a_child(unit, tied)
        if kept:
            for member in unit.members:
                cases.blocked[member.id].append(Blocked(None, kept))
        else:
            add_options(unit, choices, offers, marks, cases)
        cases.units.append(unit)
    return cases


def _enters(person: Resident, choices: Mapping[UUID, StandingChoice], cases: Cases) -> bool:
    """Whether a person can be part of a unit; the reason is kept where not."""
    verdict = may_enter_plan(unaccompanied=person.unaccompanied, **_decided(person))
    if not verdict.allowed:
        cases.outside[person.id] = verdict.code
        return False
    choice = choices.get(person.id)
    if choice is not None and choice.wanted():
        cases.wanted[person.id] = [answer.offer for answer in choice.wanted()]
    if person.family is None and choice is None:
        cases.outside[person.id] = "no_choice"
        return False
    return True


def _units(
    able: Sequence[Resident], everybody: Sequence[Resident], choices: Mapping[UUID, StandingChoice], cases: Cases
) -> list[Unit]:
    """Families together; whoever chose to go alone apart, unless children would stay behind without an adult."""
    families: dict[UUID, list[Resident]] = defaultdict(list)
    whole: dict[UUID, list[Resident]] = defaultdict(list)
    units: list[Unit] = []
    for person in everybody:
        if person.family:
            whole[person.family].append(person)
    for person in able:
        if person.family is None:
            units.append(Unit([person]))
        else:
            families[person.family].append(person)
    for family, members in families.items():
        alone = [m for m in members if _goes_alone(m, choices)]
        left = [m for m in whole[family] if m not in alone]
        if left and all(m.child for m in left) and not all(_may_be_parted(m) for m in left):
            # The children would stay without an adult: a split that only a best-interests decision opens.
            for person in alone:
                cases.blocked[person.id].append(Blocked(None, "children_would_stay_without_adult"))
            alone = []
        units += [Unit([person], alone=True) for person in alone]
        together = [m for m in members if m not in alone]
        if together:
            units.append(Unit(together))
    return units


def _children_tied_to(everybody: Sequence[Resident], cases: Cases) -> Mapping[UUID, list[Resident]]:
    """Family → its children who enter no plan; guardian → the children guarded; but for those whom a decision lets be parted."""
    tied: dict[UUID, list[Resident]] = defaultdict(list)
    for child in everybody:
        if child.child and not _may_be_parted(child):
            if child.family is not None and child.id in cases.outside:
                tied[child.family].append(child)
            for guardian in child.guardians:
                tied[guardian].append(child)
    return tied


def _kept_by_a_child(unit: Unit, tied: Mapping[UUID, list[Resident]]) -> str:
    """Why these people wait, as a code: a child among them would leave without an adult, or one would stay behind.

    Source: Convention on the Rights of the Child, articles 3, 9 and 12; UNHCR, Best Interests Procedure Guidelines (2021).
    """
    if not unit.adults:
        verdicts = [may_enter_plan(unaccompanied=True, **_decided(member)) for member in unit.members]
        if not all(verdict.allowed for verdict in verdicts):
            return next(verdict.code for verdict in verdicts if not verdict.allowed)
    family = unit.members[0].family
    ties = [member.id for member in unit.members] + ([family] if family is not None and not unit.alone else [])
    stay = (child for tie in ties for child in tied.get(tie, ()) if child not in unit.members)
    return "child_would_stay_behind" if any(stay) else ""


def _decided(member: Resident) -> dict[str, bool]:
    return {"decision_allows": member.decision.get("plan", False), "own_views_heard": member.decision.get("heard", False)}


def _may_be_parted(child: Resident) -> bool:
    """Whether a decision lets a child be parted from its family, after its own views were heard."""
    return child.decision.get("split", False) and child.decision.get("heard", False)


def _goes_alone(person: Resident, choices: Mapping[UUID, StandingChoice]) -> bool:
    choice = choices.get(person.id)
    if choice is None or not choice.alone or not choice.wanted():
        return False
    return not person.child or _may_be_parted(person)


def add_options(
    unit: Unit,
    choices: Mapping[UUID, StandingChoice],
    offers: Sequence[OfferCase],
    marks: Mapping[tuple[UUID, UUID], str],
    cases: Cases,
) -> None:
    """The offers that every deciding member chose, that the rules allow, and that no officer barred."""
    deciding = unit.adults or unit.members  # children with adults follow them; a child alone decides with its own views
    pinned = {
        offer for (person, offer), kind in marks.items() if kind == MarkKind.PIN and any(m.id == person for m in unit.members)
    }
    for offer in offers:
        for member in unit.members:
            code, numbers = _in_the_way(member, unit, deciding, offer, choices, marks, pinned)
            if code:
                cases.blocked[member.id].append(Blocked(offer.id, code, numbers))
        ranks = [_rank(member, offer.id, choices) for member in deciding]
        if all(rank is not None for rank in ranks) and not _refused(unit, deciding, offer, choices, marks, pinned):
            worth = [max(FIRST_CHOICE - LATER_CHOICE * (rank - 1), LOWEST) for rank in ranks if rank is not None]
            value = sum(worth) + (len(unit.members) - len(worth)) * (sum(worth) // len(worth))
            link = any(offer.destination in member.family_links for member in unit.members)
            unit.options.append(UnitOption(offer.id, value, link, min(rank for rank in ranks if rank is not None)))


def _rank(member: Resident, offer: UUID, choices: Mapping[UUID, StandingChoice]) -> int | None:
    """The place of an offer among the yeses that count; None where the person did not choose it."""
    choice = choices.get(member.id)
    if choice is None:
        return None
    return next((n for n, answer in enumerate(choice.wanted(), 1) if answer.offer == offer), None)


def _refused(
    unit: Unit, deciding: Sequence[Resident], offer: OfferCase, choices: Mapping[UUID, StandingChoice],
    marks: Mapping[tuple[UUID, UUID], str], pinned: set[UUID],
) -> bool:  # fmt: skip
    return any(_in_the_way(member, unit, deciding, offer, choices, marks, pinned)[0] for member in unit.members)


def _in_the_way(
    member: Resident, unit: Unit, deciding: Sequence[Resident], offer: OfferCase, choices: Mapping[UUID, StandingChoice],
    marks: Mapping[tuple[UUID, UUID], str], pinned: set[UUID],
) -> tuple[str, dict[str, Any]]:  # fmt: skip
    """The first thing that keeps this offer from this person: own choice, offer, rule, officer, child, family."""
    if offer.refused == STILL_PRIVATE:
        return offer.refused, {}  # the same for everybody, whatever the answer
    own = _own_answer(member, deciding, offer.id, choices)
    if own:
        return own, {}
    if offer.refused:
        return offer.refused, {}
    failed = _failed_clause(unit, offer)
    if failed is not None:
        return failed
    if marks.get((member.id, offer.id)) == MarkKind.BAR:
        return "barred", {}
    if pinned and offer.id not in pinned:
        return "pinned_elsewhere", {}
    returning = offer.kind == "voluntary_repatriation"
    if returning and any((m.unaccompanied or not unit.adults) and not m.decision.get("return") for m in unit.members):
        return "no_best_interests_decision", {}
    if any(_rank(each, offer.id, choices) is None for each in deciding):
        return "family_not_agreed", {}
    return "", {}


def _own_answer(member: Resident, deciding: Sequence[Resident], offer: UUID, choices: Mapping[UUID, StandingChoice]) -> str:
    if member not in deciding:
        return ""
    choice = choices.get(member.id)
    answer = next((a for a in choice.answers if a.offer == offer), None) if choice else None
    if choice is None or answer is None:
        return "not_chosen"
    if answer.answer != "yes":
        return "declined" if answer.answer == "no" else "not_now"
    if not choice.counts.allowed:
        return choice.counts.code
    return "" if answer.counts.allowed else answer.counts.code


def _failed_clause(unit: Unit, offer: OfferCase) -> tuple[str, dict[str, Any]] | None:
    verdicts = check_case(rule_of(offer.criteria), [facts_of(m) for m in unit.adults], [facts_of(m) for m in unit.children])
    for clause in verdicts:
        if not clause.verdict.allows:
            code = "rule_not_known" if clause.verdict.met is None else "rule_not_met"
            return code, {"clause": clause.position, "condition": clause_text(clause.clause)}
    return None
