"""What can be wrong with a plan: a code, the place, what stands there and what should."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SAYS: dict[str, str] = {
    "wrong_format": "The plan's format is {has}, not {needs}.",
    "wrong_problem": "The plan belongs to the problem {has}, not {needs}.",
    "wrong_status": "The status {has} does not exist or does not fit the rest of the plan.",
    "wrong_shape": "{where} must be {needs}.",
    "no_such_option": "Unit {where} goes to route {has}, which is no option of its own.",
    "quota": "Route {where} takes {has} persons; its quota is {needs}.",
    "medical": "Route {where} takes {has} medical cases; it has places for {needs}.",
    "reserved": "Route {where} takes {has} persons without a family link; {needs} places are open to them.",
    "minimum_fill": "Route {where} takes {has} persons; it needs nobody or at least {needs}.",
    "floor": "Group {where} has {has} persons placed; its floor is {needs}.",
    "wrong_value": "The plan says {has}; its placements are worth {needs}.",
    "wrong_stage_value": "Stage {where} says {has}; its units are worth {needs}.",
    "stages_missing": "The problem has urgency levels, and the plan's stages do not match them.",
    "bound_below_value": "The bound {has} is below the value {needs}.",
    "not_proven": "The status is optimal, but the bound {has} is above the value {needs}.",
    "wrong_bound": "The bound is given as {has}; the prices prove {needs}.",
    "negative_price": "The price {where} is {has}; a price is never negative here.",
    "tie_split_out_of_range": "The split of tie {where} is {has}; it lies from 0 to {needs}.",
    "price_without_limit": "The price {where} is {has}, on a route without that limit.",
    "branches_incomplete": "The branches leave a choice of open and closed routes uncovered.",
    "branch_of_no_block": "A branch decides route {has}, which has no minimum fill.",
    "floors_met": "The plan says infeasible, but names no group that falls short.",
    "relaxation_too_large": "Group {where} cannot be {has} persons short; its floor is {needs}.",
}


@dataclass(frozen=True)
class PlanFault:
    """One reason not to believe a plan: `code`, `where` in the plan, what it `has` and what it `needs`.

    Shapes: single values. Units: persons, medical cases or milli-points, as the code says.
    Source: `safeconduct-plan-1`.
    """

    code: str
    where: str = ""
    has: Any = ""
    needs: Any = ""

    @property
    def says(self) -> str:
        """The fault in one sentence."""
        return SAYS[self.code].format(where=self.where, has=self.has, needs=self.needs)


def whole(value: object) -> bool:
    """Whether a value is a whole number and nothing that merely looks like one."""
    return type(value) is int


def all_whole(values: object, length: int | None = None) -> bool:
    """Whether a value is a list of whole numbers, of that length where one is given."""
    return isinstance(values, list) and all(map(whole, values)) and length in (None, len(values))
