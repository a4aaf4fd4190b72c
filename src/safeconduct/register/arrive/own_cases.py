"""A sheet changes the records of one's own cases only: need to know holds for what is read in, as it does for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Actor
from safeconduct.core.spreadsheets.api import Parsed, RowFault
from safeconduct.core.spreadsheets.faults import declare, is_declared
from safeconduct.register.access import has_case, sees_everybody
from safeconduct.register.merging.numbers import merged_numbers
from safeconduct.register.models import Person
from safeconduct.register.queries import in_parts

declare({
    "imports.not_your_case": (
        _("This person's case is assigned neither to you nor to your team."),
        _("Ask a supervisor to assign it to you, or give the row to the colleague who has it."),
    ),
    "imports.merged_record": (
        _("This record was merged into the record %(number)s."),
        _("Write %(number)s in the sheet, once for this person."),
    ),
})  # fmt: skip


def only_own_cases(parsed: Parsed[Any], kind: str, by: Actor) -> Parsed[Any]:
    """What was parsed, with every row about somebody of another case, or about a merged record, among the faulty ones."""
    foreign, merged = of_other_cases(parsed.rows, by), merged_numbers(_told(parsed.rows))
    if not foreign and not merged:
        return parsed
    # Whoever does not see the whole register is told the same as of a number that nobody has.
    unknown = f"{kind}.unknown_person"
    code = unknown if is_declared(unknown) and not sees_everybody(by) else "imports.not_your_case"
    column = "id" if kind == "people" else "person_id"
    kept = Parsed(faulty=list(parsed.faulty), faults=list(parsed.faults), warnings=list(parsed.warnings))
    for row, source in zip(parsed.rows, parsed.sources, strict=True):
        number = next((each for each in _numbers(row) if each in foreign or each in merged), None)
        if number is None:
            kept.rows.append(row)
            kept.sources.append(source)
            continue
        kept.faulty.append(source)
        into = {"number": merged[number]} if number not in foreign else {}
        kept.faults.append(RowFault(
            source.number, column, number, "imports.merged_record" if into else code, sheet=source.sheet, numbers=into
        ))  # fmt: skip
    return kept


def of_other_cases(rows: Iterable[Any], by: Actor) -> set[str]:
    """The registration numbers in these rows that belong to somebody whose case is not the actor's."""
    if by.via == "setup":
        return set()
    foreign: set[str] = set()
    for part in in_parts(_told(rows)):
        found = Person.every.filter(number__in=part)
        stands = found.filter(~has_case(by), merged_into=None)
        into_another = found.filter(~has_case(by, "merged_into__case"), merged_into__isnull=False)
        foreign.update(stands.values_list("number", flat=True))
        foreign.update(into_another.values_list("number", flat=True))
    return foreign


def _told(rows: Iterable[Any]) -> list[str]:
    return sorted({number for row in rows for number in _numbers(row)})


def _numbers(row: Any) -> Iterator[str]:
    """Whom a row of any kind of sheet is about."""
    for name in ("number", "person", "related_to"):
        told = getattr(row, name, None)
        if isinstance(told, str) and told:
            yield told
