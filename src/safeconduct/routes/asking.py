"""About which offers a person is asked at all. Its codes stay here: a plan never sees an offer that nobody asked about."""

from __future__ import annotations

from datetime import date

from safeconduct.core.access.verdicts import Verdict, allowed, refused
from safeconduct.routes.rules import ASKED_STATUSES


def may_be_asked(*, status: str, closes_on: date | None, on: date, has_sheet: bool) -> Verdict:
    """A person is asked about offers that were at least announced, and only once there is a sheet to hear.

    Source: UNHCR Resettlement Handbook (2023), on informed consent: nobody chooses what nobody explained.
    """
    if status not in ASKED_STATUSES:
        return refused("offer_not_announced")
    if closes_on is not None and on > closes_on:
        return refused("offer_window_over")
    return allowed() if has_sheet else refused("no_sheet_published")
