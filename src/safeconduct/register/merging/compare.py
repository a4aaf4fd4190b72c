"""Two records side by side: the parts of which one record alone can hold, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safeconduct.core.dates import show_birth
from safeconduct.core.languages import localise_digits
from safeconduct.register.merging.own import PARTS, SCALARS
from safeconduct.register.merging.ties import OTHER, THIS
from safeconduct.register.models import Person, Urgency
from safeconduct.register.showing import birth_of, father_of, name_of

PART_WORDS = {
    "names": gettext_lazy("Names"), "sex": gettext_lazy("Sex"), "birth": gettext_lazy("Date of birth"),
    "urgency": gettext_lazy("Urgency"), "place": gettext_lazy("Where the person lives"),
    "status": gettext_lazy("Protection status"), "family": gettext_lazy("Family"),
}  # fmt: skip
PART_OF = {column: part for part, columns in SCALARS.items() for column in columns}
_URGENT = list(Urgency.values)


@dataclass(frozen=True)
class Difference:
    """One part in which two records differ, each in words, and which of them is proposed."""

    part: str
    this: str
    other: str
    proposed: str


def differences(person: Person, other: Person, *, language: str) -> list[Difference]:
    """The parts in which the records differ. Proposed is what is told against what is not; the higher urgency; else this one."""
    found = []
    for part in PARTS:
        mine, theirs = _said(person, part, language), _said(other, part, language)
        if mine != theirs and theirs:
            higher = part == "urgency" and _URGENT.index(other.urgency) > _URGENT.index(person.urgency)
            found.append(Difference(part, mine or _("not recorded"), theirs, OTHER if higher or not mine else THIS))
    return found


def _said(person: Person, part: str, language: str) -> str:
    if part == "names":
        name, father = name_of(person, language=language), father_of(person, language=language)
        both = [said.text for said in (name.main, name.other) if said]
        return " · ".join([*both, *([_("father: %(name)s") % {"name": father}] if father.main else [])])
    if part == "sex":
        return "" if person.sex == "unknown" else str(person.get_sex_display())  # type: ignore[attr-defined]
    if part == "birth":
        return show_birth(birth_of(person), language=language) if person.born_earliest else ""
    if part == "urgency":
        return str(person.get_urgency_display())  # type: ignore[attr-defined]
    lasting = {"place": person.presences, "status": person.statuses, "family": person.memberships}[part].filter(ends=None).first()
    if lasting is None:
        return ""
    if part == "place":
        return _("Block %(block)s") % {"block": localise_digits(lasting.block, language)} if lasting.block else _("here")
    return str(lasting.get_status_display()) if part == "status" else str(lasting.family.number)
