"""What is read aloud beside the sheet: the steps, who is in the room, the places as dots, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.core.design.pictures import places
from safeconduct.routes.models import Offer
from safeconduct.routes.showing import PRESENT, number, tongue
from safeconduct.routes.talk import Talk

DRAWN = 400  # more places are not drawn as dots
WORDS_A_MINUTE = 110  # a slow voice with pauses for questions


def steps(offers: int, at: int) -> list[str]:
    """The labels of the step bar; the offer that is being read stands in it by its number."""
    offer = _("Offer %(n)s of %(all)s") % {"n": number(at), "all": number(offers)} if at else _("The offers")
    return [_("Who is in the room"), offer, _("Your order"), _("Reading back")]


def room_sentence(talk: Talk) -> str:
    """“In the room: the person, the interviewer and the interpreter, nobody else”."""
    others = [str(PRESENT[who]) for who in talk.present if who not in ("interviewer", "interpreter")]
    if others:
        return _("Also in the room: %(others)s") % {"others": _(", ").join(others)}
    if "interpreter" in talk.present:
        return _("In the room: you and the interpreter, nobody else")
    return _("In the room: only the two of you")


def places_read(offer: Offer) -> dict[str, Any]:
    """The places of an offer as sentences, and as dots where there are few enough to count."""
    if offer.quota is None:
        return {"says": [_("Nobody named an upper limit of places.")], "picture": "", "assumed": False}
    left = max(offer.quota - offer.used, 0)
    medical = min(offer.medical_quota or 0, left)
    said = [
        ngettext("There is %(n)s place.", "There are %(n)s places.", offer.quota) % {"n": number(offer.quota)},
        ngettext("%(n)s of them is taken.", "%(n)s of them are taken.", offer.used) % {"n": number(offer.used)},
        ngettext(
            "At most %(n)s of them is for somebody who is seriously ill.",
            "At most %(n)s of them are for people who are seriously ill.",
            medical,
        )
        % {"n": number(medical)},
    ]
    drawn = offer.quota <= DRAWN
    picture = (
        places(taken=min(offer.used, offer.quota), free=left - medical, medical_free=medical, language=tongue()) if drawn else ""
    )
    assumed = bool({"quota", "used", "medical_quota"} & set(offer.assumed))
    return {
        "says": [one for one, n in zip(said, (1, offer.used, medical), strict=True) if n],
        "picture": picture,
        "assumed": assumed,
        "medical": medical,
    }


def minutes(lines: Iterable[str]) -> int:
    """About how long it takes to read these lines aloud, in whole minutes, at least one."""
    return max(round(sum(len(line.split()) for line in lines) / WORDS_A_MINUTE), 1)
