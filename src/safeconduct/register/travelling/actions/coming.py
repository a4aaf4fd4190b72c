"""Bringing a copy back, in one transaction: either all of it is in the register afterwards, or nothing.

What only the copy changed is written; what both changed, or what its holder may no longer write, is held for a decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.audit import chain
from safeconduct.core.audit.models import Outcome
from safeconduct.register.access import open_among
from safeconduct.register.actions.cases import open_cases
from safeconduct.register.models import HeldChange, Person, Travel, TravellingRecord, WhyHeld
from safeconduct.register.travelling import persons
from safeconduct.register.travelling.actions.putting import Contradicts, put, record_of
from safeconduct.register.travelling.entering import Entering, Times
from safeconduct.register.travelling.merge import three_way
from safeconduct.register.travelling.parts import Ledger, ledgers, parts
from safeconduct.register.travelling.reading import Brought, BroughtPerson
from safeconduct.register.travelling.refusals import BackBefore, LostCopy, NotTheTravellers, day_of

_RECORDS = "register.register"
# What the software wrote while it made the copy; all else on its chain was somebody's.
_BEGINNING = ("site", "setup", "nobody")


@dataclass
class Outcomes:
    """What became of a copy: numbers for the command that brought it."""

    changed: int = 0
    new: int = 0
    entries: int = 0
    held: int = 0
    alike: int = 0
    erased: int = 0
    renumbered: list[tuple[str, str]] = field(default_factory=list)
    moments: int = 0
    clock: tuple[datetime, datetime] | None = None


@action(permission="register.travel", audit=gettext_noop("cases brought back"))
def bring_back(*, by: Actor, travel: Travel, brought: Brought, at: datetime) -> Outcomes:
    """Write what a copy brings. Raises LostCopy, BackBefore, NotTheTravellers."""
    travel.refresh_from_db()
    if travel.lost_at is not None:
        raise LostCopy(day=day_of(travel.lost_at))
    if travel.back_at is not None:
        raise BackBefore()
    if travel.account_id != by.account and not by.may("register.see_all_travels"):
        raise NotTheTravellers()
    coming = _Coming(travel, travel.account.actor(), Times(min(travel.taken_at, at), max(travel.taken_at, at)))
    coming.all(brought, at)
    travel.back_at, travel.back_by_id, travel.acts = at, by.account, brought.last_act
    travel.save(update_fields=["back_at", "back_by", "acts"])
    TravellingRecord.objects.filter(travel=travel).delete()
    _write_acts(travel, brought, coming.times, at)
    out = coming.out
    out.moments, out.clock = coming.times.moved, (coming.times.told[0], coming.times.told[1]) if coming.times.told else None
    remark(account=travel.account_id, changed=out.changed, new=out.new, held=out.held, subject=f"register.travel:{travel.pk}")
    return out


def _write_acts(travel: Travel, brought: Brought, times: Times, at: datetime) -> None:
    """What was done on the copy, entry by entry, with the time that its clock told."""
    for act in brought.acts:
        if act.actor.partition(":")[0] in _BEGINNING:
            continue
        times.within(act.at)
        chain.append(
            at=at, actor=f"copy:{travel.account_id}", act=act.act, outcome=Outcome(act.outcome), subject=act.subject,
            facts={"travel": travel.pk, "number": act.number, "told": act.at.isoformat(), "digest": act.digest},
        )  # fmt: skip


@dataclass
class _Coming:
    """One copy on its way in."""

    travel: Travel
    holder: Actor
    times: Times
    out: Outcomes = field(default_factory=Outcomes)

    def all(self, brought: Brought, at: datetime) -> None:
        bases = dict(TravellingRecord.objects.filter(travel=self.travel).values_list("person_id", "base"))
        here = {person.pk: person for person in Person.every.filter(pk__in=[each.pk for each in brought.people])}
        fresh = [each for each in brought.people if each.pk not in here]
        for each in fresh:
            here[each.pk] = self._register(each, at)
        known = [each for each in brought.people if each.pk in bases or each in fresh]
        self.out.erased = sum(here[each.pk].erased_at is not None for each in brought.people)
        for each in sorted(known, key=lambda one: one not in fresh):
            if here[each.pk].erased_at is None:
                self._person(here[each.pk], each, bases.get(each.pk, {}), at, new=each in fresh)
        open_cases([each.pk for each in fresh], by=self.holder, at=at)

    def _register(self, each: BroughtPerson, at: datetime) -> Person:
        """Somebody who was registered on the copy; under another number where this one is taken here."""
        number, given, n = each.row.number, each.row.number, 2
        while Person.every.filter(number=given).exists():
            given, n = f"{number}-{n}", n + 1
        if given != number:
            self.out.renumbered.append((number, given))
        self.out.new += 1
        row = each.row
        columns = {name: getattr(row, name) for slot in persons.SLOTS.values() for name in slot if name != "number"}
        return Person.objects.create(
            pk=row.pk, number=given, registered_at=self.times.within(row.registered_at), changed_at=at, **columns
        )

    def _person(self, person: Person, came: BroughtPerson, base: dict[str, Any], at: datetime, *, new: bool) -> None:
        stands = person
        while stands.merged_into is not None:
            stands = stands.merged_into
        why = "" if new else self._why_not(stands, person)
        known = {name: base.get(name, []) for name in ledgers()}
        entering = Entering(self.travel, stands, self.times, known, frozenset(e["id"] for e in came.entries.get("withdrawals", ())))
        wrote = self._slots(entering, came, base, why, new)
        for ledger in ledgers().values():
            wrote += self._entries(entering, ledger, came, why)
        if wrote and not new:
            self.out.changed += 1
            Person.objects.filter(pk=stands.pk).update(changed_at=at)
        HeldChange.objects.bulk_create(entering.held)
        self.out.held += len(entering.held)

    def _why_not(self, stands: Person, person: Person) -> str:
        if stands.pk != person.pk:
            return WhyHeld.MERGED
        if not self.holder.roles:
            return WhyHeld.NO_RIGHT
        return "" if open_among(self.holder, [stands.pk]) else WhyHeld.NOT_YOURS

    def _slots(self, entering: Entering, came: BroughtPerson, base: dict[str, Any], why: str, new: bool) -> int:
        wrote = 0
        for name in (persons.NAME, *parts()):
            if new and name == persons.NAME:
                continue
            if came.parts[name] == base.get(name, {}):
                continue
            write = _RECORDS if name == persons.NAME else parts()[name].write
            stands = record_of(name, entering.person)
            merged = three_way(base.get(name, {}), came.parts[name], stands)
            self.out.alike += merged.both
            for slot, value in merged.write.items():
                was = stands.get(slot, [])
                reason = why or ("" if new or self.holder.may(write) else WhyHeld.NO_RIGHT)
                if not reason:
                    try:
                        put(name, entering.person, slot, value)
                        wrote += 1
                        continue
                    except Contradicts:
                        reason = WhyHeld.CLASH
                entering.hold(name, slot, reason, was, value, was)
            for clash in merged.clashes:
                entering.hold(name, clash.slot, why or WhyHeld.BOTH, clash.base, clash.brought, clash.stands)
        return wrote

    def _entries(self, entering: Entering, ledger: Ledger, came: BroughtPerson, why: str) -> int:
        wrote = 0
        for entry in _fresh(ledger, entering, came.entries[ledger.name]):
            reason = why or ("" if self.holder.may(ledger.write) else WhyHeld.NO_RIGHT)
            shut = ledger.name == "consents" and entry["id"] in entering.withdrawn  # opens nothing any more
            if reason and ledger.decide is not None and not shut:
                entering.hold(ledger.name, entry["id"], reason, [], entry, [])
            else:
                before = len(entering.held)
                ledger.enter(entering, entry)
                wrote += len(entering.held) == before
        self.out.entries += wrote
        return wrote


def _fresh(ledger: Ledger, entering: Entering, entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The entries that were neither taken along nor stand here."""
    if all(entry["id"] in entering.known[ledger.name] for entry in entries):
        return iter(())
    here = {entry["id"] for entry in ledger.entries(entering.person.pk, "default")} | set(entering.known[ledger.name])
    return (entry for entry in entries if entry["id"] not in here)
