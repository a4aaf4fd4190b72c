"""Everything that changes offers and choices, one file a subject."""

from safeconduct.routes.actions.choices import record_choice
from safeconduct.routes.actions.marks import ask_review, end_mark, mark_pair
from safeconduct.routes.actions.offers import add_status, publish_sheet, save_offer, set_criteria
from safeconduct.routes.actions.regime import save_claim, save_instrument, save_source

__all__ = [
    "add_status", "ask_review", "end_mark", "mark_pair", "publish_sheet", "record_choice", "save_claim", "save_instrument",
    "save_offer", "save_source", "set_criteria",
]  # fmt: skip
