"""Why a reader sees a record or a part of it, why not, and who else can: in words, and never about whether somebody exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.core.access.permissions import declared, is_of_case, roles_with
from safeconduct.register.access import sees_everybody
from safeconduct.register.models import Assignment, Person

# What of a person's record opens by which permission, in the order of the page. Other rooms add theirs with their panels.
PARTS = (
    "register.see_people", "register.see_case", "register.see_needs", "register.see_medical_needs",
    "register.see_relatives_abroad", "routes.see_choices", "routes.see_eligibility", "plans.see_plans", "register.register",
    "register.record_consent", "register.decide_best_interests", "routes.record_choices", "routes.mark_pairs", "reads.see",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of a record: what it is, whether it is open to the reader, and why or why not."""

    says: Any
    open: bool
    why: Any


def why_seen(person: Person, reader: Actor) -> dict[str, Any]:
    """The two sentences on a person's page: why this reader sees it, and who else can."""
    return {
        "because": _("You see this because %(reason)s.") % {"reason": _reason(person, reader)},
        "others": _("Colleagues see it whose case it is, by assignment or by their team. Administrators and auditors never do."),
    }


def _reason(person: Person, reader: Actor) -> str:
    if reader.outside:
        return _("you work with the whole register as %(roles)s; the case is not yours, so you see only who is there") % {
            "roles": _roles(reader, "register.see_whole_register")
        }
    # `queries.person` asked by which assignment the reader has the case.
    if reader.account is None:
        return _("you set up this site")
    if person.by_opening:  # type: ignore[attr-defined]
        return _("you opened the case in an emergency; it closes by itself within the hour, and a supervisor reads why")
    if person.by_team:  # type: ignore[attr-defined]
        return _("the case is assigned to your team “%(team)s”") % {"team": person.by_team}  # type: ignore[attr-defined]
    return _("the case is assigned to you")


def _roles(reader: Actor, permission: str) -> str:
    said = sorted(str(role.label) for role in reader.roles & roles_with(permission))
    return pgettext("between items of a list", ", ").join(said)


def parts(reader: Actor) -> list[Part]:
    """Every part of the record that this reader stands in front of, with the reason why it is open or closed."""
    known = declared()
    return [_part(reader, known[code].says, code) for code in PARTS if code in known]


def _part(reader: Actor, says: Any, code: str) -> Part:
    if not reader.roles & roles_with(code):
        others = pgettext("between items of a list", ", ").join(sorted(str(role.label) for role in roles_with(code)))
        return Part(says, False, _("your roles do not include it; these do: %(roles)s") % {"roles": others})
    if reader.outside and is_of_case(code):
        return Part(says, False, _("your roles include it, but the case is not yours"))
    if code == "register.see_people" and sees_everybody(reader):
        return Part(says, True, _("your roles work with the whole register"))
    return Part(says, True, _("your roles include it, and the case is yours") if is_of_case(code) else _("your roles include it"))


def who_has(person: Person) -> list[Assignment]:
    """Who has the person's case at this moment: colleagues and teams, since when; openings in an emergency too."""
    found = Assignment.objects.filter(case=person.case_id, ended_at=None).select_related("account", "team", "opening")
    now = clock.now()
    return [each for each in found.order_by("since", "pk") if each.ends_at is None or each.ends_at > now]
