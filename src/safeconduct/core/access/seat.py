"""A seat: what a session in a browser knows of itself. How long it lasts, and when it is locked, over, or not yet whole.

It lies in the library's session, so that a page that only reads may renew it. Times are seconds of the real clock: a
demonstration stands at a day of the past, and a session there ends nevertheless.

Source: OWASP ASVS 5.0, 7.3.1 (idle), 7.3.2 (at most), 7.5.1 (proof again before factors change).
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import asdict, dataclass, field
from typing import Any

IDLE = 15 * 60
WARNED = 2 * 60  # before it
LONGEST = 8 * 3600
PROOF_HOLDS = 10 * 60
RENEWED = 30  # seconds between two notes of when a session was last used
STEPPED_BACK = 60  # a clock that was set back by more locks the screen
KEY = "seat"

# What a page may open to, the first first: a locked session opens least.
STAGES = ("locked", "password", "factor", "ready")


@dataclass
class Seat:
    """One session: its row, its machine, when it began, was seen and was proven, and what its holder still owes."""

    row: int
    began: float
    seen: float
    proven: float
    machine: str
    address: str
    locked: bool = False
    owes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, session: MutableMapping[str, Any]) -> Seat | None:
        """The seat of a session; None where nobody took one."""
        kept = session.get(KEY)
        return cls(**kept) if kept else None

    def keep(self, session: MutableMapping[str, Any]) -> None:
        """Write it down in the session."""
        session[KEY] = asdict(self)

    def is_over(self, now: float) -> bool:
        """Whether the longest time is over, however busy it was."""
        return now - self.began >= LONGEST

    def is_elsewhere(self, machine: str, address: str) -> bool:
        """Whether it is used by another browser, or from another address, than it began with."""
        return (machine, address) != (self.machine, self.address)

    def is_locked(self, now: float) -> bool:
        """Whether its screen is covered: by hand, or after a quarter of an hour without anybody."""
        return self.locked or not -STEPPED_BACK <= now - self.seen < IDLE

    def stage(self, now: float) -> str:
        """How far it opens: `locked`, or `password` or `factor` while its holder owes one, or `ready`."""
        if self.is_locked(now):
            return "locked"
        return next((step for step in STAGES if step in self.owes), "ready")

    def is_proven(self, now: float) -> bool:
        """Whether its holder proved lately who it is."""
        return -STEPPED_BACK <= now - self.proven < PROOF_HOLDS


def opens(page: str, stage: str) -> bool:
    """Whether a page that opens from one stage on opens at another."""
    return STAGES.index(page) <= STAGES.index(stage)
