"""What rooms above the register add to a person's page. A room declares a panel; the register never imports the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from safeconduct.core.access.api import Actor
from safeconduct.register.models import Person


@dataclass(frozen=True)
class Panel:
    """One part of a person's page: where it stands, who may see it, what it reads, how it looks."""

    position: int
    permission: str
    template: str
    read: Callable[[Person, Actor, date], dict[str, Any]]


_panels: list[Panel] = []


def panel(position: int, *, permission: str, template: str, read: Callable[[Person, Actor, date], dict[str, Any]]) -> None:
    """Add a part to every person's page. Called once, when the room is loaded."""
    _panels.append(Panel(position, permission, template, read))


def panels_for(person: Person, *, seen_by: Actor, on: date) -> list[dict[str, Any]]:
    """The parts that this reader may see, in order: template and context."""
    chosen = sorted((each for each in _panels if seen_by.may(each.permission)), key=lambda each: each.position)
    return [{"template": each.template, **each.read(person, seen_by, on)} for each in chosen]
