from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from safeconduct.core import clock
from safeconduct.core.access.api import Actor, action, remark
from safeconduct.core.sources.models import Source
from safeconduct.core.spreadsheets.api import Parsed, Table
from safeconduct.register.api import Compared, RowState
from safeconduct.routes.actions import add_status, save_offer
from safeconduct.routes.criteria import CriteriaFault, parse
from safeconduct.routes.imports import OFFERS, OfferRow, read_offers
from safeconduct.routes.models import Offer
from safeconduct.routes.queries import status_on

Progress = Callable[[int, int], None]
_STATUS = ("status", "status_on", "status_source")


@dataclass(frozen=True)
class _Unreadable:
    code: str
    says: str
    mend: str


def check_criteria(text: str) -> _Unreadable | None:
    """What is wrong with a criteria text, or None."""
    try:
        parse(text)
    except CriteriaFault as fault:
        return _Unreadable(fault.code, f"“{fault.place}” cannot be read.", str(fault.mend))
    return None


def read(table: Table, mapping: Mapping[str, str], *, today: date) -> Parsed[OfferRow]:
    """Read a sheet of offers."""
    on_record = {offer.key.lower(): offer for offer in Offer.objects.all()}
    return read_offers(table, mapping, today=today, check_criteria=check_criteria, on_record=on_record)


def _values(row: OfferRow) -> dict[str, Any]:
    """What a row says about the offer itself; its status is an entry of its own."""
    told = {f.name: getattr(row, f.name) for f in fields(row) if f.name not in ("id", *_STATUS)}
    return {name: list(value) if name == "assumed" else value for name, value in told.items() if value is not None}


def compare_offers(rows: Sequence[OfferRow]) -> Iterator[Compared]:
    """Each row: new, changed (and in which columns), or the same."""
    known = {offer.key: offer for offer in Offer.objects.filter(key__in=[row.id for row in rows]).prefetch_related("statuses")}
    for row in rows:
        offer = known.get(row.id)
        if offer is None:
            yield Compared(row, RowState.NEW)
            continue
        changed = [name for name, value in _values(row).items() if getattr(offer, name) != value]
        standing = status_on(offer.statuses.all(), date.max)
        if standing is None or standing.status != row.status or (row.status_on and standing.on != row.status_on):
            changed.append("status")
        yield Compared(row, RowState.CHANGED if changed else RowState.UNCHANGED, tuple(changed))


@action(permission="routes.edit_offers", audit=gettext_noop("sheet of offers taken in"))
def take_offers(*, by: Actor, rows: Sequence[OfferRow], at: datetime, progress: Progress = lambda done, of: None) -> int:
    """Enter or change the offers of these rows, each with its status."""
    sources = {source.key: source for source in Source.objects.all()}
    states = {each.row.id: each for each in compare_offers(rows)}
    for n, row in enumerate(rows, 1):
        state = states[row.id]
        if state.state == RowState.UNCHANGED:
            continue
        offer = save_offer(by=by, key=row.id, values=_values(row), at=at)
        if state.state == RowState.NEW or "status" in state.changed:
            source = sources.get(row.status_source or "")
            add_status(
                by=by, offer=offer, status=row.status, on=row.status_on or clock.day_of(at), at=at, source=source,
                source_text="" if source else (row.status_source or ""),
            )  # fmt: skip
        progress(n, len(rows))
    remark(rows=len(rows))
    return len(rows)


def export_offers(on: date) -> Iterator[Sequence[Any]]:
    """Each offer in the order of the columns."""
    for offer in Offer.objects.prefetch_related("statuses__source").order_by("key"):
        standing = status_on(offer.statuses.all(), date.max)
        told: dict[str, Any] = {
            "id": offer.key, "status": standing.status if standing else "reported",
            "status_on": standing.on.isoformat() if standing else "",
            "status_source": (standing.source_id or standing.source_text) if standing else "",
            "assumed": ";".join(offer.assumed),
        }  # fmt: skip
        for column in OFFERS:
            if column.name not in told:
                value = getattr(offer, column.name)
                told[column.name] = value.isoformat() if isinstance(value, date) else value
        yield [told[column.name] for column in OFFERS]
