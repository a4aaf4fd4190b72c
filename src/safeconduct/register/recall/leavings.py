"""What has left under a consent. Each room that lets something leave says how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.register.models import Consent, ExportedPerson, TakenDocument


@dataclass(frozen=True)
class Leaving:
    """Something that left under a consent: what, when, and by what it is named in a recall."""

    what: Any
    at: datetime
    key: str
    consent: Consent


Find = Callable[[Consent], Iterable[Leaving]]
_found_by: list[Find] = []


def leaves_by(find: Find) -> None:
    """Say how what left under a consent is found. Called once, when the room is loaded."""
    _found_by.append(find)


def left_under(consent: Consent) -> list[Leaving]:
    """What has left under any entry for the same person, purpose and recipient, the oldest first."""
    alike = Consent.objects.filter(person=consent.person_id, purpose=consent.purpose, recipient=consent.recipient)
    return sorted((each for one in alike for find in _found_by for each in find(one)), key=lambda each: each.at)


def _exports(consent: Consent) -> Iterable[Leaving]:
    for one in ExportedPerson.objects.filter(consent=consent).select_related("export"):
        yield Leaving(_("a sheet about people"), one.export.taken_at, f"register.exportedperson:{one.pk}", consent)


def _originals(consent: Consent) -> Iterable[Leaving]:
    for one in TakenDocument.objects.filter(consent=consent):
        yield Leaving(_("the original of a document"), one.taken_at, f"register.takendocument:{one.pk}", consent)


def declare_own() -> None:
    """What leaves from the register itself; called when the room is loaded."""
    leaves_by(_exports)
    leaves_by(_originals)
