"""Offers and choices as kinds of sheets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safeconduct.register.api import FieldGroup, Kind, declare_kind
from safeconduct.routes.imports import CHOICES, OFFERS, ChoiceRow, OfferRow
from safeconduct.routes.sheets import choices, offers

# A sheet of choices tells one thing of a person: what was chosen, and how the talk was held.
GROUPS = {
    column.name: FieldGroup.IDENTITY if column.name == "person_id" else FieldGroup.CHOICES for column in CHOICES
}  # fmt: skip


def declare_kinds() -> None:
    """Make the sheets of this room known; called when the room is loaded."""
    declare_kind(Kind(
        "offers", _("offers"), "routes.edit_offers", OFFERS, offers.read, offers.compare_offers, offers.take_offers,
        OfferRow.from_json, offers.export_offers, "routes.see_offers",
    ))  # fmt: skip
    declare_kind(Kind(
        "choices", _("choices"), "routes.import_choices", CHOICES, choices.read, choices.compare_choices, choices.take_choices,
        ChoiceRow.from_json, choices.export_choices, "routes.see_choices", GROUPS,
    ))  # fmt: skip
