"""Which tables hold something of a person, and what merges and erasures do with their rows. Each room declares its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from safeconduct.core.access.api import Actor
    from safeconduct.register.merging.steps import Steps
    from safeconduct.register.models import Person

# What a room does with its rows in a merge of the second person into the first; `take` says part by part which record holds.
Move = Callable[["Steps", "Person", "Person", Mapping[str, str], datetime], None]
# A row in words: the row, the reader, the reader's language.
Shown = Callable[[Any, "Actor", str], str]
THIS, OTHER = "this", "other"


@dataclass(frozen=True)
class Tie:
    """A table whose rows are about a person: `move` merges them; without it the rows stay where they are, as history.

    `shown` says a row in words, or nothing where the reader may not know it: such rows can be given to somebody split off.
    `erased`: the rows go when the person is erased; what does not go holds nothing that tells who it was.
    """

    model: type[models.Model]
    field: str = "person"
    move: Move | None = None
    shown: Shown | None = None
    erased: bool = True


_ties: dict[tuple[str, str], Tie] = {}


def tie(
    model: type[models.Model], *, field: str = "person", move: Move | None = None, shown: Shown | None = None, erased: bool = True
) -> None:
    """Say what a merge and an erasure do with a table. Called once, when the room is loaded."""
    _ties[model._meta.label_lower, field] = Tie(model, field, move, shown, erased)


def ties() -> tuple[Tie, ...]:
    """Every table that holds something of a person, in the order of declaration."""
    return tuple(_ties.values())


def unless_alike(model: type[models.Model], *fields: str, ends: str = "", stays: bool = False) -> Move:
    """The rows go over to the first person, except where the same stands there already: such a row is parked, or `stays`.

    `ends` names the field that is empty while a row lasts: a row that has ended stands in no other's way.
    """

    def move(steps: Steps, person: Person, other: Person, take: Mapping[str, str], at: datetime) -> None:
        def alike(row: Any) -> tuple[Any, ...]:
            return (row.pk,) if ends and getattr(row, ends) is not None else tuple(getattr(row, each) for each in fields)

        held = {alike(row) for row in model._base_manager.filter(person=person)}
        for row in model._base_manager.filter(person=other).order_by("pk"):
            if alike(row) not in held:
                held.add(alike(row))
                steps.change(row, person_id=person.pk)
            elif not stays:
                steps.park(row)

    return move


def one_lasting(model: type[models.Model], part: str) -> Move:
    """The rows go over; of two that last, the one of the record that holds for this part stays, the other is parked."""

    def move(steps: Steps, person: Person, other: Person, take: Mapping[str, str], at: datetime) -> None:
        lasting = model._base_manager.filter(person=person, ends=None).first()
        for row in model._base_manager.filter(person=other).order_by("pk"):
            if row.ends is None and lasting is not None:
                if take.get(part) != OTHER:
                    steps.park(row)
                    continue
                steps.park(lasting)
            steps.change(row, person_id=person.pk)

    return move


def all_over(model: type[models.Model]) -> Move:
    """Every row goes over."""
    return unless_alike(model, "pk")


def table(label: str) -> type[models.Model]:
    """The table that a step names: one of a tie, or one to which such a table points."""
    known = {each.model for each in _ties.values()}
    known |= {field.related_model for model in known for field in model._meta.concrete_fields if field.is_relation}
    return next(model for model in known if model._meta.label_lower == label)
