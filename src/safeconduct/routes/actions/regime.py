from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.sources.models import Source
from safeconduct.routes.models import Instrument, Offer, OfferClaim, Reading


@action(permission="routes.edit_offers", audit=gettext_noop("source saved"))
def save_source(*, by: Actor, key: str, values: Mapping[str, Any], at: datetime) -> Source:
    """Create or correct a public source."""
    return Source.objects.update_or_create(key=key, defaults=dict(values))[0]


@action(permission="routes.edit_offers", audit=gettext_noop("instrument saved"))
def save_instrument(
    *, by: Actor, key: str, values: Mapping[str, Any], readings: Sequence[Mapping[str, Any]], at: datetime
) -> Instrument:
    """Create or correct an instrument of the legal regime with all its readings."""
    instrument = Instrument.objects.update_or_create(key=key, defaults=dict(values))[0]
    instrument.readings.all().delete()
    Reading.objects.bulk_create(Reading(instrument=instrument, **reading) for reading in readings)
    remark(readings=len(readings))
    return instrument


@action(permission="routes.edit_offers", audit=gettext_noop("claim about an offer saved"))
def save_claim(*, by: Actor, offer: Offer, values: Mapping[str, Any], at: datetime) -> OfferClaim:
    """Keep what somebody says about an offer, beside what others say."""
    return OfferClaim.objects.get_or_create(offer=offer, **values)[0]
