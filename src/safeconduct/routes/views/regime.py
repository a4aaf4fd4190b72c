"""What governs the site: decisions, agreements, deadlines, monitors and mandates, and how each is read by whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst

from safeconduct.core.access.api import page
from safeconduct.routes import queries
from safeconduct.routes.models import Instrument, InstrumentKind
from safeconduct.routes.showing import in_tongue, said_on


@page("routes.see_offers")
def regime(request: HttpRequest) -> HttpResponse:
    found = list(queries.regime(seen_by=request.actor))
    years: dict[str, list[dict[str, Any]]] = {}
    for instrument in found:
        years.setdefault(instrument.day[:4], []).append(_shown(instrument))
    disputed = sum(any(reading.disputed_by for reading in one.readings.all()) for one in found)
    return render(request, "routes/regime.html", {
        "years": [(said_on(year), shown) for year, shown in years.items()], "n": len(found), "disputed": disputed,
    })  # fmt: skip


def _shown(instrument: Instrument) -> dict[str, Any]:
    readings = list(instrument.readings.all())
    return {
        "instrument": instrument, "title": in_tongue(instrument, "title"), "says": in_tongue(instrument, "says"),
        "kind": capfirst(str(InstrumentKind(instrument.kind).label)),
        "on": said_on(instrument.day), "ends": said_on(instrument.ends),
        "disputed": any(reading.disputed_by for reading in readings),
        "readings": [{"reading": one, "says": in_tongue(one, "says"), "source": one.source} for one in readings],
    }  # fmt: skip
