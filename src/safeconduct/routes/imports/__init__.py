"""Offers and choices out of sheets: which columns, which words, and what is wrong with a row. No database here."""

from safeconduct.routes.imports.choices import ChoiceRow, read_choices
from safeconduct.routes.imports.columns import CHOICES, OFFERS
from safeconduct.routes.imports.offers import OfferRow, read_offers

__all__ = ["CHOICES", "OFFERS", "ChoiceRow", "OfferRow", "read_choices", "read_offers"]
