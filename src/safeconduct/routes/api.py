"""The face of offers and choices for the other rooms."""

from safeconduct.routes.actions import (
    add_status,
    publish_sheet,
    record_choice,
    save_claim,
    save_instrument,
    save_offer,
    save_source,
)
from safeconduct.routes.eligibility import check_case, clause_text, rule_of, without_clause
from safeconduct.routes.models import Mark, MarkKind, Offer, OfferKind, OfferStatus
from safeconduct.routes.queries import (
    StandingAnswer,
    StandingChoice,
    bursts,
    count_choices,
    count_chosen,
    facts_of,
    known_offers,
    marks,
    offers,
    provisional,
    standing_choices,
    status_on,
)
from safeconduct.routes.rules import may_be_planned
from safeconduct.routes.showing import short_title, title_of

__all__ = [
    "Mark", "MarkKind", "Offer", "OfferKind", "OfferStatus", "StandingAnswer", "StandingChoice", "add_status", "bursts",
    "check_case", "clause_text",
    "count_choices", "count_chosen", "facts_of", "known_offers", "marks", "may_be_planned", "offers", "provisional",
    "publish_sheet", "record_choice", "rule_of", "save_claim", "save_instrument", "save_offer", "save_source",
    "short_title", "standing_choices", "status_on", "title_of", "without_clause",
]  # fmt: skip
