"""What of a sheet may leave at this moment: row by row who agreed, column by column to what, and what the taker may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from safeconduct.core.access.api import Actor
from safeconduct.register.access import open_to
from safeconduct.register.consents import MayLeave, may_leave
from safeconduct.register.exports.columns import PERMISSIONS
from safeconduct.register.models import FieldGroup, Person, Purpose
from safeconduct.register.needs import RESTRICTED, category

_OF_PEOPLE = ("person_id", "related_to", "head_id")


@dataclass
class Gate:
    """Lets the rows of one sheet through; afterwards knows about whom they told and who was held back, and why (as a code)."""

    groups: Mapping[str, FieldGroup]
    columns: Sequence[str]
    by: Actor
    answers: dict[str, MayLeave]  # registration number → what may leave
    ids: dict[str, UUID]
    left: dict[str, set[str]] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)

    def through(self, rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
        """The rows of which everybody agreed, each cell empty to which somebody in it did not."""
        places = [self.columns.index(name) for name in _OF_PEOPLE if name in self.columns] or [self.columns.index("id")]
        for row in rows:
            numbers = [str(row[place]) for place in places if row[place]]
            if self._all_may(numbers):
                yield self._seen(row, numbers)

    def _all_may(self, numbers: Sequence[str]) -> bool:
        for number in numbers:
            answer = self.answers.get(number)
            if answer is None:
                return False  # of another case: not the taker's to take out, and not counted
            if not answer.verdict.allowed:
                self.held[number] = answer.verdict.code
        return not any(number in self.held for number in numbers)

    def _seen(self, row: Sequence[Any], numbers: Sequence[str]) -> list[Any]:
        agreed = frozenset.intersection(*(self.answers[number].groups for number in numbers))
        cells = [
            cell if self.groups[name].value in agreed and self._may_see(name) else ""
            for name, cell in zip(self.columns, row, strict=True)
        ]
        if "specific_needs" in self.columns:
            self._without_hidden_needs(cells, agreed)
        told = {self.groups[name].value for name, cell in zip(self.columns, cells, strict=True) if cell not in ("", None)}
        for number in numbers:
            self.left.setdefault(number, set()).update(told)
        return cells

    def _may_see(self, column: str) -> bool:
        return self.by.may(PERMISSIONS.get(column, "register.see_people"))

    def _without_hidden_needs(self, cells: list[Any], agreed: frozenset[str]) -> None:
        # Left empty as a whole: a list without the hidden ones, read in again, would end them.
        place = self.columns.index("specific_needs")
        hidden = any(category(code) in RESTRICTED for code in str(cells[place]).split(";") if code)
        if hidden and not (FieldGroup.MEDICAL.value in agreed and self.by.may("register.see_medical_needs")):
            cells[place] = ""

    @property
    def reasons(self) -> Counter[str]:
        """Why people were held back, each reason with its number."""
        return Counter(self.held.values())


def gate_for(
    *, by: Actor, groups: Mapping[str, FieldGroup], columns: Sequence[str], purpose: str, recipient: str, at: datetime
) -> Gate:
    """Ask about everybody whose case the taker has. Inside the action that takes out, or a withdrawal slips in between."""
    ids = dict(open_to(by).order_by().values_list("number", "pk"))
    asked = may_leave(
        list(ids.values()), purpose=Purpose(purpose), recipient=recipient,
        fields={group.value for group in groups.values()} | {FieldGroup.MEDICAL.value}, at=at,
    )  # fmt: skip
    return Gate(groups, columns, by, {number: asked[pk] for number, pk in ids.items()}, ids)


def everybody(found: Gate) -> Iterator[tuple[Person, Any, list[str]]]:
    """(person, consent, groups) of everybody about whom rows left."""
    for number, groups in found.left.items():
        yield Person(pk=found.ids[number]), found.answers[number].consent, sorted(groups)
