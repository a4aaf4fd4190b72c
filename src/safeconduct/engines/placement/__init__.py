"""Placement: who goes where, proven best, with prices, reasons and a certificate."""

from .certificate import PlanFault, check
from .faults import Fault, ProblemFaults
from .highs import Limit
from .plan import Plan, StageResult
from .prices import Certificate, Prices, certify
from .problem import Problem
from .solve import solve

__all__ = [
    "Certificate",
    "Fault",
    "Limit",
    "Plan",
    "PlanFault",
    "Prices",
    "Problem",
    "ProblemFaults",
    "StageResult",
    "certify",
    "check",
    "solve",
]
