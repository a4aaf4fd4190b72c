"""The tables of offers and choices, one file a subject."""

from safeconduct.routes.models.choices import Answer, Choice, ChoiceEntry, Mark, MarkKind
from safeconduct.routes.models.offers import (
    PLANNABLE,
    InformationSheet,
    Offer,
    OfferClaim,
    OfferKind,
    OfferStatus,
    SheetSection,
    StatusEntry,
)
from safeconduct.routes.models.regime import Instrument, InstrumentKind, Reading

__all__ = [
    "PLANNABLE", "Answer", "Choice", "ChoiceEntry", "InformationSheet", "Instrument", "InstrumentKind", "Mark", "MarkKind",
    "Offer", "OfferClaim", "OfferKind", "OfferStatus", "Reading", "SheetSection", "StatusEntry",
]  # fmt: skip
