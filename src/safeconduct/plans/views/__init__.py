"""The pages of plans."""

from safeconduct.plans.views.deciding import approve, compute_plan, send_back
from safeconduct.plans.views.people import compare, other_choice, plan_people, plan_person
from safeconduct.plans.views.plan import plan_page, plan_sheet, plan_today, plans_page

__all__ = [
    "approve",
    "compare",
    "compute_plan",
    "other_choice",
    "plan_page",
    "plan_people",
    "plan_person",
    "plan_sheet",
    "plan_today",
    "plans_page",
    "send_back",
]
