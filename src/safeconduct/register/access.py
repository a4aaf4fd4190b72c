"""Who may see a person: one query, and the sentence that says why."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safeconduct.core.access.api import Actor
from safeconduct.core.access.permissions import roles_with
from safeconduct.register.models import Person


def visible_to(actor: Actor) -> QuerySet[Person]:
    """The people whom the actor may see: all for whoever holds `register.see_people`, nobody otherwise."""
    return Person.objects.all() if actor.may("register.see_people") else Person.objects.none()


def why_visible(actor: Actor) -> dict[str, Any]:
    """Why this reader sees this record, and who else can."""
    may = roles_with("register.see_people")
    mine = sorted(role.label for role in actor.roles & may)
    others = sorted(str(role.label) for role in may - actor.roles)
    return {
        "because": _("You see this page because you are: %(roles)s.")
        % {"roles": pgettext("between items of a list", ", ").join(str(r) for r in mine)},
        "others": _("Others who can: %(roles)s. Administrators and auditors cannot.")
        % {"roles": pgettext("between items of a list", ", ").join(others)},
    }
