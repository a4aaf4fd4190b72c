from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Facts:
    """What the register knows of one person on one day; the only thing that a criterion sees."""

    nationalities: frozenset[str] = frozenset()
    ages: tuple[int, int] | None = None  # youngest and oldest possible, in whole years
    sex: str = "unknown"
    status: str = ""
    earlier_residences: frozenset[str] = frozenset()
    family_links: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """Whether a criterion is met: yes, no, or not known from the register."""

    met: bool | None
    code: str
    numbers: dict[str, Any] = field(default_factory=dict)

    @property
    def allows(self) -> bool:
        """What is not known does not allow: an officer completes the register first."""
        return self.met is True


class CriteriaFault(ValueError):
    """A criteria text that cannot be read: where, what, and the mend."""

    def __init__(self, code: str, place: str, mend: str) -> None:
        self.code, self.place, self.mend = code, place, mend
        super().__init__(f"{place}: {mend}")


@dataclass(frozen=True)
class Criterion:
    """One kind of criterion with its operator and values."""

    operator: str
    values: tuple[str, ...]

    kind: ClassVar[str]
    operators: ClassVar[tuple[str, ...]] = ("in",)
    label: ClassVar[Any] = ""
    single: ClassVar[bool] = False  # takes one value, no list

    @classmethod
    def choices(cls, language: str) -> Sequence[tuple[str, Any]]:
        """The values with their words, as a form offers them; none where a number is typed."""
        return [(value, cls(cls.operators[0], (value,)).reading(language)) for value in cls.allowed_values() or ()]

    @classmethod
    def allowed_values(cls) -> Sequence[str] | None:
        """The values that may stand here, or None where `check_value` decides."""
        return None

    @classmethod
    def check_value(cls, value: str) -> bool:
        """Whether a value may stand here."""
        allowed = cls.allowed_values()
        return allowed is None or value in allowed

    def check(self, facts: Facts) -> Verdict:
        """Whether a person with these facts meets it."""
        raise TypeError(f"{type(self).__name__} says nothing about a person")

    def reading(self, language: str) -> str:
        """The criterion as a plain sentence, in the active language."""
        raise TypeError(f"{type(self).__name__} has no sentence")

    def text(self) -> str:
        """The compact text, as `grammar.parse` reads it."""
        return f"{self.kind} {self.operator} {'|'.join(self.values)}"


def one_of(words: Sequence[str]) -> str:
    """“a, b or c” in the active language."""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": _(", ").join(words[:-1]), "last": words[-1]}
