"""What every page is given: the site's name, its navigation, its day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.access.actors import NOBODY
from safeconduct.core.access.seat import IDLE, WARNED
from safeconduct.core.languages import direction

# Title, route name, the permission that its page needs.
NAVIGATION = (
    (_("Today"), "today", "flows.see_today"),
    (_("People"), "people", "register.see_people"),
    (_("Offers"), "offers", "routes.see_offers"),
    (_("Plans"), "plans", "plans.see_plans"),
    (_("Submissions"), "submissions", "departures.see_submissions"),
    (_("Cases along"), "travels", "register.travel"),
    (_("Import"), "imports", "register.see_imports"),
    (_("Audit"), "audit", "audit.see"),
    (_("Reads"), "unusual_reads", "reads.see_unusual"),
    (_("Erasures"), "erasures", "register.decide_erasure"),
    (_("Cases"), "cases", "register.assign_cases"),
    (_("Teams"), "teams", "access.manage_teams"),
    (_("Accounts"), "accounts", "access.manage_accounts"),
    (_("Work"), "jobs", "jobs.see_all"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    actor = getattr(request, "actor", NOBODY)
    language = get_language() or "en"
    return {
        "site": {
            "name": settings.SITE_NAME,
            "demonstration": settings.SITE_KIND == "demonstration",
            "travelling": settings.TRAVELLING_COPY,
            "today": clock.today(),
        },
        "actor": actor,
        "idle": {"seconds": IDLE, "warning": WARNED},
        "direction": direction(language),
        "navigation": [
            (title, reverse(name), request.path.startswith(reverse(name)) if name != "today" else request.path == "/")
            for title, name, permission in NAVIGATION
            if actor.may(permission)
        ],
    }
