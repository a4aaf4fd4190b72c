"""The face of plans for the other rooms."""

from safeconduct.plans.actions import approve_plan, keep_plan, send_back
from safeconduct.plans.compute import LOSSES, Computed, compute
from safeconduct.plans.models import Assignment, Plan
from safeconduct.plans.queries import flow_of, newest, plan, plans, waiting
from safeconduct.plans.shell import plan_summary
from safeconduct.plans.standing import still_holds

__all__ = [
    "LOSSES", "Assignment", "Computed", "Plan", "approve_plan", "compute", "flow_of", "keep_plan", "newest", "plan",
    "plan_summary", "plans", "send_back", "still_holds", "waiting",
]  # fmt: skip
