"""A sheet changes the records of one's own cases only: need to know holds for what is read in, as it does for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Actor
from safeconduct.core.spreadsheets.api import Parsed, RowFault
from safeconduct.core.spreadsheets.faults import declare, is_declared
from safeconduct.register.access import has_case, sees_everybody
from safeconduct.register.models import Person
from safeconduct.register.queries import in_parts

declare({
    "imports.not_your_case": (
        _("This person's case is assigned neither to you nor to your team."),
        _("Ask a supervisor to assign it to you, or give the row to the colleague who has it."),
    ),
})  # fmt: skip


def only_own_cases(parsed: Parsed[Any], kind: str, by: Actor) -> Parsed[Any]:
    """What was parsed, with every row about somebody of another case among the faulty ones."""
    foreign = of_other_cases(parsed.rows, by)
    if not foreign:
        return parsed
    # Whoever does not see the whole register is told the same as of a number that nobody has.
    unknown = f"{kind}.unknown_person"
    code = unknown if is_declared(unknown) and not sees_everybody(by) else "imports.not_your_case"
    column = "id" if kind == "people" else "person_id"
    kept = Parsed(faulty=list(parsed.faulty), faults=list(parsed.faults), warnings=list(parsed.warnings))
    for row, source in zip(parsed.rows, parsed.sources, strict=True):
        number = next((each for each in _numbers(row) if each in foreign), None)
        if number is None:
            kept.rows.append(row)
            kept.sources.append(source)
        else:
            kept.faulty.append(source)
            kept.faults.append(RowFault(source.number, column, number, code, sheet=source.sheet))
    return kept


def of_other_cases(rows: Iterable[Any], by: Actor) -> set[str]:
    """The registration numbers in these rows that belong to somebody whose case is not the actor's."""
    if by.via == "setup":
        return set()
    told = sorted({number for row in rows for number in _numbers(row)})
    foreign: set[str] = set()
    for part in in_parts(told):
        found = Person.objects.filter(~has_case(by), number__in=part)
        foreign.update(found.values_list("number", flat=True))
    return foreign


def _numbers(row: Any) -> Iterator[str]:
    """Whom a row of any kind of sheet is about."""
    for name in ("number", "person", "related_to"):
        told = getattr(row, name, None)
        if isinstance(told, str) and told:
            yield told
