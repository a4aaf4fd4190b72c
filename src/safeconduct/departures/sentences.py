"""Why nothing may leave about a person now, as a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

HELD_BACK: dict[str, Any] = {
    "never_asked": _("was not asked yet whether a state may receive a submission"),
    "asked_for_another_recipient": _("agreed for another recipient, not for this state"),
    "withdrawn": _("withdrew the consent"),
    "ask_again": _("agreed before this record was merged with another or split, and has to be asked again"),
    "not_in_force": _("gave a consent that has ended or has not begun"),
    "own_state_not_confirmed": _("did not say that this state is known to be the own state or the state of the site"),
    "scope_too_narrow": _("did not agree that names and registration number are told; without them nothing can be sent"),
    "plan_no_longer_holds": _("no longer has this place by the register, the offers and the choices of today; compute a new plan"),
    "family_held_back": _("belongs with somebody who is held back; a family is submitted together or not at all"),
}
