from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, action, remark
from safeconduct.core.sources.models import Source
from safeconduct.routes.criteria import CriteriaFault, parse
from safeconduct.routes.models import PLANNABLE, InformationSheet, Offer, OfferStatus, SheetSection, StatusEntry


class NoSource(Refusal):
    code = "routes.no_source"
    says = _("“Confirmed in writing” and “open” need a source: where it stands in writing.")
    mend = _("Name the letter or publication and its date, or take a weaker status.")


class CriteriaUnreadable(Refusal):
    code = "routes.criteria_unreadable"
    says = _("The rule cannot be read at “%(place)s”.")
    mend = "%(mend)s"


class SheetStands(Refusal):
    code = "routes.sheet_stands"
    says = _("Version %(version)s is published and cannot change: people chose on it.")
    mend = _("Publish the change as the next version; choices on the old one are asked again.")


@action(permission="routes.edit_offers", audit=gettext_noop("offer saved"))
def save_offer(*, by: Actor, key: str, values: Mapping[str, Any], at: datetime) -> Offer:
    """Create or change an offer."""
    if "criteria" in values:
        _readable(values["criteria"])
    offer, created = Offer.objects.update_or_create(key=key, defaults={**values, "changed_at": at})
    remark(offer=key, new=created, fields=sorted(values))
    return offer


@action(permission="routes.edit_offers", audit=gettext_noop("rule of an offer changed"))
def set_criteria(*, by: Actor, offer: Offer, criteria: str, at: datetime) -> Offer:
    """Change who may go."""
    _readable(criteria)
    offer.criteria, offer.changed_at = criteria, at
    offer.save(update_fields=["criteria", "changed_at"])
    remark(offer=offer.key)
    return offer


@action(permission="routes.edit_offers", audit=gettext_noop("status of an offer entered"))
def add_status(
    *, by: Actor, offer: Offer, status: str, on: date, at: datetime, source: Source | None = None, source_text: str = "",
    speaker: str = "", note: str = "", counts: bool = True,
) -> StatusEntry:  # fmt: skip
    """Enter how an offer stands, with its source and date; earlier entries stay."""
    if counts and OfferStatus(status) in PLANNABLE and source is None and not source_text.strip():
        raise NoSource()
    remark(offer=offer.key, status=status)
    entry, _created = StatusEntry.objects.get_or_create(
        offer=offer, status=status, on=on, source=source, source_text=source_text, speaker=speaker, counts=counts,
        defaults={"note": note},
    )  # fmt: skip
    return entry


@action(permission="routes.edit_offers", audit=gettext_noop("information sheet published"))
def publish_sheet(
    *, by: Actor, offer: Offer, version: int, published_on: date, sections: Sequence[Mapping[str, str]], at: datetime
) -> InformationSheet:
    """Publish one version of an offer's sheet. A published version never changes."""
    standing = InformationSheet.objects.filter(offer=offer, version=version).first()
    if standing is not None:
        same = [(s.kind, s.en, s.fa, s.ar) for s in standing.sections.all()] == [
            (s["kind"], s["en"], s["fa"], s["ar"]) for s in sections
        ]
        if not same:
            raise SheetStands(version=version)
        return standing
    sheet = InformationSheet.objects.create(offer=offer, version=version, published_on=published_on)
    SheetSection.objects.bulk_create(
        SheetSection(sheet=sheet, position=n, kind=s["kind"], en=s["en"], fa=s["fa"], ar=s["ar"]) for n, s in enumerate(sections, 1)
    )
    remark(offer=offer.key, version=version)
    return sheet


def _readable(criteria: str) -> None:
    try:
        parse(criteria)
    except CriteriaFault as fault:
        raise CriteriaUnreadable(place=fault.place, mend=fault.mend) from None
