"""Whether a family may take an offer, clause by clause, with the reason of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from safeconduct.routes.criteria import Criterion, Facts, Rule, Verdict, parse

# A link to the country, an earlier stay or a need of one member opens the way for the whole case; status and nationality
# are asked of each adult. Source: UNHCR Resettlement Handbook (2023), on the principal applicant and the case.
FOR_THE_CASE = frozenset({"earlier_residence", "family_link", "need"})


@dataclass(frozen=True)
class ClauseVerdict:
    """One clause of an offer's rule and whether the people meet it."""

    position: int
    clause: tuple[Criterion, ...]
    verdict: Verdict


@lru_cache(maxsize=1000)
def rule_of(criteria: str) -> Rule:
    """The rule behind a compact text, read once."""
    return parse(criteria)


def clause_text(clause: tuple[Criterion, ...]) -> str:
    """One clause as a compact text of its own."""
    return Rule((clause,)).text()


def without_clause(criteria: str, position: int) -> tuple[str, str]:
    """A rule taken apart: one of its clauses, and the others, each as a compact text."""
    clauses = rule_of(criteria).clauses
    return clause_text(clauses[position]), Rule(clauses[:position] + clauses[position + 1 :]).text()


def check_case(rule: Rule, adults: Sequence[Facts], children: Sequence[Facts] = ()) -> list[ClauseVerdict]:
    """Each clause for people processed together: met by one member where it concerns the case, else by every adult.

    A child that travels with adults follows them; a child alone is asked like an adult.
    """
    asked = list(adults) or list(children)
    found = []
    for position, clause in enumerate(rule.clauses):
        case_wide = any(one.kind in FOR_THE_CASE for one in clause)
        verdicts = [_any(clause, facts) for facts in (*asked, *(children if adults and case_wide else ()))]
        found.append(ClauseVerdict(position, clause, _best(verdicts) if case_wide else _worst(verdicts)))
    return found


def _any(clause: tuple[Criterion, ...], facts: Facts) -> Verdict:
    return _best([one.check(facts) for one in clause])


_ORDER = {True: 0, None: 1, False: 2}


def _best(verdicts: Sequence[Verdict]) -> Verdict:
    return min(verdicts, key=lambda verdict: _ORDER[verdict.met])


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return max(verdicts, key=lambda verdict: _ORDER[verdict.met])
