"""What stands in a person's own row, as slots."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_birth
from safeconduct.register.merging.own import SCALARS
from safeconduct.register.merging.steps import field_of, stored
from safeconduct.register.models import Person, Sex, Urgency
from safeconduct.register.showing import birth_of
from safeconduct.register.travelling.merge import Record, Value

NAME = "person"
SLOTS: dict[str, tuple[str, ...]] = {"number": ("number",), **SCALARS}
WORDS = {
    "number": gettext_lazy("Registration number"), "sex": gettext_lazy("Sex"), "birth": gettext_lazy("Date of birth"),
    "urgency": gettext_lazy("Urgency"),
}  # fmt: skip


def record(person: Person) -> Record:
    """A person's own row as slots."""
    plain = stored(person)
    return {slot: [[plain[column] for column in columns]] for slot, columns in SLOTS.items()}


def columns(slot: str, value: Value) -> dict[str, Any]:
    """The columns of a slot with their values, as the model holds them."""
    return {name: field_of(Person, name).to_python(told) for name, told in zip(SLOTS[slot], value[0], strict=True)}


def say(slot: str, value: Value, reader: Actor, language: str) -> str:
    """A slot in words."""
    if not value:
        return ""
    told = value[0]
    if slot == "birth":
        person = Person(**columns(slot, value))
        return show_birth(birth_of(person), language=language) if person.born_earliest else ""
    return {"sex": lambda: str(Sex(told[0]).label), "urgency": lambda: str(Urgency(told[0]).label)}.get(slot, lambda: told[0])()
