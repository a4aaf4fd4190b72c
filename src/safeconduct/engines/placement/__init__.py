"""Placement: who goes where, proven best, with prices, reasons and a certificate."""

from .certificate import check
from .claims import PlanFault
from .compare import Comparison, compare
from .fairness import Envy, Fairest, fairest_floors, justified_envy
from .faults import Fault, ProblemFaults
from .highs import Limit, SearchFailed
from .places import MoreOptions, MorePlaces, more_options, more_places
from .plan import PLAN_FORMAT, Plan, StageResult
from .prices import Branch, Certificate, Prices, certify
from .problem import FORMAT, NO_LIMIT, SCALE, Problem
from .reasons import Change, OptionReason, Reasons, UnitReasons
from .repair import Repair, repair
from .solve import solve
from .unreachable import Unreachable, unreachable

__all__ = [
    "FORMAT",
    "NO_LIMIT",
    "PLAN_FORMAT",
    "SCALE",
    "Branch",
    "Certificate",
    "Change",
    "Comparison",
    "Envy",
    "Fairest",
    "Fault",
    "Limit",
    "MoreOptions",
    "MorePlaces",
    "OptionReason",
    "Plan",
    "PlanFault",
    "Prices",
    "Problem",
    "ProblemFaults",
    "Reasons",
    "Repair",
    "SearchFailed",
    "StageResult",
    "UnitReasons",
    "Unreachable",
    "certify",
    "check",
    "compare",
    "fairest_floors",
    "justified_envy",
    "more_options",
    "more_places",
    "repair",
    "solve",
    "unreachable",
]
