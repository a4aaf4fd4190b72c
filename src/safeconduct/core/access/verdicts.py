"""A verdict: whether a rule allows something, and the code of the reason."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.access.refusals import Refusal


@dataclass(frozen=True)
class Verdict:
    """Allowed, or refused with a code."""

    allowed: bool
    code: str = ""

    def or_raise(self, refusal: type[Refusal]) -> None:
        """Raise the refusal, carrying the verdict's code, unless allowed."""
        if not self.allowed:
            raise refusal(why=self.code)


def allowed() -> Verdict:
    """The rule allows it."""
    return Verdict(True)


def refused(code: str) -> Verdict:
    """The rule refuses it for this reason."""
    return Verdict(False, code)
