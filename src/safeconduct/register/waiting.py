"""What waits to be done for a person in the register: one short list, the most urgent first. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.register.models import Script


@dataclass(frozen=True)
class Wait:
    """One thing that waits: a code for machines, a meaning for its mark, a word and a sentence for people."""

    code: str
    meaning: str
    word: Any
    says: Any


NO_DECISION = Wait(
    "no_best_interests_decision", "attention", _("Best-interests decision"),
    _("No best-interests decision allows a plan for this unaccompanied or separated child. Until then no plan includes the child."),
)  # fmt: skip
NOT_HEARD = Wait(
    "own_views_not_heard", "attention", _("The child's own views"),
    _("A decision allows a plan, and the child's own views were not heard. Until then no plan includes the child."),
)  # fmt: skip
NO_PERSIAN_NAME = Wait(
    "no_arabic_name", "waits", _("Name in Persian script"),
    _("No name is recorded in Persian or Arabic script. Ask how the person writes it."),
)  # fmt: skip
NO_LATIN_NAME = Wait(
    "no_latin_name", "waits", _("Name in Latin letters"),
    _("No name is recorded in Latin letters. Copy it from a paper of the person, not by ear."),
)  # fmt: skip
NO_BIRTH = Wait(
    "no_birth_date", "waits", _("Birth date"),
    _("No birth date is recorded, not even about. Ask for a year, or an age."),
)  # fmt: skip


def waits(
    *,
    here: bool,
    unaccompanied: bool,
    decision_allows: bool,
    own_views_heard: bool,
    scripts: Collection[str],
    birth_known: bool,
) -> list[Wait]:
    """What waits for one person. Nothing waits for somebody who has left."""
    if not here:
        return []
    found = []
    if unaccompanied and not decision_allows:
        found.append(NO_DECISION)
    elif unaccompanied and not own_views_heard:
        found.append(NOT_HEARD)
    if Script.ARABIC.value not in scripts:
        found.append(NO_PERSIAN_NAME)
    if Script.LATIN.value not in scripts:
        found.append(NO_LATIN_NAME)
    if not birth_known:
        found.append(NO_BIRTH)
    return found
