"""What the entries of a ledger need to know where they come back: whose they are, when, and where to hold what waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from safeconduct.register.models import HeldChange, Person, Travel


@dataclass
class Times:
    """Moments told by the clock of a copy, held within the time that it was away."""

    earliest: datetime
    latest: datetime
    moved: int = 0
    told: list[datetime] = field(default_factory=list)  # the first and last moment that cannot be true

    def within(self, told: str | datetime) -> datetime:
        """The moment, or the nearest one at which the copy was away."""
        moment = datetime.fromisoformat(told) if isinstance(told, str) else told
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        held = min(max(moment, self.earliest), self.latest)
        if held != moment:
            self.moved += 1
            self.told = [min([moment, *self.told]), max([moment, *self.told])]
        return held


@dataclass
class Entering:
    """One person's entries on their way in."""

    travel: Travel
    person: Person
    times: Times
    known: dict[str, list[str]]  # ledger → the entries that were taken along
    withdrawn: frozenset[str]  # consents that were withdrawn on the copy
    held: list[HeldChange] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)

    def moment(self, told: str) -> datetime:
        """A moment of the copy's clock, within the time that it was away."""
        return self.times.within(told)

    def hold(self, part: str, slot: str, why: str, base: Any, brought: Any, stands: Any) -> None:
        """Let something wait for a decision."""
        self.held.append(HeldChange(
            travel=self.travel, person=self.person, part=part, slot=slot, why=why, base=base, brought=brought, stands=stands
        ))  # fmt: skip
