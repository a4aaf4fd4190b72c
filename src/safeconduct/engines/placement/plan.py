"""The answer: who goes where, what it is worth, and what nobody can beat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .prices import Certificate
from .problem import Ints

PLAN_FORMAT = "safeconduct-plan-1"


@dataclass(frozen=True)
class StageResult:
    """One urgency level's `value` and `bound` in milli-points; `bound_by` says who vouches for the bound.

    Shapes: single numbers. Units: milli-points.
    Source: the format `safeconduct-plan-1`.
    """

    level: int
    value: int
    bound: int
    bound_by: str = "solver"


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan: `assign` is (U,), each unit's route or -1; `value` and `bound` are whole milli-points.

    `status` is optimal, feasible (time ended first) or infeasible (`relaxation`: persons short a group; no
    assignment). `bound_by` is prices where `certificate` alone proves `bound`, else solver. `stages` holds one
    result a level, the highest first, where the problem has levels; each level's value is best given those
    above, and `bound` still holds for every feasible plan.

    Shapes: `assign` (U,). Units: milli-points; persons in `relaxation`.
    Source: the format `safeconduct-plan-1`.
    """

    problem: str
    status: str
    assign: Ints | None = None
    value: int | None = None
    bound: int | None = None
    bound_by: str | None = None
    certificate: Certificate | None = None
    stages: tuple[StageResult, ...] | None = None
    relaxation: Mapping[int, int] | None = None

    def to_mapping(self, seconds: float | None = None) -> dict[str, Any]:
        """The plan as the format's object, ready for JSON; `seconds` were measured by the caller."""
        out: dict[str, Any] = {
            "format": PLAN_FORMAT,
            "problem": self.problem,
            "status": self.status,
            "assign": None if self.assign is None else self.assign.tolist(),
            "value": self.value,
            "bound": self.bound,
            "bound_by": self.bound_by,
            "certificate": None if self.certificate is None else self.certificate.to_mapping(),
            "seconds": seconds,
        }
        if self.stages is not None:
            out["stages"] = [vars(stage).copy() for stage in self.stages]
        if self.relaxation is not None:
            out["relaxation"] = {str(group): short for group, short in self.relaxation.items()}
        return out
