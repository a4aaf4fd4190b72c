"""An offer's title in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from safeconduct.routes.api import Offer


def title_of(offer: Offer) -> str:
    """The title in the active language, else the English one."""
    language = (get_language() or "en")[:2]
    return str(getattr(offer, f"title_{language}", "") or offer.title)
