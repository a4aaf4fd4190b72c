"""The compact text of a rule, and the rule as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safeconduct.routes.criteria.base import CriteriaFault, Criterion, Facts, Verdict
from safeconduct.routes.criteria.registry import kinds

_ONE = re.compile(r"^\s*(?P<kind>\w+)\s*(?P<op>not in|in|>=|<=|<|>|=)\s*(?P<values>[\w|\-]+)\s*$")

_AND = re.compile(r"(?<!\s)(?<! in)\s+AND\s+")  # not the code of Andorra: "earlier_residence in AND"


@dataclass(frozen=True)
class Rule:
    """Clauses that must all hold; each is met when one of its alternatives is. An empty rule lets everybody go."""

    clauses: tuple[tuple[Criterion, ...], ...] = ()

    def check(self, facts: Facts) -> list[tuple[tuple[Criterion, ...], Verdict]]:
        """Each clause with its verdict: the best among its alternatives (yes before not known before no)."""
        return [(clause, _best([one.check(facts) for one in clause])) for clause in self.clauses]

    def allows(self, facts: Facts) -> bool:
        """Whether every clause is met."""
        return all(verdict.allows for _clause, verdict in self.check(facts))

    def readings(self, language: str) -> list[str]:
        """Each clause as a plain sentence."""
        return [_(", or ").join(one.reading(language) for one in clause) for clause in self.clauses]

    def text(self) -> str:
        """The compact text; `parse` gives the same rule back."""
        parts = [" OR ".join(one.text() for one in clause) for clause in self.clauses]
        return " AND ".join(f"({part})" if len(clause) > 1 else part for part, clause in zip(parts, self.clauses, strict=True))


def parse(text: str) -> Rule:
    """Read a compact text. Raises CriteriaFault naming the part that cannot be read, and the mend."""
    if not text.strip():
        return Rule()
    return Rule(tuple(_clause(part) for part in _AND.split(text.strip())))


def _clause(part: str) -> tuple[Criterion, ...]:
    inner = part.strip()
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1]
    return tuple(_criterion(one) for one in re.split(r"\s+OR\s+", inner))


def _criterion(text: str) -> Criterion:
    found = _ONE.match(text)
    if not found:
        raise CriteriaFault("criteria.unreadable", text.strip(), _("Write it as “kind operator value”, such as “age >= 18”."))
    kind = kinds().get(found["kind"])
    if kind is None:
        raise CriteriaFault("criteria.unknown_kind", found["kind"], _("Known kinds: %(kinds)s.") % {"kinds": ", ".join(kinds())})
    if found["op"] not in kind.operators:
        raise CriteriaFault(
            "criteria.unknown_operator", text.strip(), _("Operators here: %(ops)s.") % {"ops": ", ".join(kind.operators)}
        )
    values = tuple(found["values"].split("|"))
    if kind.single and len(values) > 1:
        raise CriteriaFault("criteria.one_value", text.strip(), _("One value fits here. Write a second condition for another."))
    for value in values:
        if not kind.check_value(value):
            allowed = kind.allowed_values()
            raise CriteriaFault(
                "criteria.unknown_value", value,
                _("Values here: %(values)s.") % {"values": ", ".join(allowed)} if allowed else _("This value does not fit here."),
            )  # fmt: skip
    return kind(found["op"], values)


def _best(verdicts: list[Verdict]) -> Verdict:
    order = {True: 0, None: 1, False: 2}
    return min(verdicts, key=lambda verdict: order[verdict.met])
