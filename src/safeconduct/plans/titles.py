"""An offer's title in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from safeconduct.routes.api import Offer


def title_of(offer: Offer) -> str:
    """The title in the active language, else the English one."""
    language = (get_language() or "en")[:2]
    return str(getattr(offer, f"title_{language}", "") or offer.title)


def short_title(offer: Offer) -> str:
    """What fits beside a picture: the title up to its colon; a return keeps all of it, for it is not the country that offers."""
    title = title_of(offer)
    return title if offer.kind == "voluntary_repatriation" else title.split(":")[0]
