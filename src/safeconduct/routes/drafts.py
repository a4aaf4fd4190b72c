"""A rule while a case worker builds it: clauses and alternatives are added and taken away; nothing is saved yet."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.routes.criteria import CriteriaFault, Criterion, Rule, kinds, parse

NEW = -1  # the place of a clause that is not there yet


def with_criterion(rule: Rule, clause: int, one: Criterion) -> Rule:
    """The rule with one more alternative in a clause, or with a clause of its own (`NEW`)."""
    if 0 <= clause < len(rule.clauses):
        changed = list(rule.clauses)
        if one not in changed[clause]:
            changed[clause] = (*changed[clause], one)
        return Rule(tuple(changed))
    return rule if (one,) in rule.clauses else Rule((*rule.clauses, (one,)))


def without(rule: Rule, clause: int, alternative: int) -> Rule:
    """The rule without one alternative; a clause that loses its last is gone."""
    kept = [
        tuple(one for at, one in enumerate(found) if (number, at) != (clause, alternative))
        for number, found in enumerate(rule.clauses)
    ]  # fmt: skip
    return Rule(tuple(found for found in kept if found))


def criterion(kind: str, operator: str, values: Sequence[str]) -> Criterion:
    """One criterion from what was chosen in a form; raises CriteriaFault where it cannot be."""
    if kind not in kinds() or not values:
        raise CriteriaFault("criteria.no_value", kind, "")
    return parse(f"{kind} {operator} {'|'.join(values)}").clauses[0][0]
