"""A plan in numbers, as the shell prints it."""

from __future__ import annotations

from typing import Any

from safeconduct.plans import sentences
from safeconduct.plans.models import Plan
from safeconduct.plans.queries import offers_of, why_people_remain


def plan_summary(plan: Plan) -> dict[str, Any]:
    """Numbers, verdict, each offer with its price, why people remain. Nobody's name."""
    return {
        "plan": plan.number, "as_of": plan.as_of.isoformat(), "scenario": plan.is_scenario, "state": plan.state,
        "status": plan.status, "value": plan.value, "bound": plan.bound, "bound_by": plan.bound_by, "checked": plan.checked,
        "seconds": round(plan.seconds, 3), "people_chosen": plan.people_chosen, "people_placed": plan.people_placed,
        "verdict": sentences.verdict(plan.status, plan.value, plan.bound, plan.checked),
        "near": plan.near.number if plan.near else None, "loss": plan.loss,
        "told_something_else": [{"loss": loss, "people": n} for loss, n in plan.curve],
        "offers": [
            {
                "offer": each.offer.key, "places": each.places, "placed": each.planned, "chosen_first": each.chosen_first,
                "one_more_place": each.one_more, "ten_more_places": each.ten_more, "fifty_more_places": each.fifty_more,
                "one_more_medical_place": each.one_more_medical, "price": each.price,
                "one_condition_less": each.dropped,
            }
            for each in offers_of(plan)
        ],
        "groups": plan.groups,
        "why_people_remain": [{"code": code, "people": n, "says": sentences.why_none(code)} for code, n in why_people_remain(plan)],
    }  # fmt: skip
